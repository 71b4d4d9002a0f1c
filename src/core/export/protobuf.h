#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace lab {

// Writes one message of the Protocol Buffers wire format, field by field.
class Protobuf {
 public:
  Protobuf& integer(uint32_t field, uint64_t value) {
    varint(field << 3 | kVarint);
    return varint(value);
  }
  Protobuf& number(uint32_t field, float value) {
    varint(field << 3 | kFixed32);
    append(value);
    return *this;
  }
  // A string, raw bytes or another message.
  Protobuf& bytes(uint32_t field, std::string_view content) {
    varint(field << 3 | kLengthDelimited);
    varint(content.size());
    text_ += content;
    return *this;
  }
  Protobuf& message(uint32_t field, const Protobuf& content) { return bytes(field, content.text_); }
  // The little-endian bytes of a float, for raw data.
  void append(float value) {
    const auto bits = std::bit_cast<uint32_t>(value);
    for (int shift = 0; shift < 32; shift += 8) text_ += static_cast<char>(bits >> shift & 0xff);
  }

  const std::string& text() const { return text_; }

 private:
  static constexpr uint32_t kVarint = 0, kLengthDelimited = 2, kFixed32 = 5;

  Protobuf& varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) text_ += static_cast<char>((value & 0x7f) | 0x80);
    text_ += static_cast<char>(value);
    return *this;
  }

  std::string text_;
};

}  // namespace lab
