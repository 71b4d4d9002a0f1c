// Random formulas, the same ones in every run: the reader, the vector path and the double-precision
// reference against a plain evaluation of the tree that the text was made from. What floating point
// may lose is measured by evaluating that tree again with every result disturbed.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "core/formula/formula.h"

namespace {

// PCG-XSH-RR 64/32 (O'Neill 2014).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) { next(); }
  uint32_t next() {
    const uint64_t old = state_;
    state_ = old * 6364136223846793005u + 1442695040888963407u;
    const auto mixed = static_cast<uint32_t>(((old >> 18) ^ old) >> 27);
    const auto turn = static_cast<uint32_t>(old >> 59);
    return (mixed >> turn) | (mixed << ((32 - turn) & 31));
  }
  size_t below(size_t count) { return next() % count; }
  double unit() { return next() * 0x1p-32; }

 private:
  uint64_t state_;
};

// Disturbs a result by up to `size` of itself; 0 leaves it.
struct Noise {
  double size = 0;
  Random random{7};
  double operator()(double value) {
    return size == 0 ? value : value * (1 + size * (2 * random.unit() - 1));
  }
};

using Evaluate = std::function<double(double x, Noise&)>;
struct Tree {
  std::string text;
  Evaluate value;
};

double logistic(double x) {
  return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x));
}

const struct {
  const char* name;
  double (*f)(double);
} kFunctions[] = {
    {"exp", [](double x) { return std::exp(x); }},
    {"tanh", [](double x) { return std::tanh(x); }},
    {"sin", [](double x) { return std::sin(x); }},
    {"cos", [](double x) { return std::cos(x); }},
    {"atan", [](double x) { return std::atan(x); }},
    {"abs", [](double x) { return std::fabs(x); }},
    {"sqrt", [](double x) { return std::sqrt(x); }},
    {"ln", [](double x) { return std::log(x); }},
    {"erf", [](double x) { return std::erf(x); }},
    {"sigmoid", [](double x) { return logistic(x); }},
    {"softplus", [](double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::fabs(x))); }},
    {"cbrt", [](double x) { return std::cbrt(x); }},
    {"relu", [](double x) { return std::max(x, 0.0); }},
    {"silu", [](double x) { return x * logistic(x); }},
};

Tree leaf(Random& random) {
  if (random.below(3) > 0) return {"x", [](double x, Noise&) { return x; }};
  const double number = static_cast<double>(1 + random.below(40)) / 8;
  return {std::to_string(number), [number](double, Noise&) { return number; }};
}

Tree binary(Random& random, const Tree& a, const Tree& b) {
  const Evaluate u = a.value, v = b.value;
  const auto make = [&](const char* sign, auto operation) -> Tree {
    return {"(" + a.text + sign + b.text + ")",
            [=](double x, Noise& noise) { return noise(operation(u(x, noise), v(x, noise))); }};
  };
  switch (random.below(6)) {
    case 0:
      return make("+", [](double p, double q) { return p + q; });
    case 1:
      return make("-", [](double p, double q) { return p - q; });
    case 2:
    case 3:
      return make("*", [](double p, double q) { return p * q; });
    case 4:
      return make("/", [](double p, double q) { return p / q; });
    default:
      return {"max(" + a.text + ", " + b.text + ")", [=](double x, Noise& noise) {
                const double p = u(x, noise), q = v(x, noise);
                return std::isnan(q) ? q : std::max(p, q);
              }};
  }
}

Tree grow(Random& random, int depth) {
  if (depth == 0) return leaf(random);
  const Tree a = grow(random, depth - 1 - static_cast<int>(random.below(2)) * (depth > 1));
  const Evaluate u = a.value;
  switch (random.below(5)) {
    case 0: {
      const auto& function = kFunctions[random.below(std::size(kFunctions))];
      const auto f = function.f;
      return {std::string(function.name) + "(" + a.text + ")",
              [=](double x, Noise& noise) { return noise(f(u(x, noise))); }};
    }
    case 1:
      return {"(-" + a.text + ")", [=](double x, Noise& noise) { return -u(x, noise); }};
    case 2: {
      const Tree b = leaf(random), c = grow(random, depth - 1);
      const Evaluate v = b.value, w = c.value;
      return {
          "(" + b.text + " < 1.5 ? " + a.text + " : " + c.text + ")",
          [=](double x, Noise& noise) { return v(x, noise) < 1.5 ? u(x, noise) : w(x, noise); }};
    }
    default:
      return binary(random, a, grow(random, depth - 1));
  }
}

// How far results of float arithmetic may lie from the exact one.
double float_spread(const Tree& tree, double x, double exact) {
  Noise noise;
  noise.size = 0x1p-21;
  double spread = 0;
  for (int trial = 0; trial < 8; ++trial) {
    const double off = std::fabs(tree.value(x, noise) - exact);
    if (!(off <= spread)) spread = off;
  }
  return spread;
}

}  // namespace

TEST_CASE("random formulas: reader, vector path and reference agree with the tree") {
  Random random(20240607);
  size_t compared = 0, formulas = 0;
  for (int round = 0; round < 1500; ++round) {
    const Tree tree = grow(random, 1 + round % 5);
    if (tree.text.size() > 1500) continue;
    CAPTURE(tree.text);
    const lab::Result<lab::Formula> result = lab::parse_formula(tree.text);
    if (!result.ok()) {  // only for its size
      CHECK(result.error().code == "formula.too_large");
      continue;
    }
    ++formulas;
    const lab::Formula& formula = result.value();
    std::vector<float> x, y, d, dd;
    for (int i = 0; i < 24; ++i) x.push_back(static_cast<float>(12 * random.unit() - 6));
    y = d = dd = x;
    formula.value_and_derivative({}, x, y, d);
    formula.second_derivative({}, x, dd);
    for (size_t i = 0; i < x.size(); ++i) {
      const double at = static_cast<double>(x[i]);
      Noise none;
      const double exact = tree.value(at, none);
      const double spread = float_spread(tree, at, exact);
      // Beyond float's range, or too close to where the function is not defined.
      if (!std::isfinite(exact) || !(spread < 1e-2 * (1e-6 + std::fabs(exact)))) continue;
      if (std::fabs(exact) > 1e30 || std::fabs(exact) < 1e-30) continue;
      CAPTURE(at);
      ++compared;
      CHECK(std::fabs(static_cast<double>(y[i]) - exact) <= 8 * spread + 1e-6 * std::fabs(exact));
      CHECK(std::fabs(formula.reference_value({}, at) - exact) <=
            1e-5 * spread + 1e-10 * std::fabs(exact));
    }
  }
  CHECK(formulas > 1400);
  CHECK(compared > 15'000);
}

TEST_CASE("random formulas: derivatives agree with differences of the reference") {
  Random random(4711);
  size_t compared = 0;
  for (int round = 0; round < 400; ++round) {
    const Tree tree = grow(random, 1 + round % 4);
    const lab::Result<lab::Formula> result = lab::parse_formula(tree.text);
    if (!result.ok()) continue;
    CAPTURE(tree.text);
    const lab::FormulaReport report = lab::check_formula(result.value(), {});
    compared += report.compared;
    CAPTURE(report.worst_at);
    // Beside poles the difference itself is wrong; elsewhere it has about ten digits.
    const bool tame = report.max < 1e6 && report.min > -1e6 && report.not_finite.empty();
    if (tame) CHECK(report.worst_disagreement < 1e-5);
  }
  CHECK(compared > 200'000);
}

TEST_CASE("random bytes and random token soup are read or refused, never worse") {
  Random random(99);
  const char* const parts[] = {"x",  "(",    ")",   "+", "-",  "*",    "/", "^", "2",
                               "1e", "a",    "max", ",", "?",  ":",    "<", "=", ";",
                               "|",  "not ", "π",   "²", "（", "\xe3", "e"};
  size_t accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (size_t length = 1 + random.below(12); length > 0; --length) {
      if (round % 4 == 0) {
        text += static_cast<char>(random.below(256));
      } else {
        text += parts[random.below(std::size(parts))];
      }
    }
    const lab::Result<lab::Formula> result = lab::parse_formula(text);
    if (result.ok()) {
      ++accepted;
      CHECK_FALSE(lab::formula_tex(result.value()).empty());
      continue;
    }
    CHECK(result.error().column.value_or(0) >= 1);
    CHECK(static_cast<size_t>(result.error().column.value_or(0)) <= text.size() + 1);
  }
  CHECK(accepted > 200);
}
