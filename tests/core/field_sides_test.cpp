#include "core/field_sides.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace lab;

namespace {

constexpr int kWidth = 12, kHeight = 9;

// f(x, y) over a grid.
template <class Function>
std::vector<float> sampled(Function f) {
  std::vector<float> numbers;
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      numbers.push_back(f(static_cast<float>(x), static_cast<float>(y)));
    }
  }
  return numbers;
}

}  // namespace

TEST_CASE("where no number is 0 the sides are the numbers") {
  const auto numbers = sampled([](float x, float y) { return x - y - 0.5f; });
  CHECK(field_sides(numbers, kWidth, kHeight) == numbers);
}

TEST_CASE("zeros beside what rises go on as it does, up to two away") {
  const auto plane = [](float x, float y) { return x + 0.5f * y - 5.3f; };
  const auto sides = field_sides(
      sampled([&](float x, float y) { return std::max(plane(x, y), 0.0f); }), kWidth, kHeight);
  size_t near = 0;
  for (int y = 2; y < kHeight - 2; ++y) {
    for (int x = 2; x < kWidth - 2; ++x) {
      const float side = sides[static_cast<size_t>(y * kWidth + x)];
      const float wanted = plane(static_cast<float>(x), static_cast<float>(y));
      CHECK((side > 0) == (wanted > 0));
      if (wanted < -1 || wanted > 1) continue;
      CHECK(side == doctest::Approx(static_cast<double>(wanted)).epsilon(1e-4));
      ++near;
    }
  }
  CHECK(near >= 10);
}

TEST_CASE("all zeros are no line, and numbers below 0 keep away from zeros") {
  const auto nothing = field_sides(std::vector<float>(kWidth * kHeight), kWidth, kHeight);
  CHECK(std::ranges::all_of(nothing, [](float side) { return side == 0; }));
  const auto sides = field_sides(sampled([](float x, float) { return std::min(5.001f - x, 0.0f); }),
                                 kWidth, kHeight);
  CHECK(sides[6] == doctest::Approx(-1.999));  // −0.999 beside a zero: as what is behind it
  CHECK(sides[7] == doctest::Approx(-1.999));
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto odd = field_sides(std::vector<float>{nan, 0, 1, 0, -0.0f, 2}, 3, 2);
  CHECK(std::isnan(odd[0]));
  CHECK(odd[1] < 0);
  CHECK(odd[5] == 2);
}
