#include "app/ui/font_pack.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "app/ui/font_bytes.h"

namespace lab {

using namespace font_bytes;

namespace {

// A table that is read from its beginning to its end.
struct Stream {
  Bytes font;
  Table table;
  size_t next = 0;

  unsigned byte() {
    const size_t at = table.start + next++;
    return at < font.size() ? font[at] : 0;
  }
  // Below 253 in one byte, else in two more.
  size_t count() {
    const unsigned first = byte();
    if (first < 253) return first;
    const unsigned high = byte();
    return high << 8 | byte();
  }
};

struct Bounds {
  int low = std::numeric_limits<int>::max(), high = std::numeric_limits<int>::min();
  void include(int value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

// Copies the coordinates of one axis, for the flags of a glyph's points, and tells how far they
// reach: `narrow` and `same` are the flags of a one-byte difference and of its sign, or of no
// difference.
Bounds copy_axis(std::vector<unsigned char>& out, Bytes flags, unsigned narrow, unsigned same,
                 Stream& stream) {
  Bounds bounds;
  int value = 0;
  for (const unsigned flag : flags) {
    if ((flag & narrow) != 0) {
      const unsigned size = stream.byte();
      out.push_back(static_cast<unsigned char>(size));
      value += (flag & same) != 0 ? static_cast<int>(size) : -static_cast<int>(size);
    } else if ((flag & same) == 0) {
      const unsigned high = stream.byte(), low = stream.byte();
      append_u16(out, static_cast<int>(high << 8 | low));
      value += static_cast<std::int16_t>(high << 8 | low);
    }
    bounds.include(value);
  }
  return bounds;
}

}  // namespace

std::vector<unsigned char> unpack_font(Bytes packed) {
  const auto maxp = find_table(packed, "maxp");
  const auto counts = find_table(packed, "lcnt"), flags = find_table(packed, "lflg");
  const auto x = find_table(packed, "lxxx"), y = find_table(packed, "lyyy");
  if (!maxp || !counts || !flags || !x || !y) return {packed.begin(), packed.end()};
  Stream shape{packed, *counts}, flag{packed, *flags}, along{packed, *x}, up{packed, *y};
  // The glyphs come behind the other tables, in place of the streams.
  std::vector<unsigned char> font(packed.begin(),
                                  packed.begin() + static_cast<std::ptrdiff_t>(counts->start));
  const size_t glyf = font.size();
  std::vector<size_t> offsets = {0};
  std::vector<unsigned char> point_flags;
  const size_t glyphs = read_u16(packed, maxp->start + 4);
  for (size_t glyph = 0; glyph < glyphs; ++glyph) {
    if (const size_t contours = shape.count(); contours > 0) {
      const size_t start = font.size();
      append_u16(font, static_cast<int>(contours));
      font.resize(font.size() + 8);  // the bounds
      size_t points = 0;
      for (size_t contour = 0; contour < contours; ++contour) {
        points += shape.count();
        append_u16(font, static_cast<int>(points) - 1);
      }
      append_u16(font, 0);  // no instructions
      point_flags.resize(points);
      for (unsigned char& one : point_flags) one = static_cast<unsigned char>(flag.byte());
      font.insert(font.end(), point_flags.begin(), point_flags.end());
      const Bounds across = copy_axis(font, point_flags, 0x02, 0x10, along);
      const Bounds upright = copy_axis(font, point_flags, 0x04, 0x20, up);
      const int bounds[] = {across.low, upright.low, across.high, upright.high};
      for (size_t i = 0; i < 4; ++i) {
        write_u16(font, start + 2 + 2 * i, static_cast<unsigned>(bounds[i]));
      }
      while (font.size() % 4 != 0) font.push_back(0);
    }
    offsets.push_back(font.size() - glyf);
  }
  const size_t loca = font.size();
  font.resize(loca + 4 * offsets.size());
  for (size_t i = 0; i < offsets.size(); ++i) write_u32(font, loca + 4 * i, offsets[i]);
  const auto enter = [&](const Table& table, const char* tag, size_t start, size_t size) {
    std::memcpy(&font[table.entry], tag, 4);
    write_u32(font, table.entry + 8, start);
    write_u32(font, table.entry + 12, size);
  };
  enter(*flags, "glyf", glyf, loca - glyf);
  enter(*counts, "loca", loca, 4 * offsets.size());
  enter(*x, "lxxx", loca, 0);
  enter(*y, "lyyy", loca, 0);
  return font;
}

}  // namespace lab
