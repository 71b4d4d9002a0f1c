#pragma once

#include "core/error.h"
#include "core/tensor.h"
#include "core/text_cursor.h"

namespace lab {

// Reads lines of numbers parted by commas, semicolons, tabs or spaces, as CSV files and terminals
// have them. Each line is a row; one line alone makes a vector, one number alone a scalar. Empty
// lines are skipped, and so is the first line if it holds column names: not one number, and more
// lines below.
Result<Tensor> parse_tensor_table(TextCursor cursor);

}  // namespace lab
