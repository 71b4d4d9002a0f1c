#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/activation/activation.h"
#include "core/error.h"
#include "core/simd/isa.h"

// Activation functions that people type: x*tanh(ln(1+exp(x))), max(0, x), x<0 ? a*x : x, …
//
// The text: numbers; x; pi and e; any other name is a parameter (at most kMaxActivationParams,
// default 1, or declared in front as in "a=0.1; a*x"); + − * / ^ ** (^ binds to the right), 2x and
// 2(x+1); comparisons (1 or 0), and or not && || !, c ? a : b, if(c, a, b); |x|; the functions of
// functions.cpp. Typographic signs and full-width punctuation are read as their ASCII twins.
//
// Derivatives are exact. At kinks: |x|' = 0 at 0; max and min of two terms with x have the mean of
// both slopes at a tie (torch.maximum), against a constant the slope 0 (ReLU, Hardtanh); c ? a : b
// has the slope of the branch taken; steps and comparisons have slope 0. An inner derivative of
// exactly 0 ends the chain rule, also where the outer one is infinite.
//
// Values at ±∞ are those of the arithmetic, and where that gives NaN (∞·0, ∞−∞) those at the
// largest float or, if need be, at a smaller power of 2; NaN for x gives NaN. A factor that is the
// constant 0 makes a product 0.

namespace lab {

// The id of a formula is its text behind this, wherever an activation's id is asked for.
inline constexpr std::string_view kFormulaPrefix = "formula:";

struct FormulaParam {
  std::string id;      // as typed; with "_" behind it where Python would not take it as a name
  std::string symbol;  // TeX
  float fallback;      // its declared value, or 1
  float min, max;      // a range worth a slider
};

namespace formula {
struct Code;
}

// A formula that was read. Copies are cheap and share what is immutable.
class Formula {
 public:
  const std::string& text() const;
  std::span<const FormulaParam> params() const;
  ActivationParams default_params() const;

  // Vector path, the same bits on every instruction set: y[i] = f(x[i]) and so on. Spans of equal
  // length; an output may be x itself.
  void value(const ActivationParams& params, std::span<const float> x, std::span<float> y) const;
  void derivative(const ActivationParams& params, std::span<const float> x,
                  std::span<float> d) const;
  void value_and_derivative(const ActivationParams& params, std::span<const float> x,
                            std::span<float> y, std::span<float> d) const;
  void second_derivative(const ActivationParams& params, std::span<const float> x,
                         std::span<float> dd) const;

  // The same in double precision with the C library: what the vector path is judged by.
  double reference_value(const ActivationParams& params, double x) const;
  double reference_derivative(const ActivationParams& params, double x) const;
  double reference_second_derivative(const ActivationParams& params, double x) const;

  // What the functions above run on; for this module's tests and check_formula().
  const formula::Code& code() const { return *code_; }

 private:
  friend Result<Formula> parse_formula(std::string_view text);
  explicit Formula(std::shared_ptr<const formula::Code> code) : code_(std::move(code)) {}
  std::shared_ptr<const formula::Code> code_;
};

// Reads a formula, or says what is wrong with it: errors "formula.…" with a column (1-based, in
// code points). Text of any kind and length is refused in time proportional to a few kilobytes.
Result<Formula> parse_formula(std::string_view text);

// Right-hand sides of f(x) = … and f'(x) = … in the TeX that the app and the page typeset.
std::string formula_tex(const Formula& formula);
std::string formula_derivative_tex(const Formula& formula);

// A Python expression in x (a tensor) with torch; "{a}" stands for the parameter a.
std::string formula_pytorch(const Formula& formula);

// Where the formula or its derivative is not continuous.
struct FormulaKink {
  double at = 0;
  bool jump = false;  // of the value; else only of the derivative
};
struct FormulaInterval {
  double from = 0, to = 0;
};

// What a look at a formula on kCheckFrom … kCheckTo found, in double precision.
struct FormulaReport {
  // Exact derivative against central differences, away from kinks, relative to 1 + |f'|.
  double worst_disagreement = 0;
  double worst_at = 0;
  size_t compared = 0;  // points that could be compared

  std::vector<FormulaKink> kinks;           // ascending, at most kMaxKinks
  bool more_kinks = false;                  // there are too many to list
  std::vector<FormulaInterval> not_finite;  // where the value is NaN or infinite

  double min = 0, max = 0;  // of the finite values
  double min_at = 0, max_at = 0;
  double left_limit = 0, right_limit = 0;  // values at −∞ and ∞
  // Of all values that were looked at, far away and beside poles too; not its ends that are bounded by
  // nothing. Attained: not only approached.
  double infimum = 0, supremum = 0;
  bool min_attained = false, max_attained = false;
  // On the sample, including its kinks. A saturating side has f' → 0.
  bool increasing = false, decreasing = false, odd = false;
  bool bounded_below = false, bounded_above = false;
  bool saturates_left = false, saturates_right = false;

  static constexpr double kFrom = -10, kTo = 10;
  static constexpr size_t kMaxKinks = 32;
};
FormulaReport check_formula(const Formula& formula, const ActivationParams& params);

}  // namespace lab
