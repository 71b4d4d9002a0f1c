#pragma once

#include <cstddef>

#include "core/simd/isa.h"

namespace lab {

enum class RowKernel { softmax, softmin, log_softmax, sparsemax, glu };
inline constexpr size_t kRowKernelCount = 5;

// One row of a row-wise activation; `columns` is the length of x.
struct RowKernelRow {
  void (*forward)(const float* x, size_t columns, float* y);
  // Vector-Jacobian product: grad_in = Jᵀ·grad_out. grad_in must not overlap the inputs.
  void (*backward)(const float* x, size_t columns, const float* grad_out, float* grad_in);
};

// kRowKernelCount rows, indexed by RowKernel; null if this program has no code for it.
const RowKernelRow* row_kernel_table(simd::Isa isa);

// Sparsemax sorts, so it is the same plain code for every instruction set.
void sparsemax_forward(const float* x, size_t columns, float* y);
void sparsemax_backward(const float* x, size_t columns, const float* grad_out, float* grad_in);

}  // namespace lab
