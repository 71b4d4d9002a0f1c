// Values of formulas against C++ written by hand, and their derivatives against central differences
// of that C++: neither knows the parser, the simplifier or the differentiator.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>

#include "core/formula/formula.h"

namespace {

struct Case {
  std::string_view text;
  double (*f)(double);
  double from = -4, to = 4;
};

double logistic(double x) {
  return 1 / (1 + std::exp(-x));
}
double phi(double x) {
  return 0.5 * (1 + std::erf(x / std::numbers::sqrt2));
}

#define F(expression) [](double x) -> double { return expression; }
const Case kCases[] = {
    {"x", F(x)},
    {"3 - 2*x", F(3 - 2 * x)},
    {"x^2 - x^3/3", F(x* x - x * x * x / 3)},
    {"x^5", F(std::pow(x, 5))},
    {"x^-2", F(1 / (x * x)), 0.5, 4},
    {"x^20", F(std::pow(x, 20)), -1.2, 1.2},
    {"x^1.7", F(std::pow(x, 1.7)), 0.5, 4},
    {"x^2.5", F(std::pow(x, 2.5)), 0.5, 4},
    {"2^x", F(std::exp2(x))},
    {"e^x", F(std::exp(x))},
    {"x^x", F(std::pow(x, x)), 0.5, 3},
    {"(1+x^2)^sin(x)", F(std::pow(1 + x * x, std::sin(x)))},
    {"1/(1+x^2)", F(1 / (1 + x * x))},
    {"x/(1+x^2)", F(x / (1 + x * x))},
    {"(x^2-1)/(x^2+1)", F((x * x - 1) / (x * x + 1))},
    {"1/x - 1/x^2", F(1 / x - 1 / (x * x)), 0.5, 4},
    {"sqrt(1+x^2)", F(std::sqrt(1 + x * x))},
    {"sqrt(x^2)", F(std::fabs(x))},
    {"cbrt(x)", F(std::cbrt(x)), 0.5, 4},
    {"exp(-x)", F(std::exp(-x))},
    {"exp(-x^2)", F(std::exp(-x* x))},
    {"exp(-x*x/2)", F(std::exp(-x* x / 2))},
    {"x*exp(-x^2)", F(x* std::exp(-x* x))},
    {"exp(x)-1", F(std::exp(x) - 1)},
    {"1-exp(x)", F(1 - std::exp(x))},
    {"expm1(x)", F(std::expm1(x))},
    {"ln(x)", F(std::log(x)), 0.5, 4},
    {"log2(x)", F(std::log2(x)), 0.5, 4},
    {"log10(x)", F(std::log10(x)), 0.5, 4},
    {"ln(1+x^2)", F(std::log(1 + x * x))},
    {"log1p(x)", F(std::log1p(x)), -0.5, 4},
    {"ln(1-x)", F(std::log(1 - x)), -4, 0.5},
    {"ln(1+exp(x))", F(std::log(1 + std::exp(x)))},
    {"ln(exp(x)+1)-ln(2)", F(std::log(1 + std::exp(x)) - std::log(2.0))},
    {"ln(1/(1+exp(-x)))", F(std::log(logistic(x)))},
    {"1/(1+exp(-x))", F(logistic(x))},
    {"exp(x)/(1+exp(x))", F(logistic(x))},
    {"1-sigmoid(x)", F(1 - logistic(x))},
    {"2*sigmoid(2x)-1", F(std::tanh(x))},
    {"2/(1+exp(-2x))-1", F(std::tanh(x))},
    {"(exp(x)-exp(-x))/(exp(x)+exp(-x))", F(std::tanh(x))},
    {"(exp(2x)-1)/(exp(2x)+1)", F(std::tanh(x))},
    {"(1-exp(-2x))/(1+exp(-2x))", F(std::tanh(x))},
    {"(exp(x)-exp(-x))/2", F(std::sinh(x))},
    {"(exp(x)+exp(-x))/2", F(std::cosh(x))},
    {"1/cosh(x)", F(1 / std::cosh(x))},
    {"1-tanh(x)^2", F(1 - std::tanh(x) * std::tanh(x))},
    {"1+tanh(x)", F(1 + std::tanh(x))},
    {"3-3*tanh(x)", F(3 - 3 * std::tanh(x))},
    {"x-tanh(x)", F(x - std::tanh(x))},
    {"asinh(x)", F(std::asinh(x))},
    {"x*tanh(ln(1+exp(x)))", F(x* std::tanh(std::log(1 + std::exp(x))))},
    {"x/(1+exp(-1.702x))", F(x / (1 + std::exp(-1.702 * x)))},
    {"0.5*x*(1+erf(x/sqrt(2)))", F(x* phi(x))},
    {"1-erf(x)", F(std::erfc(x))},
    {"normal_cdf(x)", F(phi(x))},
    {"gelu(2x)", F(2 * x * phi(2 * x))},
    {"0.5*x*(1+tanh(sqrt(2/pi)*(x+0.044715*x^3)))",
     F(0.5 * x * (1 + std::tanh(std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x))))},
    {"x/(1+|x|)", F(x / (1 + std::fabs(x)))},
    {"sin(x)*cos(2x)", F(std::sin(x) * std::cos(2 * x))},
    {"sin(x)/cos(x)", F(std::tan(x)), -1.4, 1.4},
    {"tan(x/3)", F(std::tan(x / 3))},
    {"asin(x)+2*acos(x)", F(std::asin(x) + 2 * std::acos(x)), -0.9, 0.9},
    {"arctan(x)", F(std::atan(x))},
    {"x+sin(x)^2", F(x + std::sin(x) * std::sin(x))},
    {"max(0,x)", F(std::max(0.0, x))},
    {"max(0,x)^2", F(std::max(0.0, x) * std::max(0.0, x))},
    {"max(x, sin(3x), -1)", F(std::max({x, std::sin(3 * x), -1.0}))},
    {"min(x^2, 2-x)", F(std::min(x* x, 2 - x))},
    {"clamp(x/6+0.5, 0, 1)*x", F(std::clamp(x / 6 + 0.5, 0.0, 1.0) * x)},
    {"x<0 ? exp(x)-1 : sin(x)", F(x < 0 ? std::exp(x) - 1 : std::sin(x))},
    {"-1<x<1 ? x^3 : |x|", F(-1 < x && x < 1 ? x * x * x : std::fabs(x))},
    {"floor(x)+x^2", F(std::floor(x) + x * x)},
    {"|sin(3x)|*sign(x)", F(std::fabs(std::sin(3 * x)) * (x > 0   ? 1
                                                          : x < 0 ? -1
                                                                  : 0))},
    {"sqrt(max(0,x))", F(std::sqrt(std::max(0.0, x))), -4, 8},
    {"softplus(3x)/3", F(std::log(1 + std::exp(3 * x)) / 3)},
    {"selu(x)", F(1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (std::exp(x) - 1)))},
    {"celu(x, 2)", F(x > 0 ? x : 2 * (std::exp(x / 2) - 1))},
    {"hardswish(x)", F(x* std::clamp(x + 3, 0.0, 6.0) / 6)},
    {"softshrink(x)", F(x > 0.5    ? x - 0.5
                        : x < -0.5 ? x + 0.5
                                   : 0)},
    {"hardshrink(x)", F(std::fabs(x) <= 0.5 ? 0 : x)},
    {"threshold(x, 1, -2)", F(x > 1 ? x : -2)},
};
#undef F

// The central difference of fourth order; its error is about 1e-12 of f and 1e-14 of f⁽⁵⁾.
double difference(double (*f)(double), double x) {
  constexpr double h = 1e-3;
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

lab::Formula parsed(std::string_view text) {
  lab::Result<lab::Formula> result = lab::parse_formula(text);
  REQUIRE_MESSAGE(result.ok(), text);
  return result.value();
}

// Samples of the case's range that lie at least `distance` from a kink of the formula.
template <class Visit>
void for_each_sample(const Case& row, const lab::Formula& formula, double distance, Visit visit) {
  const lab::FormulaReport report = lab::check_formula(formula, formula.default_params());
  constexpr int kCount = 97;  // a prime: no sample on a round number but the ends
  for (int i = 0; i <= kCount; ++i) {
    const double x = row.from + (row.to - row.from) * i / kCount;
    const bool near = std::ranges::any_of(report.kinks, [&](const lab::FormulaKink& kink) {
      return std::fabs(kink.at - x) < distance;
    });
    if (!near) visit(x);
  }
}

}  // namespace

TEST_CASE("formulas have the values of the same expression in C++") {
  for (const Case& row : kCases) {
    CAPTURE(row.text);
    const lab::Formula formula = parsed(row.text);
    for_each_sample(row, formula, 1e-6, [&](double x) {
      CAPTURE(x);
      CHECK(formula.reference_value({}, x) == doctest::Approx(row.f(x)).epsilon(1e-11).scale(1));
    });
  }
}

TEST_CASE("derivatives agree with central differences of the same expression in C++") {
  for (const Case& row : kCases) {
    CAPTURE(row.text);
    const lab::Formula formula = parsed(row.text);
    size_t compared = 0;
    for_each_sample(row, formula, 3e-3, [&](double x) {
      CAPTURE(x);
      ++compared;
      const double expected = difference(row.f, x);
      CHECK(formula.reference_derivative({}, x) ==
            doctest::Approx(expected).epsilon(2e-8).scale(1));
    });
    CHECK(compared > 60);
  }
}

TEST_CASE("second derivatives agree with central differences of the first") {
  for (const Case& row : kCases) {
    CAPTURE(row.text);
    const lab::Formula formula = parsed(row.text);
    for_each_sample(row, formula, 3e-3, [&](double x) {
      CAPTURE(x);
      constexpr double h = 1e-4;
      const auto slope = [&](double at) { return formula.reference_derivative({}, at); };
      const double near = slope(x + h) - slope(x - h);
      const double far = slope(x + 2 * h) - slope(x - 2 * h);
      CHECK(formula.reference_second_derivative({}, x) ==
            doctest::Approx((8 * near - far) / (12 * h)).epsilon(1e-7).scale(10));
    });
  }
}

TEST_CASE("at kinks the derivative is PyTorch's") {
  const auto slope = [](std::string_view text, double x) {
    const lab::Formula formula = parsed(text);
    return formula.reference_derivative(formula.default_params(), x);
  };
  CHECK(slope("max(0, x)", 0) == 0);
  CHECK(slope("relu(x)", 0) == 0);
  CHECK(slope("|x|", 0) == 0);
  CHECK(slope("max(x, -x)", 0) == 0);    // the mean of 1 and −1
  CHECK(slope("max(x, 2x)", 0) == 1.5);  // torch.maximum
  CHECK(slope("min(x, 3x)", 0) == 2);    // torch.minimum
  CHECK(slope("clamp(x, -1, 1)", 1) == 0);
  CHECK(slope("relu6(x)", 6) == 0);
  CHECK(slope("leaky_relu(x)", 0) == doctest::Approx(0.01).epsilon(1e-6));
  CHECK(slope("x<0 ? 0.1*x : x", 0) == 1);  // the branch taken
  CHECK(slope("elu(x, 0.5)", 0) == 0.5);
  CHECK(slope("hardswish(x)", -3) == 0);
  CHECK(slope("hardswish(x)", 3) == 1);
  CHECK(slope("hardtanh(x)", -1) == 0);
  CHECK(slope("step(x)", 0) == 0);
  CHECK(slope("sqrt(max(0, x))", -1) == 0);  // 0 ends the chain rule before ∞
}
