#pragma once

#include <cstddef>

#include "core/formula/op.h"
#include "core/simd/isa.h"

namespace lab::formula {

// Every backend's vectors fit into a whole number of these.
inline constexpr size_t kWidest = 16;

// One operation over a block: operand k of element i is in[k][i·step[k]], with step 0 for an
// operand that is the same everywhere (kWidest copies of it). `out` may be one of the operands.
struct OpBlock {
  float* out;
  const float* in[kMaxOperands];
  size_t step[kMaxOperands];
  size_t count;  // a multiple of kWidest
};
using OpFunction = void (*)(const OpBlock&);

// kOpCount functions, indexed by Op; null if this program has no code for that instruction set.
const OpFunction* op_table(simd::Isa isa);

// One per run_*.cpp.
const OpFunction* ops_scalar();
const OpFunction* ops_sse2();
const OpFunction* ops_avx2();
const OpFunction* ops_avx512();
const OpFunction* ops_wasm();

}  // namespace lab::formula
