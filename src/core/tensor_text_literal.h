#pragma once

#include <string_view>

#include "core/error.h"
#include "core/tensor.h"
#include "core/text_cursor.h"

namespace lab {

// What PyTorch prints above an nn.Parameter's tensor.
inline constexpr std::string_view kParameterHeading = "Parameter containing:";

// Reads a bracketed tensor: lists and tuples, bare or in a call such as torch.tensor(…). Items are
// parted by commas or, as NumPy prints them, by white space.
Result<Tensor> parse_tensor_literal(TextCursor cursor);

}  // namespace lab
