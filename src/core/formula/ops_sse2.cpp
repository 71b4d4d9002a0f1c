#include "core/formula/op_table.h"

#if defined(__x86_64__)

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/simd/vec_sse2.h"
//
#include "core/formula/op_loops.h"

namespace lab::formula {
const OpFunction* ops_sse2() {
  return OpTable<simd::sse2::F32>::rows;
}
}  // namespace lab::formula

#else

namespace lab::formula {
const OpFunction* ops_sse2() {
  return nullptr;
}
}  // namespace lab::formula

#endif
