#pragma once

#include <numbers>

#include "core/activation/activation.h"
#include "core/activation/oracle.h"

// The registry's rows, one file per family (rows_*.cpp). activation.cpp puts them in order.

namespace lab {

std::span<const Activation> rectifier_rows();
std::span<const Activation> saturating_rows();
std::span<const Activation> gated_rows();
std::span<const Activation> shrinkage_rows();
std::span<const Activation> periodic_rows();

// The vector path of one row: the table of the fastest instruction set the machine has.
const KernelRow& best_kernel(Kernel kernel);

template <Kernel K>
void run_value(const ActivationParams& p, std::span<const float> x, std::span<float> y) {
  best_kernel(K).value(p.data(), x.data(), y.data(), x.size());
}
template <Kernel K>
void run_derivative(const ActivationParams& p, std::span<const float> x, std::span<float> d) {
  best_kernel(K).derivative(p.data(), x.data(), d.data(), x.size());
}
template <Kernel K>
void run_both(const ActivationParams& p, std::span<const float> x, std::span<float> y,
              std::span<float> d) {
  best_kernel(K).both(p.data(), x.data(), y.data(), d.data(), x.size());
}

// The function members of the row with this id.
#define LAB_FUNCTIONS(id)                                                         \
  .value = run_value<Kernel::id>, .derivative = run_derivative<Kernel::id>,       \
  .reference_value = oracle::id, .reference_derivative = oracle::id##_derivative, \
  .value_and_derivative = run_both<Kernel::id>, .kernel = Kernel::id

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr ActivationKink kKinkAtZero[] = {{.at = 0}};

}  // namespace lab
