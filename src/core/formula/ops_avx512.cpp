#include "core/formula/op_table.h"

#if defined(__x86_64__)

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/simd/avx512_begin.h"
#include "core/simd/vec_avx512.h"
//
#include "core/formula/op_loops.h"

namespace lab::formula {
const OpFunction* ops_avx512() {
  return OpTable<simd::avx512::F32>::rows;
}
}  // namespace lab::formula

#include "core/simd/target_end.h"

#else

namespace lab::formula {
const OpFunction* ops_avx512() {
  return nullptr;
}
}  // namespace lab::formula

#endif
