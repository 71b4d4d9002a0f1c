#include "core/activation/rowwise_table.h"

#include "core/activation/backends.h"

namespace lab {

const RowKernelRow* row_kernel_table(simd::Isa isa) {
  switch (isa) {
    case simd::Isa::scalar:
      return row_kernels_scalar();
    case simd::Isa::sse2:
      return row_kernels_sse2();
    case simd::Isa::avx2:
      return row_kernels_avx2();
    case simd::Isa::avx512:
      return row_kernels_avx512();
    case simd::Isa::wasm:
      return row_kernels_wasm();
  }
  return nullptr;
}

}  // namespace lab
