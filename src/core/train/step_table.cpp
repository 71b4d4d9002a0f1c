#include "core/train/step_table.h"

namespace lab::train {

const StepTable* step_table(simd::Isa isa) {
  return simd::of_isa(isa, {steps_scalar, steps_sse2, steps_avx2, steps_avx512, steps_wasm});
}

}  // namespace lab::train
