#include "core/activation/backends.h"

#if defined(__x86_64__)

#include <cstddef>
#include <cstdint>

#include "core/simd/avx512_begin.h"
#include "core/simd/vec_avx512.h"
//
#include "core/activation/kernel_loops.h"
#include "core/activation/rowwise_kernels.h"

namespace lab {
const KernelRow* kernels_avx512() {
  return kernels::KernelTable<simd::avx512::F32>::rows;
}
const RowKernelRow* row_kernels_avx512() {
  return kernels::RowKernelTable<simd::avx512::F32>::rows;
}
}  // namespace lab

#include "core/simd/target_end.h"
#else

namespace lab {
const KernelRow* kernels_avx512() {
  return nullptr;
}
const RowKernelRow* row_kernels_avx512() {
  return nullptr;
}
}  // namespace lab

#endif
