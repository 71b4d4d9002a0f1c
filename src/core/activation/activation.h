#pragma once

#include <array>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "core/activation/kernel_table.h"
#include "core/localized.h"

namespace lab {

inline constexpr size_t kMaxActivationParams = 4;

// Values of an activation's parameters, in the order of its ParamSpecs; the rest is unused.
using ActivationParams = std::array<float, kMaxActivationParams>;

// A parameter a person can set.
struct ActivationParamSpec {
  std::string_view id;      // also PyTorch's keyword, e.g. "negative_slope"
  std::string_view symbol;  // TeX in the formula, e.g. "\\alpha"
  Localized name;
  float fallback;                         // PyTorch's default
  float min, max;                         // what the interface offers and the core accepts
  std::string_view pytorch_keyword = {};  // where PyTorch's constructor has another name than `id`
};

// The families the interface groups activations by.
enum class ActivationGroup { rectifier, saturating, gated, shrinkage, periodic };
Localized group_name(ActivationGroup group);

// The set of values a function takes, at default parameters.
struct ActivationRange {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool min_attained = false, max_attained = false;  // closed ends
};

// A point where the derivative (or the function itself, then `jump`) is not continuous:
// at + factor·params[param].
struct ActivationKink {
  double at = 0;
  int param = -1;  // index of the parameter that moves it, or −1
  double factor = 0;
  bool jump = false;
};

// What a textbook's property table says. Saturating: the derivative tends to 0 on that side.
struct ActivationTraits {
  bool smooth = false;        // infinitely differentiable
  bool monotone = false;      // non-decreasing
  bool zero_centred = false;  // odd, so that symmetric inputs give outputs of mean 0
  bool saturates_left = false, saturates_right = false;
  bool bounded_below = false, bounded_above = false;
};

// Largest errors over all 2^32 floats at default parameters, in units in the last place of the
// exact result; tests/accuracy proves them. Near a zero of f' its error is instead at most 2^-22.
struct ActivationUlp {
  double value = 0.5;
  double derivative = 0.5;
};

// What a row that was made at run time computes with; registry rows have function pointers instead.
class CustomFunction {
 public:
  virtual ~CustomFunction() = default;
  virtual void value(const ActivationParams&, std::span<const float> x,
                     std::span<float> y) const = 0;
  virtual void derivative(const ActivationParams&, std::span<const float> x,
                          std::span<float> d) const = 0;
  virtual double reference_value(const ActivationParams&, double x) const = 0;
  virtual double reference_derivative(const ActivationParams&, double x) const = 0;
  virtual std::vector<double> kink_positions(const ActivationParams&) const = 0;
};

// One row of the registry: everything the project knows about an elementwise activation function.
struct Activation {
  std::string_view id;              // stable, lower case: "relu"
  Localized name;                   // "ReLU": short, for labels
  Localized full_name = {};         // "Rectified linear unit", where the name does not say it
  std::string_view tex;             // right-hand side of f(x) = … as TeX, the variable is x
  std::string_view tex_derivative;  // right-hand side of f'(x) = …
  std::string_view pytorch;         // the torch.nn class, e.g. "nn.ReLU"; empty where there is none
  std::span<const ActivationParamSpec> params = {};

  // Vector path: y[i] = f(x[i]), and d[i] = f'(x[i]). Spans of equal length; y may be x itself.
  void (*value)(const ActivationParams&, std::span<const float> x, std::span<float> y);
  void (*derivative)(const ActivationParams&, std::span<const float> x, std::span<float> d);
  // Scalar oracle in double precision: the readable definition the vector path is judged by.
  double (*reference_value)(const ActivationParams&, double x);
  double (*reference_derivative)(const ActivationParams&, double x);

  // Both in one pass, for training: the same bits as `value` and `derivative`. y or d may be x.
  void (*value_and_derivative)(const ActivationParams&, std::span<const float> x,
                               std::span<float> y, std::span<float> d);
  Kernel kernel;  // the row of kernel_table() behind the three functions above

  ActivationGroup group;
  // Where PyTorch has no class for it: a Python expression in x; "{b}" stands for parameter b.
  std::string_view pytorch_expr = {};
  std::string_view jax = {};    // dotted name, empty where there is none
  std::string_view keras = {};  // dotted name, empty where there is none
  ActivationRange range = {};
  std::span<const ActivationKink> kinks = {};
  ActivationTraits traits = {};
  // Where f' passes through or touches 0 (and, with a period, every period from there): within
  // half a unit of these points its error is judged absolutely.
  std::span<const double> derivative_zeros = {};
  double derivative_zero_period = 0;
  ActivationUlp max_ulp = {};
  Localized good_at = {};
  Localized bad_at = {};

  // Not null for a formula a person typed: then the pointers above are null.
  const CustomFunction* custom = nullptr;

  // f(x) and f'(x) for any row, on the vector path; y or d may be x itself.
  void evaluate(const ActivationParams&, std::span<const float> x, std::span<float> y) const;
  void differentiate(const ActivationParams&, std::span<const float> x, std::span<float> d) const;
  // Both at once, as training wants them; x must not be y or d of a formula's row.
  void evaluate_both(const ActivationParams&, std::span<const float> x, std::span<float> y,
                     std::span<float> d) const;
  // The same in double precision.
  double exact_value(const ActivationParams&, double x) const;
  double exact_derivative(const ActivationParams&, double x) const;

  ActivationParams default_params() const;
  // Positions of the kinks for these parameters, ascending.
  std::vector<double> kink_positions(const ActivationParams& values) const;
};

// The registry, in the order the interface lists it.
std::span<const Activation> activations();

// The row with that id, or null.
const Activation* find_activation(std::string_view id);

}  // namespace lab
