#include "core/formula/op_table.h"

namespace lab::formula {

const OpFunction* op_table(simd::Isa isa) {
  return simd::of_isa(isa, {ops_scalar, ops_sse2, ops_avx2, ops_avx512, ops_wasm});
}

}  // namespace lab::formula
