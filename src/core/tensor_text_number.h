#pragma once

#include "core/error.h"
#include "core/text_cursor.h"

namespace lab {

// Reads one number and stands behind it: "-1.5e-3", "1_000", ".5", "nan", "-inf", "Infinity",
// "np.inf", "float('nan')", "np.float32(1.5)". The minus sign may be U+2212. As in PyTorch, it goes
// through double precision to float32, and what is too large becomes infinite.
Result<float> read_tensor_number(TextCursor& cursor);

// Whether `name` followed by "(" is a conversion that read_tensor_number() reads, e.g.
// "np.float32".
bool is_number_conversion(std::string_view name);

}  // namespace lab
