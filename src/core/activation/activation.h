#pragma once

#include <array>
#include <span>
#include <string_view>

#include "core/localized.h"

namespace lab {

inline constexpr size_t kMaxActivationParams = 4;

// Values of an activation's parameters, in the order of its ParamSpecs; the rest is unused.
using ActivationParams = std::array<float, kMaxActivationParams>;

// A parameter a person can set.
struct ActivationParamSpec {
  std::string_view id;    // also PyTorch's keyword, e.g. "negative_slope"
  std::string_view symbol;  // TeX in the formula, e.g. "\\alpha"
  Localized name;
  float fallback;         // PyTorch's default
  float min, max;         // what the interface offers and the core accepts
};

// One row of the registry: everything the project knows about an elementwise activation function.
struct Activation {
  std::string_view id;        // stable, lower case: "relu"
  Localized name;             // "ReLU"
  std::string_view tex;       // right-hand side of f(x) = … as TeX, the variable is x
  std::string_view tex_derivative;  // right-hand side of f'(x) = …
  std::string_view pytorch;   // the torch.nn class, e.g. "nn.ReLU"; empty where there is none
  std::span<const ActivationParamSpec> params;

  // Vector path: y[i] = f(x[i]), and d[i] = f'(x[i]). Spans of equal length; y may be x itself.
  void (*value)(const ActivationParams&, std::span<const float> x, std::span<float> y);
  void (*derivative)(const ActivationParams&, std::span<const float> x, std::span<float> d);
  // Scalar oracle in double precision: the readable definition the vector path is judged by.
  double (*reference_value)(const ActivationParams&, double x);
  double (*reference_derivative)(const ActivationParams&, double x);

  ActivationParams default_params() const;
};

// The registry, in the order the interface lists it.
std::span<const Activation> activations();

// The row with that id, or null.
const Activation* find_activation(std::string_view id);

}  // namespace lab
