#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/localized.h"

namespace lab {

// One row per kind of error the core can report: its stable code, and its text in each language.
// `{0}`, `{1}` … in a text are replaced by the error's arguments.
struct ErrorKind {
  std::string_view code;  // stable, e.g. "tensor.ragged"; also the messageKey of LabError
  Localized text;         // says what is wrong and what to do about it
};

// Every error kind there is, for tests and documentation.
std::span<const ErrorKind> error_kinds();

// An error value. The core neither throws nor prints: bad input comes back as one of these.
struct Error {
  std::string code;                // a code from error_kinds()
  std::vector<std::string> args;   // what fills the placeholders of its text
  std::optional<std::string> field = std::nullopt;  // the document field at fault, e.g. "data.noise"
  std::optional<int> line = std::nullopt;           // 1-based line in the text that was read
  std::optional<int> column = std::nullopt;         // 1-based column, counted in code points

  std::string message(Language language) const;  // the filled-in text, without the position
};

// A value or the error that kept it from being made.
template <class T>
class Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT: implicit by intent
  Result(Error error) : state_(std::move(error)) {}  // NOLINT: implicit by intent

  bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }
  T& value() { return std::get<T>(state_); }
  const T& value() const { return std::get<T>(state_); }
  const Error& error() const { return std::get<Error>(state_); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace lab
