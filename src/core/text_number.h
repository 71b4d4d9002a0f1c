#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lab {

// Numbers to text and back, correctly rounded and the same on every machine. The standard library's
// printf and strtod follow the process's locale, WebAssembly's libc++ 19 has no from_chars for
// floating point, and its to_chars with a precision costs 100 KB; hence these few lines.

// As printf's "%.{decimals}f" and "%.{decimals}e" in the C locale: the exact binary value rounded
// half to even. Not-a-number is "nan" whatever its sign, infinities are "inf" and "-inf".
std::string fixed_text(double value, int decimals);
std::string scientific_text(double value, int decimals);

// A short decimal literal that Python, JSON and C read back as this very float, also when they go
// through double precision first as PyTorch does: "0.1", "-2.0", "1e-07", "3e+38"; or nan, inf,
// -inf.
std::string shortest_text(float value);

// The shortest decimal that reads back as this very double (float), without a point where none is
// needed: "1", "0.1", "-2.5e-07".
std::string compact_text(double value);
std::string compact_text(float value);

// The double nearest to integer(digits) * 10^exponent, ties to even; overflow gives infinity.
// `digits` holds only '0' to '9' and may be empty (0) or of any length.
double decimal_value(std::string_view digits, int64_t exponent);

}  // namespace lab
