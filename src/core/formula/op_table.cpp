#include "core/formula/op_table.h"

namespace lab::formula {

const OpFunction* op_table(simd::Isa isa) {
  switch (isa) {
    case simd::Isa::scalar:
      return ops_scalar();
    case simd::Isa::sse2:
      return ops_sse2();
    case simd::Isa::avx2:
      return ops_avx2();
    case simd::Isa::avx512:
      return ops_avx512();
    case simd::Isa::wasm:
      return ops_wasm();
  }
  return nullptr;
}

}  // namespace lab::formula
