#include "core/field_sides.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lab {
namespace {

// Along all eight directions.
constexpr std::pair<int, int> kWays[] = {{1, 0}, {0, 1},  {-1, 0}, {0, -1},
                                         {1, 1}, {-1, 1}, {1, -1}, {-1, -1}};

// A number below 0 at the edge of an area of zeros may be as close to 0 as it likes, and is not
// where the sign changes: the least one beside it stands for it.
float away_from_zeros(std::span<const float> numbers, int width, int height, int x, int y) {
  const auto at = [&](int column, int row) {
    return numbers[static_cast<size_t>(row) * static_cast<size_t>(width) +
                   static_cast<size_t>(column)];
  };
  float least = at(x, y);
  bool zero = false;
  for (const auto& [dx, dy] : kWays) {
    if (x + dx < 0 || y + dy < 0 || x + dx >= width || y + dy >= height) continue;
    const float beside = at(x + dx, y + dy);
    if (beside > 0 && (dx == 0 || dy == 0)) return at(x, y);  // the sign does change
    least = std::min(least, beside);
    zero |= beside == 0;
  }
  return zero ? least : at(x, y);
}

}  // namespace

std::vector<float> field_sides(std::span<const float> numbers, int width, int height) {
  std::vector<float> sides(numbers.begin(), numbers.end());
  if (std::ranges::find(numbers, 0.0f) == numbers.end()) return sides;
  const auto place = [&](int x, int y) {
    return static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x);
  };
  std::vector<bool> known(numbers.size());
  for (size_t i = 0; i < numbers.size(); ++i) known[i] = numbers[i] > 0;
  const auto is_known = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height && known[place(x, y)];
  };
  float least = 0;
  // Two rings around what is above 0: a line is some pixels wide.
  for (int ring = 0; ring < 2; ++ring) {
    std::vector<std::pair<size_t, float>> found;
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        if (numbers[place(x, y)] != 0 || known[place(x, y)]) continue;
        float sum = 0, beside = 0, count = 0, nearest = 0;
        for (const auto& [dx, dy] : kWays) {
          if (!is_known(x + dx, y + dy)) continue;
          const float next = sides[place(x + dx, y + dy)];
          nearest += std::abs(next);
          beside += 1;
          if (!is_known(x + 2 * dx, y + 2 * dy)) continue;
          sum += 2 * next - sides[place(x + 2 * dx, y + 2 * dy)];
          count += 1;
        }
        if (beside == 0) continue;
        const float size = nearest / beside;
        found.push_back({place(x, y), count > 0 ? std::min(sum / count, -0.01f * size) : -size});
      }
    }
    for (const auto& [index, side] : found) {
      sides[index] = side;
      known[index] = true;
      least = std::min(least, side);
    }
  }
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const size_t here = place(x, y);
      if (numbers[here] == 0 && !known[here]) sides[here] = least;
      if (numbers[here] < 0) sides[here] = away_from_zeros(numbers, width, height, x, y);
    }
  }
  return sides;
}

}  // namespace lab
