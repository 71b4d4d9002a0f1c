#include "core/formula/op_table.h"

#if defined(__wasm_simd128__)

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/simd/vec_wasm.h"
//
#include "core/formula/op_loops.h"

namespace lab::formula {
const OpFunction* ops_wasm() {
  return OpTable<simd::wasm::F32>::rows;
}
}  // namespace lab::formula

#else

namespace lab::formula {
const OpFunction* ops_wasm() {
  return nullptr;
}
}  // namespace lab::formula

#endif
