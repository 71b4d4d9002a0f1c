#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lab {

// Writes one message of the Protocol Buffers wire format, field by field.
class Protobuf {
 public:
  Protobuf& integer(uint32_t field, uint64_t value);
  Protobuf& number(uint32_t field, float value);
  // A string, raw bytes or another message.
  Protobuf& bytes(uint32_t field, std::string_view content);
  Protobuf& message(uint32_t field, const Protobuf& content) { return bytes(field, content.text_); }
  // The little-endian bytes of a float, for raw data.
  void append(float value);

  const std::string& text() const { return text_; }

 private:
  void varint(uint64_t value);

  std::string text_;
};

}  // namespace lab
