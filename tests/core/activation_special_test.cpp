#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <map>
#include <string_view>
#include <vector>

#include "core/activation/activation.h"

namespace {

using namespace lab;

constexpr float kInf = std::numeric_limits<float>::infinity();

float value_at(const Activation& row, float x) {
  float y;
  row.value(row.default_params(), {&x, 1}, {&y, 1});
  return y;
}
float slope_at(const Activation& row, float x) {
  float d;
  row.derivative(row.default_params(), {&x, 1}, {&d, 1});
  return d;
}
float slope_at(std::string_view id, float x) {
  return slope_at(*find_activation(id), x);
}

bool has_sign_bit(float x) {
  return std::signbit(x);
}

}  // namespace

TEST_CASE("activations: at infinity the limit, never NaN") {
  struct Limits {
    float left, right, slope_left, slope_right;
  };
  const std::map<std::string_view, Limits> expected = {
      {"identity", {-kInf, kInf, 1, 1}},
      {"relu", {0, kInf, 0, 1}},
      {"leaky_relu", {-kInf, kInf, 0.01f, 1}},
      {"prelu", {-kInf, kInf, 0.25f, 1}},
      {"rrelu", {-kInf, kInf, 0.22916667f, 1}},
      {"relu6", {0, 6, 0, 0}},
      {"squared_relu", {0, kInf, 0, kInf}},
      {"threshold", {0.5f, kInf, 0, 1}},
      {"elu", {-1, kInf, 0, 1}},
      {"celu", {-1, kInf, 0, 1}},
      {"selu", {-1.7580993f, kInf, 0, 1.050701f}},
      {"sigmoid", {0, 1, 0, 0}},
      {"logsigmoid", {-kInf, 0, 1, 0}},
      {"tanh", {-1, 1, 0, 0}},
      {"arctan", {-1.5707964f, 1.5707964f, 0, 0}},
      {"softsign", {-1, 1, 0, 0}},
      {"hardsigmoid", {0, 1, 0, 0}},
      {"hardtanh", {-1, 1, 0, 0}},
      {"sparse_sigmoid", {0, 1, 0, 0}},
      {"step", {0, 1, 0, 0}},
      {"silu", {0, kInf, 0, 1}},
      {"mish", {0, kInf, 0, 1}},
      {"gelu", {0, kInf, 0, 1}},
      {"gelu_tanh", {0, kInf, 0, 1}},
      {"quick_gelu", {0, kInf, 0, 1}},
      {"hardswish", {0, kInf, 0, 1}},
      {"softplus", {0, kInf, 0, 1}},
      {"squareplus", {0, kInf, 0, 1}},
      {"sparse_plus", {0, kInf, 0, 1}},
      {"exponential", {0, kInf, 0, kInf}},
      {"hardshrink", {-kInf, kInf, 1, 1}},
      {"softshrink", {-kInf, kInf, 1, 1}},
      {"tanhshrink", {-kInf, kInf, 1, 1}},
      {"sin", {0, 0, 1, 1}},  // no limit: an infinite angle counts as 0
      {"snake", {-kInf, kInf, 1, 1}},
      {"gaussian", {0, 0, 0, 0}},
  };
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    REQUIRE(expected.count(row.id));
    const Limits& limits = expected.at(row.id);
    CHECK(value_at(row, -kInf) == limits.left);
    CHECK(value_at(row, kInf) == limits.right);
    CHECK(slope_at(row, -kInf) == limits.slope_left);
    CHECK(slope_at(row, kInf) == limits.slope_right);
  }
}

TEST_CASE("activations: NaN in gives NaN out, in every lane") {
  constexpr size_t kCount = 37;
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    for (size_t at = 0; at < kCount; ++at) {
      std::vector<float> x(kCount, 0.7f), y(kCount), d(kCount);
      x[at] = std::numeric_limits<float>::quiet_NaN();
      row.value_and_derivative(row.default_params(), x, y, d);
      for (size_t i = 0; i < kCount; ++i) {
        CHECK(std::isnan(y[i]) == (i == at));
        CHECK(std::isnan(d[i]) == (i == at));
      }
    }
  }
}

TEST_CASE("activations: the sign of zero is PyTorch's") {
  // f(−0) = −0 for these; +0 or a number elsewhere.
  const std::string_view keeps[] = {"identity", "relu",      "leaky_relu", "prelu",     "rrelu",
                                    "relu6",    "elu",       "celu",       "selu",      "tanh",
                                    "arctan",   "softsign",  "hardtanh",   "silu",      "mish",
                                    "gelu",     "gelu_tanh", "quick_gelu", "hardswish", "sin"};
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    bool kept = false;
    for (const std::string_view id : keeps) kept = kept || id == row.id;
    CHECK(has_sign_bit(value_at(row, -0.0f)) == (kept || row.id == "logsigmoid"));
    if (kept) CHECK(value_at(row, -0.0f) == 0.0f);
    if (kept) CHECK(!has_sign_bit(value_at(row, 0.0f)));
  }
}

TEST_CASE("activations: derivatives at kinks are PyTorch's") {
  CHECK(slope_at("relu", 0) == 0);
  CHECK(slope_at("relu6", 0) == 0);
  CHECK(slope_at("relu6", 6) == 0);
  CHECK(slope_at("leaky_relu", 0) == 0.01f);
  CHECK(slope_at("prelu", 0) == 0.25f);
  CHECK(slope_at("elu", 0) == 1);
  CHECK(slope_at("celu", 0) == 1);
  CHECK(slope_at("selu", 0) == 1.7580993f);
  CHECK(slope_at("threshold", 0) == 0);
  CHECK(slope_at("hardtanh", -1) == 0);
  CHECK(slope_at("hardtanh", 1) == 0);
  CHECK(slope_at("hardsigmoid", -3) == 0);
  CHECK(slope_at("hardsigmoid", 3) == 0);
  CHECK(slope_at("hardswish", -3) == 0);
  CHECK(slope_at("hardswish", 3) == 1);
  CHECK(slope_at("hardshrink", 0.5f) == 0);
  CHECK(slope_at("softshrink", -0.5f) == 0);
  CHECK(slope_at("sparse_plus", -1) == 0);
  CHECK(slope_at("sparse_plus", 1) == 1);
  CHECK(slope_at("sparse_sigmoid", 1) == 0);
  CHECK(slope_at("step", 0) == 0);
}
