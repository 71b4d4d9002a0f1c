#include "core/activation/backends.h"

#if !defined(LAB_WIDEST_ONLY)

#include "core/simd/vec_scalar.h"
//
#include "core/activation/kernel_loops.h"
#include "core/activation/rowwise_kernels.h"

namespace lab {
const KernelRow* kernels_scalar() {
  return kernels::KernelTable<simd::scalar::F32>::rows;
}
const RowKernelRow* row_kernels_scalar() {
  return kernels::RowKernelTable<simd::scalar::F32>::rows;
}
}  // namespace lab

#else

namespace lab {
const KernelRow* kernels_scalar() {
  return nullptr;
}
const RowKernelRow* row_kernels_scalar() {
  return nullptr;
}
}  // namespace lab

#endif
