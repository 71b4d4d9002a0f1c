#include "core/train/step_table.h"

#if defined(__x86_64__)

#include <cstddef>
#include <cstdint>

#include "core/simd/avx2_begin.h"
#include "core/simd/vec_avx2.h"
//
namespace lab::simd::avx2 {
#include "core/simd/transpose_x86.h"
}  // namespace lab::simd::avx2
//
#include "core/train/step_kernels.h"

namespace lab::train {
const StepTable* steps_avx2() {
  return &kSteps<simd::avx2::F32, simd::avx2::transpose4>;
}
}  // namespace lab::train

#include "core/simd/target_end.h"
#else

namespace lab::train {
const StepTable* steps_avx2() {
  return nullptr;
}
}  // namespace lab::train

#endif
