// Formulas against the registry's kernels of the same functions, on one core.

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <vector>

#include "core/formula/formula.h"

namespace {

constexpr size_t kCount = 65'536;  // 256 KB in, 256 KB out: the second-level cache

// The best of several runs, in billion elements per second.
template <class Work>
double speed(Work work) {
  using Clock = std::chrono::steady_clock;
  double best = 0;
  for (int trial = 0; trial < 15; ++trial) {
    constexpr int kRepeats = 20;
    const Clock::time_point start = Clock::now();
    for (int i = 0; i < kRepeats; ++i) work();
    const std::chrono::duration<double> elapsed = Clock::now() - start;
    best = std::max(best, kRepeats * static_cast<double>(kCount) / elapsed.count() * 1e-9);
  }
  return best;
}

struct Pair {
  std::string_view text, id;
};

}  // namespace

TEST_CASE("formulas keep up with the hand-written kernels") {
  const Pair pairs[] = {
      {"max(0,x)", "relu"},
      {"x>0 ? x : 0.01*x", "leaky_relu"},
      {"1/(1+exp(-x))", "sigmoid"},
      {"(exp(x)-exp(-x))/(exp(x)+exp(-x))", "tanh"},
      {"x*tanh(ln(1+exp(x)))", "mish"},
      {"x/(1+exp(-x))", "silu"},
      {"x>0 ? x : exp(x)-1", "elu"},
      {"0.5*x*(1+erf(x/sqrt(2)))", "gelu"},
      {"x*(clamp(x+3,0,6)/6)", "hardswish"},
      {"x*sigmoid(1.702x)", "quick_gelu"},
  };
  std::vector<float> x(kCount), y(kCount), d(kCount);
  for (size_t i = 0; i < kCount; ++i) x[i] = static_cast<float>(i) * (12.0f / kCount) - 6.0f;
  double log_sum = 0;
  int count = 0;
  std::printf("%-36s %-11s %28s %28s %28s\n", "formula", "kernel", "value G/s (of kernel)",
              "derivative", "both");
  for (const Pair& pair : pairs) {
    const lab::Result<lab::Formula> parsed = lab::parse_formula(pair.text);
    REQUIRE(parsed.ok());
    const lab::Formula& formula = parsed.value();
    const lab::Activation& kernel = *lab::find_activation(pair.id);
    const lab::ActivationParams params = kernel.default_params();
    const double formula_speed[] = {
        speed([&] { formula.value({}, x, y); }),
        speed([&] { formula.derivative({}, x, d); }),
        speed([&] { formula.value_and_derivative({}, x, y, d); }),
    };
    const double kernel_speed[] = {
        speed([&] { kernel.value(params, x, y); }),
        speed([&] { kernel.derivative(params, x, d); }),
        speed([&] { kernel.value_and_derivative(params, x, y, d); }),
    };
    std::printf("%-36.*s %-11.*s", static_cast<int>(pair.text.size()), pair.text.data(),
                static_cast<int>(pair.id.size()), pair.id.data());
    for (int i = 0; i < 3; ++i) {
      const double ratio = formula_speed[i] / kernel_speed[i];
      std::printf("      %6.2f of %6.2f (%.2f)", formula_speed[i], kernel_speed[i], ratio);
      CHECK(ratio > 0.2);  // a function of simple steps against one that is bound by memory
      log_sum += std::log(ratio);
      ++count;
    }
    std::printf("\n");
  }
  const double mean = std::exp(log_sum / count);
  std::printf("geometric mean of the ratios: %.2f\n", mean);
  CHECK(mean > 0.5);
}
