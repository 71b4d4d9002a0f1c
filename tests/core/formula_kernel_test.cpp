// The vector path: against the registry's kernels, the double-precision reference and itself on
// every instruction set.

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "../accuracy/ulp.h"
#include "core/formula/code.h"
#include "core/formula/formula.h"

namespace {

using lab::accuracy::ulp_error;

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

lab::Formula parsed(std::string_view text) {
  lab::Result<lab::Formula> result = lab::parse_formula(text);
  REQUIRE_MESSAGE(result.ok(), text);
  return result.value();
}

// Floats of every size and sign: a walk through all bit patterns, and a fine line around 0.
std::vector<float> sample() {
  std::vector<float> x;
  for (uint64_t bits = 0; bits < 0x100000000u; bits += 0x3fff1u) {
    const float value = std::bit_cast<float>(static_cast<uint32_t>(bits));
    if (!std::isnan(value)) x.push_back(value);
  }
  for (int i = -4000; i <= 4000; ++i) x.push_back(static_cast<float>(i) * 0.005f);
  return x;
}

struct Twin {
  std::string_view text, id;
  double value_ulp, derivative_ulp;  // largest error; the derivative's also 2^-20 near its zeros
};

// Signed 0 and NaN of any kind count as one.
bool same_bits(float a, float b) {
  return std::bit_cast<uint32_t>(a) == std::bit_cast<uint32_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

}  // namespace

TEST_CASE("formulas of the registry's functions are as accurate as its kernels") {
  const Twin table[] = {
      {"max(0,x)", "relu", 0, 0},
      {"x>0 ? x : 0.01*x", "leaky_relu", 0.6, 0.6},
      {"min(max(0,x),6)", "relu6", 0, 0},
      {"x>0 ? x : exp(x)-1", "elu", 3, 3},
      {"1/(1+exp(-x))", "sigmoid", 3, 5},
      {"ln(1/(1+exp(-x)))", "logsigmoid", 3, 3},
      {"(exp(x)-exp(-x))/(exp(x)+exp(-x))", "tanh", 3, 5},
      {"ln(1+exp(x))", "softplus", 3, 3},
      {"x/(1+|x|)", "softsign", 2, 4},
      {"x-tanh(x)", "tanhshrink", 4, 6},
      {"x/(1+exp(-x))", "silu", 3, 6},
      {"x*tanh(ln(1+exp(x)))", "mish", 4, 8},
      {"0.5*x*(1+erf(x/sqrt(2)))", "gelu", 4, 8},
      {"exp(-x^2)", "gaussian", 3, 4},
      {"exp(x)", "exponential", 3, 3},
      {"arctan(x)", "arctan", 3, 3},
      {"sin(x)", "sin", 3, 3},
      {"x*(clamp(x+3,0,6)/6)", "hardswish", 3, 3},
      {"max(0,x)^2", "squared_relu", 0.6, 0.6},
  };
  const std::vector<float> x = sample();
  std::vector<float> y(x.size()), d(x.size());
  for (const Twin& row : table) {
    CAPTURE(row.text);
    const lab::Formula formula = parsed(row.text);
    const lab::Activation* activation = lab::find_activation(row.id);
    REQUIRE(activation);
    formula.value_and_derivative({}, x, y, d);
    double worst_value = 0, worst_derivative = 0;
    lab::ActivationParams params = activation->default_params();
    if (row.id == "softplus") params[1] = std::numeric_limits<float>::max();  // no threshold
    for (size_t i = 0; i < x.size(); ++i) {
      const double at = static_cast<double>(x[i]);
      if (std::fabs(at) > 1e5 && row.id == "sin") continue;
      const double exact = activation->reference_value(params, at);
      const double slope = activation->reference_derivative(params, at);
      worst_value = std::max(worst_value, ulp_error(y[i], exact));
      if (std::fabs(static_cast<double>(d[i]) - slope) > 0x1p-20)
        worst_derivative = std::max(worst_derivative, ulp_error(d[i], slope));
    }
    CHECK(worst_value <= row.value_ulp);
    CHECK(worst_derivative <= row.derivative_ulp);
  }
}

TEST_CASE("each function of a formula is accurate by itself") {
  const struct {
    std::string_view text;
    double ulp, from = -1e38, to = 1e38;
  } table[] = {
      {"sqrt(x)", 0.5},
      {"cbrt(x)", 1},
      {"exp(x)", 3},
      {"expm1(x)", 3},
      {"ln(x)", 1},
      {"log2(x)", 3},
      {"log10(x)", 3},
      {"log1p(x)", 2},
      {"sin(x)", 3, -1e5, 1e5},
      {"cos(x)", 3, -1e5, 1e5},
      {"tan(x)", 4, -1e5, 1e5},
      {"asin(x)", 4},
      {"acos(x)", 4},
      {"atan(x)", 3},
      {"sinh(x)", 6},
      {"cosh(x)", 6},
      {"tanh(x)", 3},
      {"asinh(x)", 4},
      {"erf(x)", 3},
      {"normal_cdf(x)", 5},
      {"floor(x)", 0},
      {"round(x)", 0},
      {"sign(x)", 0},
      {"step(x)", 0},
      {"abs(x)", 0},
      {"x^3", 2},
      {"x^-2", 3},
      {"x^2.5", 3},
      {"x^0.3", 2},
      {"x^20", 2},
      {"2^x", 2},
      {"0.3^x", 2},
      {"10^x", 2},
  };
  const std::vector<float> x = sample();
  std::vector<float> y(x.size());
  for (const auto& row : table) {
    CAPTURE(row.text);
    const lab::Formula formula = parsed(row.text);
    formula.value({}, x, y);
    double worst = 0, worst_at = 0;
    for (size_t i = 0; i < x.size(); ++i) {
      const double at = static_cast<double>(x[i]);
      if (at < row.from || at > row.to) continue;
      // The base as the program has it, a float.
      const double exact = row.text == "0.3^x"   ? std::pow(static_cast<double>(0.3f), at)
                           : row.text == "x^0.3" ? std::pow(at, static_cast<double>(0.3f))
                                                 : formula.reference_value({}, at);
      const double error = ulp_error(y[i], exact);
      if (error > worst) {
        worst = error;
        worst_at = at;
      }
    }
    CAPTURE(worst_at);
    CHECK(worst <= row.ulp);
  }
}

TEST_CASE("every instruction set gives the same bits") {
  std::vector<std::string> texts = {"x^x",
                                    "x^2.7",
                                    "x<1 ? x/3 : 2-x",
                                    "max(x, 1/x)",
                                    "x^-3",
                                    "|x|^x",
                                    "a*x+exp(a)",
                                    "x*tanh(ln(1+exp(x)))",
                                    "x*(clamp(x+3,0,6)/6)",
                                    "3*(x*exp(x)+x)",
                                    "a*(x*exp(x)+a)"};
  for (const char* name :
       {"abs",      "sign",       "step", "floor",      "round",    "sqrt",    "cbrt",
        "exp",      "expm1",      "ln",   "log2",       "log10",    "log1p",   "sin",
        "cos",      "tan",        "asin", "acos",       "atan",     "sinh",    "cosh",
        "tanh",     "asinh",      "erf",  "normal_cdf", "gaussian", "sigmoid", "softplus",
        "softsign", "tanhshrink", "gelu", "silu",       "mish"})
    texts.push_back(std::string(name) + "(x)");
  const std::vector<float> x = sample();
  std::vector<float> y(x.size()), expected(x.size());
  for (const std::string& text : texts) {
    CAPTURE(text);
    const lab::Formula formula = parsed(text);
    const lab::formula::Code& code = formula.code();
    for (const lab::formula::Program* program :
         {&code.value_program, &code.derivative_program, &code.second_program}) {
      float* const outputs[] = {y.data()};
      for (const lab::simd::Isa isa : lab::simd::available_isas()) {
        lab::formula::run(*program, lab::formula::op_table(isa), {0.75f}, x, outputs);
        if (isa == lab::simd::Isa::scalar) expected = y;
        size_t different = 0;
        for (size_t i = 0; i < x.size(); ++i) different += same_bits(y[i], expected[i]) ? 0 : 1;
        CAPTURE(lab::simd::isa_name(isa));
        CHECK(different == 0);
      }
    }
  }
}

TEST_CASE("value and derivative in one pass have the bits of each alone, in place too") {
  const std::vector<float> x = sample();
  for (const char* text :
       {"x/(1+exp(-x))", "exp(x)", "max(0,x)", "x*exp(-x^2)", "x", "5", "x*sin(x)+ln(1+x^2)"}) {
    CAPTURE(text);
    const lab::Formula formula = parsed(text);
    std::vector<float> y(x.size()), d(x.size()), both_y(x.size()), both_d(x.size());
    formula.value({}, x, y);
    formula.derivative({}, x, d);
    formula.value_and_derivative({}, x, both_y, both_d);
    std::vector<float> in_place = x, slope_in_place = x, second(x.size());
    formula.value_and_derivative({}, in_place, in_place, second);
    formula.value_and_derivative({}, slope_in_place, second, slope_in_place);
    std::vector<float> alone = x;
    formula.value({}, alone, alone);
    size_t different = 0;
    for (size_t i = 0; i < x.size(); ++i) {
      for (const float value : {both_y[i], in_place[i], alone[i]})
        different += same_bits(y[i], value) ? 0 : 1;
      for (const float slope : {both_d[i], slope_in_place[i]})
        different += same_bits(d[i], slope) ? 0 : 1;
    }
    CHECK(different == 0);
  }
}

TEST_CASE("an element's bits do not depend on where it lies") {
  const lab::Formula formula = parsed("x*sin(x)+ln(1+x^2)");
  const std::vector<float> x = sample();
  std::vector<float> whole(x.size());
  formula.value({}, x, whole);
  for (const size_t count : {0u, 1u, 3u, 15u, 16u, 17u, 300u, 511u, 512u, 513u, 1023u}) {
    std::vector<float> part(count + 1, -7.0f);
    formula.value({}, std::span(x).subspan(100, count), std::span(part).first(count));
    bool same = part[count] == -7.0f;  // nothing is written behind the end
    for (size_t i = 0; i < count; ++i) same = same && same_bits(part[i], whole[100 + i]);
    CHECK_MESSAGE(same, count);
  }
}

TEST_CASE("a choice between bounds leaves the bounds outside") {
  const std::vector<float> x = {
      -kInfinity, -1,  std::nextafter(-1.0f, 0.0f), 0, std::nextafter(2.0f, 0.0f), 2,
      kInfinity,  kNan};
  const std::vector<float> expected = {0, 0, 1, 1, 1, 0, 0, kNan};
  for (const char* text : {"x>-1 and x<2 ? 1 : 0", "x<2 and x>-1 ? 1 : 0", "x<2 and x>a ? 1 : 0"}) {
    CAPTURE(text);
    const lab::Formula formula = parsed(text);
    std::vector<float> y(x.size());
    formula.value({-1}, x, y);
    CHECK(std::ranges::equal(y, expected, same_bits));
  }
}

TEST_CASE("limits at infinity, and NaN stays NaN") {
  const struct {
    std::string_view text;
    float left, right, left_slope, right_slope;
  } table[] = {
      {"x/(1+exp(-x))", 0, kInfinity, 0, 1},
      {"x*tanh(ln(1+exp(x)))", 0, kInfinity, 0, 1},
      {"0.5*x*(1+erf(x/sqrt(2)))", 0, kInfinity, 0, 1},
      {"ln(1+exp(x))", 0, kInfinity, 0, 1},
      {"exp(x)/(1+exp(x))", 0, 1, 0, 0},
      {"(exp(x)-exp(-x))/(exp(x)+exp(-x))", -1, 1, 0, 0},
      {"x*exp(-x^2)", 0, 0, 0, 0},
      {"x^3*exp(-x^2)", 0, 0, 0, 0},
      {"x/(1+|x|)", -1, 1, 0, 0},
      {"x/(2+|x|)", -1, 1, 0, 0},
      {"x*sigmoid(1.702x)", 0, kInfinity, 0, 1},
      {"x<0 ? 0.5*x : x", -kInfinity, kInfinity, 0.5f, 1},
      {"x^2-x", kInfinity, kInfinity, -kInfinity, kInfinity},
      {"1/x", 0, 0, 0, 0},
      {"clamp(x,-2,3)", -2, 3, 0, 0},
      {"7", 7, 7, 0, 0},
      {"x > 1", 0, 1, 0, 0},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    const lab::Formula formula = parsed(row.text);
    const float x[] = {-kInfinity, kInfinity, kNan, 1};
    float y[4], d[4], dd[4];
    formula.value_and_derivative({}, x, y, d);
    formula.second_derivative({}, x, dd);
    CHECK(y[0] == row.left);
    CHECK(y[1] == row.right);
    CHECK(d[0] == row.left_slope);
    CHECK(ulp_error(d[1], static_cast<double>(row.right_slope)) <= 1);
    for (const float value : {y[2], d[2], dd[2]}) CHECK(std::isnan(value));
    for (const float value : {y[3], d[3], dd[3]}) CHECK(std::isfinite(value));
    CHECK_FALSE(std::isnan(dd[0]));
    CHECK_FALSE(std::isnan(dd[1]));
    CHECK(formula.reference_value({}, static_cast<double>(-kInfinity)) ==
          static_cast<double>(row.left));
    CHECK(std::isnan(formula.reference_value({}, std::nan(""))));
  }
}

TEST_CASE("formulas: what only chooses and compares is exact on every instruction set") {
  const struct {
    const char* text;
    float (*f)(float);
  } cases[] = {
      {"not x", [](float x) { return x == 0 ? 1.0f : 0.0f; }},
      {"x < 1", [](float x) { return x < 1 ? 1.0f : 0.0f; }},
      {"x <= 1", [](float x) { return x <= 1 ? 1.0f : 0.0f; }},
      {"x == 1", [](float x) { return x == 1 ? 1.0f : 0.0f; }},
      {"x > 0 and x < 2", [](float x) { return x > 0 && x < 2 ? 1.0f : 0.0f; }},
      {"x < 0 or x > 1", [](float x) { return x < 0 || x > 1 ? 1.0f : 0.0f; }},
      {"(x < 0 or x > 1) ? x : 2", [](float x) { return x < 0 || x > 1 ? x : 2; }},
      {"x < 1 ? x : 2", [](float x) { return x < 1 ? x : 2; }},
      {"x <= 1 ? x : 2", [](float x) { return x <= 1 ? x : 2; }},
      {"min(x, -x)", [](float x) { return x < -x ? x : -x; }},
      {"max(x, -x)", [](float x) { return x > -x ? x : -x; }},
      {"min(max(x, -1), 1)", [](float x) { return x < -1  ? -1
                                                  : x > 1 ? 1
                                                          : x; }},
      {"floor(x)", [](float x) { return std::floor(x); }},
      {"|x|", [](float x) { return std::fabs(x); }},
      {"sign(x)", [](float x) { return static_cast<float>((x > 0) - (x < 0)); }},
  };
  std::vector<float> x;
  for (int i = -96; i <= 96; ++i) x.push_back(static_cast<float>(i) / 32);
  x.resize(x.size() / 16 * 16);
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const lab::Result<lab::Formula> formula = lab::parse_formula(c.text);
    REQUIRE(formula.ok());
    for (const lab::simd::Isa isa : lab::simd::available_isas()) {
      CAPTURE(lab::simd::isa_name(isa));
      std::vector<float> y(x.size());
      float* const outputs[] = {y.data()};
      lab::formula::run(formula.value().code().value_program, lab::formula::op_table(isa), {}, x,
                        outputs);
      for (size_t i = 0; i < x.size(); ++i) {
        CAPTURE(x[i]);
        CHECK(y[i] == c.f(x[i]));
      }
    }
  }
}
