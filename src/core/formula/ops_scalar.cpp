#include "core/formula/op_table.h"

#if !defined(LAB_WIDEST_ONLY)

#include "core/simd/vec_scalar.h"
//
#include "core/formula/op_loops.h"

namespace lab::formula {
const OpFunction* ops_scalar() {
  return OpTable<simd::scalar::F32>::rows;
}
}  // namespace lab::formula

#else

namespace lab::formula {
const OpFunction* ops_scalar() {
  return nullptr;
}
}  // namespace lab::formula

#endif
