#include "core/train/step_table.h"

#if defined(__x86_64__)

#include <cstddef>
#include <cstdint>

#include "core/simd/avx512_begin.h"
#include "core/simd/vec_avx512.h"
//
namespace lab::simd::avx512 {
#include "core/simd/transpose_x86.h"
}  // namespace lab::simd::avx512
//
#include "core/train/step_kernels.h"

namespace lab::train {
const StepTable* steps_avx512() {
  return &kSteps<simd::avx512::F32, simd::avx512::transpose4>;
}
}  // namespace lab::train

#include "core/simd/target_end.h"
#else

namespace lab::train {
const StepTable* steps_avx512() {
  return nullptr;
}
}  // namespace lab::train

#endif
