#pragma once

#include "core/activation/kernel_table.h"
#include "core/activation/rowwise_table.h"

// The kernel tables, one translation unit per instruction set (backend_*.cpp): the same bodies
// compiled for each. Null where the target has no such instructions.

namespace lab {

const KernelRow* kernels_scalar();
const KernelRow* kernels_sse2();
const KernelRow* kernels_avx2();
const KernelRow* kernels_avx512();
const KernelRow* kernels_wasm();

const RowKernelRow* row_kernels_scalar();
const RowKernelRow* row_kernels_sse2();
const RowKernelRow* row_kernels_avx2();
const RowKernelRow* row_kernels_avx512();
const RowKernelRow* row_kernels_wasm();

}  // namespace lab
