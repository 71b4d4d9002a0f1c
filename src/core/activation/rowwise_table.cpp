#include "core/activation/rowwise_table.h"

#include "core/activation/backends.h"

namespace lab {

const RowKernelRow* row_kernel_table(simd::Isa isa) {
  return simd::of_isa(isa, {row_kernels_scalar, row_kernels_sse2, row_kernels_avx2,
                            row_kernels_avx512, row_kernels_wasm});
}

}  // namespace lab
