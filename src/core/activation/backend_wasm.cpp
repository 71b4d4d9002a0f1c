#include "core/activation/backends.h"

#if defined(__wasm_simd128__)

#include "core/simd/vec_wasm.h"
//
#include "core/activation/kernel_loops.h"
#include "core/activation/rowwise_kernels.h"

namespace lab {
const KernelRow* kernels_wasm() {
  return kernels::KernelTable<simd::wasm::F32>::rows;
}
const RowKernelRow* row_kernels_wasm() {
  return kernels::RowKernelTable<simd::wasm::F32>::rows;
}
}  // namespace lab

#else

namespace lab {
const KernelRow* kernels_wasm() {
  return nullptr;
}
const RowKernelRow* row_kernels_wasm() {
  return nullptr;
}
}  // namespace lab

#endif
