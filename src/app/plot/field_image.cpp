#include "app/plot/field_image.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "core/field_sides.h"

namespace lab {
namespace {

constexpr int kFiner = 2;  // pixels across a number

ImU32 mixed(ImU32 a, ImU32 b, float t) {
  ImU32 result = IM_COL32_A_MASK;
  for (const int shift : {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT}) {
    const auto from = static_cast<float>(a >> shift & 0xFF),
               to = static_cast<float>(b >> shift & 0xFF);
    result |= static_cast<ImU32>(from + (to - from) * t + 0.5f) << shift;
  }
  return result;
}

float number_at(const FieldGrid& grid, int slice, int x, int y) {
  x = std::clamp(x, 0, grid.width - 1);
  y = std::clamp(y, 0, grid.height - 1);
  const auto column = static_cast<size_t>(x), width = static_cast<size_t>(grid.width);
  const size_t row =
      static_cast<size_t>(slice) * static_cast<size_t>(grid.height) + static_cast<size_t>(y);
  return grid.values[row * width + column];
}

float value_at(const FieldGrid& grid, int slice, float x, float y) {
  const int left = static_cast<int>(x), low = static_cast<int>(y);
  const float tx = x - static_cast<float>(left), ty = y - static_cast<float>(low);
  const auto mix = [](float a, float b, float t) { return a + (b - a) * t; };
  return mix(
      mix(number_at(grid, slice, left, low), number_at(grid, slice, left + 1, low), tx),
      mix(number_at(grid, slice, left, low + 1), number_at(grid, slice, left + 1, low + 1), tx),
      ty);
}

// Marching squares: W. Lorensen and H. Cline, "Marching cubes", 1987, in two dimensions. `number`
// gives the numbers of the grid whose line at 0 is looked for.
template <class Number>
std::vector<FieldSegment> zero_line(const FieldGrid& grid, Number number) {
  std::vector<FieldSegment> pieces;
  const auto share = [&](int x, int y, ImVec2 in_cell) {
    return ImVec2{(static_cast<float>(x) + in_cell.x) / static_cast<float>(grid.width - 1),
                  (static_cast<float>(y) + in_cell.y) / static_cast<float>(grid.height - 1)};
  };
  for (int y = 0; y + 1 < grid.height; ++y) {
    for (int x = 0; x + 1 < grid.width; ++x) {
      const std::array corners = {ImVec2(0, 0), ImVec2(1, 0), ImVec2(1, 1), ImVec2(0, 1)};
      const std::array numbers = {number(x, y), number(x + 1, y), number(x + 1, y + 1),
                                  number(x, y + 1)};
      std::array<ImVec2, 4> crossings;
      size_t count = 0;
      for (size_t i = 0; i < 4; ++i) {
        const ImVec2 a = corners[i], b = corners[(i + 1) % 4];
        const float from = numbers[i], to = numbers[(i + 1) % 4];
        if ((from > 0) == (to > 0) || !std::isfinite(from - to)) continue;
        const float t = from / (from - to);
        crossings[count++] = share(x, y, {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t});
      }
      for (size_t i = 0; i + 1 < count; i += 2) pieces.push_back({crossings[i], crossings[i + 1]});
    }
  }
  return pieces;
}

// The bytes of a PNG file (W3C, "Portable Network Graphics", 2003), its data stored as they are.
class PngWriter {
 public:
  std::string write(int width, int height, const std::string& rows) {
    png_ = "\x89PNG\r\n\x1a\n";
    std::string head;
    append(head, static_cast<uint32_t>(width));
    append(head, static_cast<uint32_t>(height));
    head += std::string("\x08\x02\x00\x00\x00", 5);  // 8 bits, red green blue
    chunk("IHDR", head);
    chunk("IDAT", stored(rows));
    chunk("IEND", "");
    return std::move(png_);
  }

 private:
  static void append(std::string& to, uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) to += static_cast<char>(number >> shift & 0xFF);
  }
  void chunk(const char* type, const std::string& data) {
    append(png_, static_cast<uint32_t>(data.size()));
    const std::string body = type + data;
    uint32_t crc = 0xFFFFFFFFu;
    for (const char c : body) {
      crc ^= static_cast<uint8_t>(c);
      for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
    }
    png_ += body;
    append(png_, ~crc);
  }
  // RFC 1950 and 1951: blocks without compression, and the Adler-32 sum.
  static std::string stored(const std::string& data) {
    constexpr size_t kBlock = 65535;
    std::string result = "\x78\x01";
    uint32_t a = 1, b = 0;
    for (size_t at = 0; at < data.size(); at += kBlock) {
      const size_t length = std::min(kBlock, data.size() - at);
      result += at + length == data.size() ? '\x01' : '\x00';
      for (const size_t count : {length, ~length}) {
        result += static_cast<char>(count & 0xFF);
        result += static_cast<char>(count >> 8 & 0xFF);
      }
      result += data.substr(at, length);
    }
    for (const char c : data) {
      a = (a + static_cast<uint8_t>(c)) % 65521;
      b = (b + a) % 65521;
    }
    append(result, b << 16 | a);
    return result;
  }

  std::string png_;
};

std::string base64(const std::string& bytes) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t three = 0;
    for (size_t k = 0; k < 3; ++k) {
      three = three << 8 | (i + k < bytes.size() ? static_cast<uint8_t>(bytes[i + k]) : 0u);
    }
    for (size_t k = 0; k < 4; ++k) {
      text += i + k > bytes.size() ? '=' : kDigits[three >> (18 - 6 * k) & 63];
    }
  }
  return text;
}

}  // namespace

ImU32 field_colour(const FieldLook& look, std::span<const float> values) {
  if (look.classes == 0) {
    const float number = std::isnan(values[0]) ? 0 : values[0];
    const float t = look.discrete ? (number > 0 ? 0.75f : -0.75f) : number;
    const float position = std::clamp(t * 0.5f + 0.5f, 0.0f, 1.0f) * (FieldLook::kRamp - 1);
    const auto index = std::min(static_cast<size_t>(position), size_t{FieldLook::kRamp - 2});
    return mixed(look.ramp[index], look.ramp[index + 1], position - static_cast<float>(index));
  }
  const auto best = std::ranges::max_element(values);
  const float least = 1 / static_cast<float>(look.classes);
  const float certainty =
      look.discrete ? 0.8f : std::clamp((*best - least) / (1 - least), 0.0f, 1.0f);
  const auto index = static_cast<size_t>(best - values.begin());
  return mixed(look.ground, look.class_colours[index], 0.12f + 0.6f * certainty);
}

std::string field_data_uri(const FieldGrid& grid, const FieldLook& look, int slice) {
  const int width = kFiner * grid.width, height = kFiner * grid.height;
  const int channels = std::max(look.classes, 1);
  std::vector<float> values(static_cast<size_t>(channels));
  std::string rows;
  rows.reserve(static_cast<size_t>(height) * static_cast<size_t>(3 * width + 1));
  for (int y = height - 1; y >= 0; --y) {
    rows += '\0';  // no filter
    for (int x = 0; x < width; ++x) {
      const auto place = [](int at, int pixels, int numbers) {
        return static_cast<float>(at) / static_cast<float>(pixels - 1) *
               static_cast<float>(numbers - 1);
      };
      for (int k = 0; k < channels; ++k) {
        values[static_cast<size_t>(k)] =
            value_at(grid, look.classes > 0 ? k : slice, place(x, width, grid.width),
                     place(y, height, grid.height));
      }
      const ImU32 colour = field_colour(look, values);
      for (const int shift : {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT}) {
        rows += static_cast<char>(colour >> shift & 0xFF);
      }
    }
  }
  return "data:image/png;base64," + base64(PngWriter().write(width, height, rows));
}

std::vector<FieldSegment> field_border(const FieldGrid& grid, int slice, float level) {
  if (level != 0) {
    return zero_line(grid, [&](int x, int y) { return number_at(grid, slice, x, y) - level; });
  }
  const auto width = static_cast<size_t>(grid.width), height = static_cast<size_t>(grid.height);
  const std::vector<float> sides =
      field_sides(grid.values.subspan(static_cast<size_t>(slice) * width * height, width * height),
                  grid.width, grid.height);
  return zero_line(grid, [&](int x, int y) {
    return sides[static_cast<size_t>(y) * width + static_cast<size_t>(x)];
  });
}

// The line on which two classes are equally likely, without what of it lies in a third one's land.
std::vector<FieldSegment> class_borders(const FieldGrid& grid, int classes) {
  const auto at = [&](int slice, ImVec2 share) {
    return value_at(grid, slice, share.x * static_cast<float>(grid.width - 1),
                    share.y * static_cast<float>(grid.height - 1));
  };
  std::vector<FieldSegment> borders;
  for (int a = 0; a < classes; ++a) {
    for (int b = a + 1; b < classes; ++b) {
      for (FieldSegment piece : zero_line(grid, [&](int x, int y) {
             return number_at(grid, a, x, y) - number_at(grid, b, x, y);
           })) {
        float begin = 0, end = 1;  // shares of the piece
        for (int k = 0; k < classes; ++k) {
          if (k == a || k == b) continue;
          const float from = at(a, piece.from) - at(k, piece.from);
          const float to = at(a, piece.to) - at(k, piece.to);
          if (from < 0 && to < 0) end = -1;
          if (from < 0 && to >= 0) begin = std::max(begin, from / (from - to));
          if (from >= 0 && to < 0) end = std::min(end, from / (from - to));
        }
        if (begin >= end) continue;
        const ImVec2 way{piece.to.x - piece.from.x, piece.to.y - piece.from.y};
        const ImVec2 start = piece.from;
        piece.from = {start.x + begin * way.x, start.y + begin * way.y};
        piece.to = {start.x + end * way.x, start.y + end * way.y};
        borders.push_back(piece);
      }
    }
  }
  return borders;
}

}  // namespace lab
