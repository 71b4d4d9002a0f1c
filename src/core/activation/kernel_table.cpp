#include "core/activation/kernel_table.h"

#include "core/activation/backends.h"

namespace lab {

const KernelRow* kernel_table(simd::Isa isa) {
  return simd::of_isa(isa,
                      {kernels_scalar, kernels_sse2, kernels_avx2, kernels_avx512, kernels_wasm});
}

}  // namespace lab
