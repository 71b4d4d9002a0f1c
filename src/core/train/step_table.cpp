#include "core/train/step_table.h"

namespace lab::train {

const StepTable* step_table(simd::Isa isa) {
  switch (isa) {
    case simd::Isa::scalar:
      return steps_scalar();
    case simd::Isa::sse2:
      return steps_sse2();
    case simd::Isa::avx2:
      return steps_avx2();
    case simd::Isa::avx512:
      return steps_avx512();
    case simd::Isa::wasm:
      return steps_wasm();
  }
  return nullptr;
}

}  // namespace lab::train
