// Speed of formulas beside the registry's kernels of the same functions, on one core and with the
// fastest instruction set, in billions of elements a second.
//
//   formula_bench [id…]
//
// 65,536 floats spread over [−6, 6] that stay in the second-level cache, the best of many runs.

#include <cmath>
#include <cstdio>
#include <string_view>
#include <vector>

#include "core/formula/formula.h"
#include "timing.h"

namespace {

using lab::billions_per_second;
using lab::kCount;

struct Pair {
  const char* text;
  const char* id;
};

constexpr Pair kPairs[] = {
    {"max(0,x)", "relu"},
    {"x>0 ? x : 0.01*x", "leaky_relu"},
    {"x*(clamp(x+3,0,6)/6)", "hardswish"},
    {"1/(1+exp(-x))", "sigmoid"},
    {"(exp(x)-exp(-x))/(exp(x)+exp(-x))", "tanh"},
    {"x>0 ? x : exp(x)-1", "elu"},
    {"x/(1+exp(-x))", "silu"},
    {"x*sigmoid(1.702x)", "quick_gelu"},
    {"x*tanh(ln(1+exp(x)))", "mish"},
    {"0.5*x*(1+erf(x/sqrt(2)))", "gelu"},
};

// Speeds of value, derivative and both in one pass; a Formula and an Activation alike.
template <class Function>
std::vector<double> speeds(const Function& f, const lab::ActivationParams& params,
                           const std::vector<float>& x) {
  std::vector<float> y(kCount), d(kCount);
  return {billions_per_second([&] { f.value(params, x, y); }),
          billions_per_second([&] { f.derivative(params, x, d); }),
          billions_per_second([&] { f.value_and_derivative(params, x, y, d); })};
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<float> x(kCount);
  for (size_t i = 0; i < kCount; ++i) x[i] = static_cast<float>(i) * (12.0f / kCount) - 6.0f;

  std::printf("%-34s %-11s %23s %23s %23s\n", "Gelem/s: formula of kernel (ratio)", "", "f", "f'",
              "f, f'");
  double log_sum = 0;
  int count = 0;
  for (const Pair& pair : kPairs) {
    if (!lab::chosen(argc, argv, pair.id)) continue;
    const lab::Result<lab::Formula> formula = lab::parse_formula(pair.text);
    const lab::Activation& kernel = *lab::find_activation(pair.id);
    const std::vector<double> own = speeds(formula.value(), {}, x);
    const std::vector<double> other = speeds(kernel, kernel.default_params(), x);
    std::printf("%-34s %-11s", pair.text, pair.id);
    for (size_t i = 0; i < own.size(); ++i) {
      const double ratio = own[i] / other[i];
      std::printf("  %6.2f of %5.2f (%4.2f)", own[i], other[i], ratio);
      log_sum += std::log(ratio);
      ++count;
    }
    std::printf("\n");
  }
  if (count > 0) std::printf("geometric mean of the ratios: %.2f\n", std::exp(log_sum / count));
}
