#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

// The layout of TrueType files: https://learn.microsoft.com/typography/opentype/spec/otff, …/glyf.
// What lies beyond a file's end reads as 0.
namespace lab::font_bytes {

using Bytes = std::span<const unsigned char>;

inline unsigned read_u16(Bytes bytes, size_t at) {
  return at + 2 <= bytes.size() ? static_cast<unsigned>(bytes[at] << 8 | bytes[at + 1]) : 0;
}

inline int read_i16(Bytes bytes, size_t at) {
  return static_cast<std::int16_t>(read_u16(bytes, at));
}

inline size_t read_u32(Bytes bytes, size_t at) {
  return static_cast<size_t>(read_u16(bytes, at)) << 16 | read_u16(bytes, at + 2);
}

inline void write_u16(std::vector<unsigned char>& bytes, size_t at, unsigned value) {
  bytes[at] = static_cast<unsigned char>(value >> 8 & 0xFF);
  bytes[at + 1] = static_cast<unsigned char>(value & 0xFF);
}

inline void write_u32(std::vector<unsigned char>& bytes, size_t at, size_t value) {
  write_u16(bytes, at, static_cast<unsigned>(value >> 16));
  write_u16(bytes, at + 2, static_cast<unsigned>(value & 0xFFFF));
}

inline void append_u16(std::vector<unsigned char>& bytes, int value) {
  bytes.resize(bytes.size() + 2);
  write_u16(bytes, bytes.size() - 2, static_cast<unsigned>(value));
}

struct Table {
  size_t entry;  // where the directory tells of it
  size_t start, size;
};

inline std::optional<Table> find_table(Bytes font, std::string_view tag) {
  for (size_t i = 0; i < read_u16(font, 4); ++i) {
    const size_t entry = 12 + 16 * i;
    if (entry + 16 > font.size()) break;
    const std::string_view name(reinterpret_cast<const char*>(&font[entry]), 4);
    const Table table{entry, read_u32(font, entry + 8), read_u32(font, entry + 12)};
    if (name == tag && table.start + table.size <= font.size()) return table;
  }
  return {};
}

}  // namespace lab::font_bytes
