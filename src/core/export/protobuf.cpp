#include "core/export/protobuf.h"

#include <bit>

namespace lab {
namespace {

// What follows a field's number: https://protobuf.dev/programming-guides/encoding
enum WireType : uint32_t { kVarint = 0, kLengthDelimited = 2, kFixed32 = 5 };

}  // namespace

Protobuf& Protobuf::integer(uint32_t field, uint64_t value) {
  varint(field << 3 | kVarint);
  varint(value);
  return *this;
}

Protobuf& Protobuf::number(uint32_t field, float value) {
  varint(field << 3 | kFixed32);
  append(value);
  return *this;
}

Protobuf& Protobuf::bytes(uint32_t field, std::string_view content) {
  varint(field << 3 | kLengthDelimited);
  varint(content.size());
  text_ += content;
  return *this;
}

void Protobuf::append(float value) {
  const auto bits = std::bit_cast<uint32_t>(value);
  for (int shift = 0; shift < 32; shift += 8) text_ += static_cast<char>(bits >> shift & 0xff);
}

void Protobuf::varint(uint64_t value) {
  for (; value >= 0x80; value >>= 7) text_ += static_cast<char>((value & 0x7f) | 0x80);
  text_ += static_cast<char>(value);
}

}  // namespace lab
