#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "../accuracy/ulp.h"
#include "core/activation/activation.h"

// A dense sample of what tests/accuracy/exhaustive proves over every float.

namespace {

using namespace lab;

constexpr uint32_t kStride = 4099;      // prime: every exponent, ever other mantissas
constexpr uint32_t kNeighbours = 1000;  // floats on either side of a place where things change

void add_neighbourhood(float centre, std::vector<float>& x) {
  const uint32_t pattern = std::bit_cast<uint32_t>(centre);
  for (uint32_t i = 0; i < kNeighbours; ++i) {
    x.push_back(std::bit_cast<float>(pattern + i));
    x.push_back(std::bit_cast<float>(pattern - i));
  }
}

std::vector<float> dense_sample(const Activation& row) {
  std::vector<float> x;
  for (uint64_t pattern = 0; pattern < uint64_t{1} << 32; pattern += kStride) {
    x.push_back(std::bit_cast<float>(static_cast<uint32_t>(pattern)));
  }
  for (const double kink : row.kink_positions(row.default_params())) {
    if (kink != 0) add_neighbourhood(static_cast<float>(kink), x);
  }
  // Changes of method, of exponent and of fate (saturation, denormals, overflow).
  for (const float size : {0x1p-12f, 0.0615f, 0.34657359f, 0.4f, 0.75179f, 1.0f, 1.27846f, 1.5f,
                           10.0f, 14.4f, 20.0f, 87.33f, 88.72f, 103.97f, 1e5f, 0x1p60f}) {
    add_neighbourhood(size, x);
    add_neighbourhood(-size, x);
  }
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const float end : {kInfinity, -kInfinity, 0.0f, -0.0f}) x.push_back(end);
  return x;
}

bool is_nan(float x) {
  return x != x;
}

}  // namespace

TEST_CASE("activations: errors stay within what the registry declares") {
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    const std::vector<float> x = dense_sample(row);
    std::vector<float> y(x.size()), d(x.size());
    const ActivationParams params = row.default_params();
    row.value(params, x, y);
    row.derivative(params, x, d);
    accuracy::Worst value, derivative;
    size_t lost_nans = 0;
    for (size_t i = 0; i < x.size(); ++i) {
      if (is_nan(x[i])) {
        lost_nans += !is_nan(y[i]) + !is_nan(d[i]);
        continue;
      }
      const auto wide = static_cast<double>(x[i]);
      accuracy::judge_value(x[i], y[i], row.reference_value(params, wide), value);
      accuracy::judge_derivative(row, x[i], d[i], row.reference_derivative(params, wide),
                                 derivative);
    }
    CHECK(lost_nans == 0);
    CHECK_MESSAGE(value.ulp <= row.max_ulp.value, "worst value at ", value.at);
    CHECK_MESSAGE(derivative.ulp <= row.max_ulp.derivative, "worst slope at ", derivative.at);
    CHECK_MESSAGE(derivative.absolute <= accuracy::kNearZeroTolerance, "worst slope near zero at ",
                  derivative.absolute_at);
  }
}

TEST_CASE("activations: what is declared is what was promised") {
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    CHECK(row.max_ulp.value <= 4);
    CHECK(row.max_ulp.derivative <= 8);
  }
}

TEST_CASE("ULP errors are measured against the exact result") {
  using accuracy::ulp_error;
  CHECK(ulp_error(1.0f, 1.0) == 0);
  CHECK(ulp_error(1.0f, 1.0 + 0x1p-23) == 1);
  CHECK(ulp_error(1.0f, 1.0 - 0x1p-24) == 1);
  CHECK(ulp_error(0.0f, 0x1p-150) == 0.5);
  CHECK(ulp_error(std::numeric_limits<float>::infinity(), 1e39) == 0);
  CHECK(std::isinf(ulp_error(std::numeric_limits<float>::infinity(), 1e38)));
  CHECK(std::isinf(ulp_error(1e38f, 1e39)));
  CHECK(std::isinf(ulp_error(std::nanf(""), 0)));
}
