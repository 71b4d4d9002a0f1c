#include "core/activation/kernel_table.h"

#include "core/activation/backends.h"

namespace lab {

const KernelRow* kernel_table(simd::Isa isa) {
  switch (isa) {
    case simd::Isa::scalar:
      return kernels_scalar();
    case simd::Isa::sse2:
      return kernels_sse2();
    case simd::Isa::avx2:
      return kernels_avx2();
    case simd::Isa::avx512:
      return kernels_avx512();
    case simd::Isa::wasm:
      return kernels_wasm();
  }
  return nullptr;
}

}  // namespace lab
