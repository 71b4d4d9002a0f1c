#include "core/train/step_table.h"

#if defined(__x86_64__)

#include <cstddef>
#include <cstdint>

#include "core/simd/vec_sse2.h"
//
namespace lab::simd::sse2 {
#include "core/simd/transpose_x86.h"
}  // namespace lab::simd::sse2
//
#include "core/train/step_kernels.h"

namespace lab::train {
const StepTable* steps_sse2() {
  return &kSteps<simd::sse2::F32, simd::sse2::transpose4>;
}
}  // namespace lab::train

#else

namespace lab::train {
const StepTable* steps_sse2() {
  return nullptr;
}
}  // namespace lab::train

#endif
