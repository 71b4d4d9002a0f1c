#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

// Numbers as short URL-safe text that reads back bit for bit: a letter that names the form, and the
// numbers, little-endian, in base64url (RFC 4648, no padding). The forms, of which the first that
// loses nothing is taken:
//   b      whole numbers from −128 to 127, one byte each
//   0 … 4  decimals: 16-bit whole numbers, to be divided by 10^0 … 10^4
//   f      float32
//   d      float64
// No numbers at all are the empty text.
std::string pack_numbers(std::span<const double> numbers);
// Nullopt if the text is not of these forms; NaN and infinities may come back.
std::optional<std::vector<double>> unpack_numbers(std::string_view text);

}  // namespace lab
