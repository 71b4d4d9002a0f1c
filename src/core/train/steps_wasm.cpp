#include "core/train/step_table.h"

#if defined(__wasm_simd128__)

#include <cstddef>
#include <cstdint>

#include "core/simd/transpose_wasm.h"
#include "core/simd/vec_wasm.h"
//
#include "core/train/step_kernels.h"

namespace lab::train {
const StepTable* steps_wasm() {
  return &kSteps<simd::wasm::F32, simd::wasm::transpose4>;
}
}  // namespace lab::train

#else

namespace lab::train {
const StepTable* steps_wasm() {
  return nullptr;
}
}  // namespace lab::train

#endif
