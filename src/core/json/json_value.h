#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/text_cursor.h"

namespace lab {

class JsonDocument;

// A value inside a JsonDocument, valid as long as that. Members of objects and entries of arrays
// are chained: for (JsonValue v = list.first(); v.exists(); v = v.next()) …
class JsonValue {
 public:
  enum class Kind : uint8_t { null, boolean, number, string, array, object };

  bool exists() const { return document_ != nullptr; }
  Kind kind() const;
  bool is(Kind asked) const { return exists() && kind() == asked; }
  bool boolean() const;
  double number() const;
  std::string_view string() const;
  size_t size() const;            // of an array or object
  std::string_view name() const;  // of an object's member
  TextPosition position() const;

  JsonValue first() const;
  JsonValue next() const;
  JsonValue find(std::string_view name) const;  // among an object's members

 private:
  friend class JsonDocument;
  JsonValue() = default;
  JsonValue(const JsonDocument* document, uint32_t index) : document_(document), index_(index) {}

  const JsonDocument* document_ = nullptr;
  uint32_t index_ = 0;
};

// A JSON text that was read: RFC 8259 to the letter, in UTF-8 (a byte order mark in front is
// skipped). Numbers are correctly rounded doubles; those beyond the range of a double, lone
// surrogates and repeated names are refused.
class JsonDocument {
 public:
  static Result<JsonDocument> parse(std::string_view text);

  JsonValue root() const { return {this, 0}; }

  static constexpr size_t kMaxBytes = 100'000'000;
  static constexpr size_t kMaxValues = 5'000'000;
  static constexpr int kMaxDepth = 32;
  static constexpr size_t kMaxMembers = 128;  // of one object

 private:
  friend class JsonValue;
  friend class JsonParser;

  // A piece of strings_.
  struct Piece {
    uint32_t offset, length;
  };
  struct Node {
    union {
      double number = 0;
      bool boolean;
      Piece string;
      uint32_t size;
    };
    Piece name = {};
    uint32_t next = 0;  // index of the sibling behind it; 0: none
    int line = 1, column = 1;
    JsonValue::Kind kind = JsonValue::Kind::null;
  };

  std::string_view piece(Piece piece) const {
    return std::string_view(strings_).substr(piece.offset, piece.length);
  }

  std::vector<Node> nodes_;  // in the order of the text: a container's first child is behind it
  std::string strings_;
};

// The number that is the whole of a text in JSON's notation, correctly rounded (infinite beyond the
// range of a double); nullopt if it is not one.
std::optional<double> json_number(std::string_view text);
// The number of characters in front that are a number in JSON's notation, 0 if there is none.
size_t json_number_length(std::string_view text);

}  // namespace lab
