#include "core/activation/backends.h"

#if defined(__x86_64__)

#include <cstddef>
#include <cstdint>

#include "core/simd/vec_sse2.h"
//
#include "core/activation/kernel_loops.h"
#include "core/activation/rowwise_kernels.h"

namespace lab {
const KernelRow* kernels_sse2() {
  return kernels::KernelTable<simd::sse2::F32>::rows;
}
const RowKernelRow* row_kernels_sse2() {
  return kernels::RowKernelTable<simd::sse2::F32>::rows;
}
}  // namespace lab

#else

namespace lab {
const KernelRow* kernels_sse2() {
  return nullptr;
}
const RowKernelRow* row_kernels_sse2() {
  return nullptr;
}
}  // namespace lab

#endif
