#include "core/train/step_table.h"

#if !defined(LAB_WIDEST_ONLY)

#include <cstddef>
#include <cstdint>

#include "core/simd/transpose_scalar.h"
#include "core/simd/vec_scalar.h"
//
#include "core/train/step_kernels.h"

namespace lab::train {
const StepTable* steps_scalar() {
  return &kSteps<simd::scalar::F32, simd::scalar::transpose4>;
}
}  // namespace lab::train

#else

namespace lab::train {
const StepTable* steps_scalar() {
  return nullptr;
}
}  // namespace lab::train

#endif
