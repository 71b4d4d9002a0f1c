#include "core/activation/activation.h"

#include <cmath>

namespace lab {
namespace {

void relu_value(const ActivationParams&, std::span<const float> x, std::span<float> y) {
  for (size_t i = 0; i < x.size(); ++i) y[i] = x[i] < 0 ? 0 : x[i];
}
void relu_derivative(const ActivationParams&, std::span<const float> x, std::span<float> d) {
  for (size_t i = 0; i < x.size(); ++i) d[i] = x[i] > 0 ? 1 : 0;
}
double relu_reference(const ActivationParams&, double x) { return x < 0 ? 0 : x; }
double relu_reference_derivative(const ActivationParams&, double x) { return x > 0 ? 1 : 0; }

double sigmoid_reference(const ActivationParams&, double x) { return 1 / (1 + std::exp(-x)); }
double sigmoid_reference_derivative(const ActivationParams& p, double x) {
  const double s = sigmoid_reference(p, x);
  return s * (1 - s);
}
void sigmoid_value(const ActivationParams& p, std::span<const float> x, std::span<float> y) {
  for (size_t i = 0; i < x.size(); ++i) y[i] = static_cast<float>(sigmoid_reference(p, x[i]));
}
void sigmoid_derivative(const ActivationParams& p, std::span<const float> x, std::span<float> d) {
  for (size_t i = 0; i < x.size(); ++i)
    d[i] = static_cast<float>(sigmoid_reference_derivative(p, x[i]));
}

constexpr Activation kActivations[] = {
    {"relu", {"ReLU", "ReLU"}, "\\max(0, x)", "\\begin{cases} 1 & x > 0 \\\\ 0 & x \\le 0 \\end{cases}",
     "nn.ReLU", {}, relu_value, relu_derivative, relu_reference, relu_reference_derivative},
    {"sigmoid", {"Sigmoid", "Sigmoid"}, "\\frac{1}{1 + e^{-x}}", "\\sigma(x)(1 - \\sigma(x))",
     "nn.Sigmoid", {}, sigmoid_value, sigmoid_derivative, sigmoid_reference,
     sigmoid_reference_derivative},
};

}  // namespace

ActivationParams Activation::default_params() const {
  ActivationParams values{};
  for (size_t i = 0; i < params.size(); ++i) values[i] = params[i].fallback;
  return values;
}

std::span<const Activation> activations() { return kActivations; }

const Activation* find_activation(std::string_view id) {
  for (const Activation& row : kActivations) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

}  // namespace lab
