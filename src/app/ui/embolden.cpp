#include "app/ui/embolden.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "app/ui/font_bytes.h"

namespace lab {

using namespace font_bytes;

namespace {

struct Point {
  float x, y;  // font units
  bool on_curve;
};

struct Glyph {
  std::vector<size_t> ends;  // index of each contour's last point
  std::vector<Point> points;
};

// Coordinates of one axis: `narrow` and `same` are the flags of a one-byte difference and of its
// sign, or of no difference.
size_t read_axis(Bytes glyph, size_t at, std::span<const unsigned char> flags, unsigned narrow,
                 unsigned same, Glyph& result, float Point::*axis) {
  int value = 0;
  for (size_t i = 0; i < flags.size(); ++i) {
    if ((flags[i] & narrow) != 0) {
      const int difference = at < glyph.size() ? glyph[at] : 0;
      value += (flags[i] & same) != 0 ? difference : -difference;
      at += 1;
    } else if ((flags[i] & same) == 0) {
      value += read_i16(glyph, at);
      at += 2;
    }
    result.points[i].*axis = static_cast<float>(value);
  }
  return at;
}

// Nothing for a glyph that is empty or made of others.
std::optional<Glyph> read_glyph(Bytes glyph) {
  const int contours = read_i16(glyph, 0);
  if (contours <= 0) return {};
  Glyph result;
  size_t at = 10;
  for (int i = 0; i < contours; ++i, at += 2) result.ends.push_back(read_u16(glyph, at));
  // Every contour has a point.
  if (std::ranges::adjacent_find(result.ends, std::greater_equal()) != result.ends.end()) return {};
  const size_t count = result.ends.back() + 1;
  at += 2 + read_u16(glyph, at);  // instructions
  constexpr unsigned on_curve = 1, x_narrow = 2, y_narrow = 4, repeated = 8, x_same = 16,
                     y_same = 32;
  std::vector<unsigned char> flags;
  while (flags.size() < count && at < glyph.size()) {
    const unsigned char flag = glyph[at++];
    size_t times = 1;
    if ((flag & repeated) != 0 && at < glyph.size()) times += glyph[at++];
    flags.insert(flags.end(), times, flag);
  }
  if (flags.size() != count) return {};
  for (unsigned char flag : flags) result.points.push_back({0, 0, (flag & on_curve) != 0});
  at = read_axis(glyph, at, flags, x_narrow, x_same, result, &Point::x);
  read_axis(glyph, at, flags, y_narrow, y_same, result, &Point::y);
  return result;
}

// Moves a closed contour's points outward by `distance`. TrueType's outlines run clockwise around
// ink and the other way round holes, so that ink is on the right of every edge and outward is left.
void grow(std::span<Point> contour, float distance) {
  const std::vector<Point> old(contour.begin(), contour.end());
  const size_t count = old.size();
  struct Direction {
    float x, y;
  };
  // The direction from a point to the next one that lies elsewhere, `step` is 1 or count - 1.
  const auto towards = [&](size_t from, size_t step) {
    for (size_t i = 1, at = (from + step) % count; i < count; ++i, at = (at + step) % count) {
      const float x = old[at].x - old[from].x, y = old[at].y - old[from].y;
      const float length = std::hypot(x, y);
      if (length > 0) return Direction{x / length, y / length};
    }
    return Direction{0, 0};
  };
  for (size_t i = 0; i < count; ++i) {
    const Direction out = towards(i, 1), back = towards(i, count - 1);
    const Direction in{-back.x, -back.y};
    // Both edges' left normals, summed; where the outline turns back it would fly away: at most
    // twice the distance.
    const float x = -in.y - out.y, y = in.x + out.x;
    const float half = (x * x + y * y) / 2;  // 1 + cos of the turn
    const float scale = distance / std::max(half, 0.5f);
    contour[i].x += x * scale;
    contour[i].y += y * scale;
  }
}

// The glyph's record, with all coordinates as two-byte differences.
void write_glyph(const Glyph& glyph, std::vector<unsigned char>& out) {
  struct Whole {
    int x, y;
  };
  std::vector<Whole> points;
  Whole low{32767, 32767}, high{-32768, -32768};
  for (const Point& point : glyph.points) {
    const Whole whole{static_cast<int>(std::lround(point.x)),
                      static_cast<int>(std::lround(point.y))};
    points.push_back(whole);
    low = {std::min(low.x, whole.x), std::min(low.y, whole.y)};
    high = {std::max(high.x, whole.x), std::max(high.y, whole.y)};
  }
  append_u16(out, static_cast<int>(glyph.ends.size()));
  for (int bound : {low.x, low.y, high.x, high.y}) append_u16(out, bound);
  for (size_t end : glyph.ends) append_u16(out, static_cast<int>(end));
  append_u16(out, 0);  // no instructions
  for (const Point& point : glyph.points) out.push_back(point.on_curve ? 1 : 0);
  for (int Whole::*axis : {&Whole::x, &Whole::y}) {
    int last = 0;
    for (const Whole& point : points) {
      append_u16(out, point.*axis - last);
      last = point.*axis;
    }
  }
  while (out.size() % 4 != 0) out.push_back(0);
}

}  // namespace

std::vector<unsigned char> embolden(Bytes font, float strength) {
  std::vector<unsigned char> result(font.begin(), font.end());
  const auto head = find_table(font, "head"), loca = find_table(font, "loca");
  const auto glyf = find_table(font, "glyf");
  if (!head || !loca || !glyf || loca->size < 4) return result;
  const bool wide = read_u16(font, head->start + 50) == 1;  // offsets of four bytes
  const size_t glyphs = loca->size / (wide ? 4 : 2) - 1;
  const auto offset = [&](size_t index) {
    return wide ? read_u32(font, loca->start + 4 * index)
                : size_t{2} * read_u16(font, loca->start + 2 * index);
  };
  const float distance = strength * static_cast<float>(read_u16(font, head->start + 18)) / 2;
  // Both tables are written anew behind everything else; the directory then points there.
  const size_t new_glyf = (result.size() + 3) / 4 * 4;
  result.resize(new_glyf);
  std::vector<size_t> offsets = {0};
  for (size_t i = 0; i < glyphs; ++i) {
    const size_t from = offset(i), to = offset(i + 1);
    if (from > to || to > glyf->size) return {font.begin(), font.end()};
    const Bytes record = font.subspan(glyf->start + from, to - from);
    if (std::optional<Glyph> glyph = read_glyph(record)) {
      size_t first = 0;
      for (size_t end : glyph->ends) {
        grow(std::span(glyph->points).subspan(first, end + 1 - first), distance);
        first = end + 1;
      }
      write_glyph(*glyph, result);
    } else {
      result.insert(result.end(), record.begin(), record.end());
      while (result.size() % 4 != 0) result.push_back(0);
    }
    offsets.push_back(result.size() - new_glyf);
  }
  const size_t new_loca = result.size();
  result.resize(new_loca + 4 * offsets.size());
  for (size_t i = 0; i < offsets.size(); ++i) write_u32(result, new_loca + 4 * i, offsets[i]);
  write_u16(result, head->start + 50, 1);
  write_u32(result, glyf->entry + 8, new_glyf);
  write_u32(result, glyf->entry + 12, new_loca - new_glyf);
  write_u32(result, loca->entry + 8, new_loca);
  write_u32(result, loca->entry + 12, 4 * offsets.size());
  return result;
}

}  // namespace lab
