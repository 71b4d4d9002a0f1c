#pragma once

#include <string>

namespace lab {

// A number as people write it: at most `digits` significant digits, a real minus sign, × 10ⁿ with
// superscripts beyond 10^5 and below 10^-4, "∞" and "nan". Zero keeps its sign only as "0".
std::string number_text(double value, int digits = 4);

// The significant digits, `least` or more, that tell such a number from one that is a step away.
int digits_apart(double value, double step, int least = 4);

// A share of 1 in per cent, rounded down to a tenth, so that only all of it is "100 %"; "–" for
// nan.
std::string percent_text(double share);
std::string share_text(double share);

// A number as TeX for the formula typesetter, e.g. "-1.2 \times 10^{-5}".
std::string number_tex(double value, int digits = 4);

// "10⁻³", as decades of an axis are written.
std::string power_of_ten_text(int exponent);

// The shortest plain decimal that reads back as the same float32, as a person would type it:
// "-0.6".
std::string number_plain(float value);

}  // namespace lab
