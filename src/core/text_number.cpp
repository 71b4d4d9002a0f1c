#include "core/text_number.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <compare>
#include <cstdlib>
#include <limits>
#include <utility>

#include "core/text_big_uint.h"

namespace lab {
namespace {

constexpr int kMantissaBits = std::numeric_limits<double>::digits;  // 53

// The decimal number 0.d1 d2 d3 … * 10^point. d1 is not 0; no digits at all is zero.
struct Decimal {
  std::string digits;
  int point = 0;
};

std::string decimal_digits(BigUint integer) {
  std::string reversed;
  while (!integer.is_zero()) {
    uint32_t group = integer.divide(1'000'000'000);
    for (int i = 0; i < 9; ++i, group /= 10) reversed += static_cast<char>('0' + group % 10);
  }
  while (!reversed.empty() && reversed.back() == '0') reversed.pop_back();
  return {reversed.rbegin(), reversed.rend()};
}

// Every digit of a finite magnitude: m * 2^e is an integer for e >= 0, else m * 5^-e / 10^-e.
Decimal exact_decimal(double magnitude) {
  if (magnitude == 0) return {};
  int exponent = 0;
  const double fraction = std::frexp(magnitude, &exponent);
  auto mantissa = static_cast<uint64_t>(std::ldexp(fraction, kMantissaBits));
  exponent -= kMantissaBits;
  for (; exponent < 0 && mantissa % 2 == 0; ++exponent) mantissa /= 2;
  BigUint integer(mantissa);
  if (exponent >= 0) {
    integer.shift_left(exponent);
  } else {
    integer.multiply_power_of_five(-exponent);
  }
  Decimal decimal{decimal_digits(std::move(integer)), 0};
  decimal.point = static_cast<int>(decimal.digits.size()) + std::min(exponent, 0);
  return decimal;
}

// Keeps the first `keep` digits (none if negative), rounding half to even. A carry out of the
// first digit moves the point.
void round_to(Decimal& decimal, int keep) {
  if (keep < 0) decimal.digits.clear();
  const auto kept = static_cast<size_t>(std::max(keep, 0));
  std::string& digits = decimal.digits;
  if (kept >= digits.size()) return;
  const bool above_half =
      digits[kept] > '5' ||
      (digits[kept] == '5' && digits.find_first_not_of('0', kept + 1) != std::string::npos);
  const bool odd = kept > 0 && (digits[kept - 1] - '0') % 2 == 1;
  const bool up = above_half || (digits[kept] == '5' && odd);
  digits.resize(kept);
  if (!up) return;
  const size_t last_below_nine = digits.find_last_not_of('9');
  if (last_below_nine == std::string::npos) {
    digits.assign(kept + 1, '0');
    digits[0] = '1';
    ++decimal.point;
    return;
  }
  ++digits[last_below_nine];
  std::fill(digits.begin() + static_cast<std::ptrdiff_t>(last_below_nine) + 1, digits.end(), '0');
}

std::string non_finite_text(double value) {
  if (std::isnan(value)) return "nan";
  return value < 0 ? "-inf" : "inf";
}

// "1.2346e-05" from the digits 12346 and the power of ten of the first.
std::string with_exponent(std::string digits, int exponent) {
  if (digits.size() > 1) digits.insert(1, ".");
  const std::string power = std::to_string(std::abs(exponent));
  return digits + (exponent < 0 ? "e-" : "e+") + (power.size() < 2 ? "0" : "") + power;
}

// The plain layout, with at least `decimals` digits after the point.
std::string with_point(const std::string& digits, int point, size_t decimals) {
  std::string whole = point > 0 ? digits.substr(0, static_cast<size_t>(point)) : "0";
  if (point > 0) whole.resize(static_cast<size_t>(point), '0');
  std::string fraction(static_cast<size_t>(std::max(-point, 0)), '0');
  if (point < static_cast<int>(digits.size())) {
    fraction += digits.substr(static_cast<size_t>(std::max(point, 0)));
  }
  if (fraction.size() < decimals) fraction.resize(decimals, '0');
  return fraction.empty() ? whole : whole + "." + fraction;
}

bool survives_double_rounding(const std::string& digits, int point, float magnitude) {
  const int64_t exponent = point - static_cast<int64_t>(digits.size());
  return static_cast<float>(decimal_value(digits, exponent)) == magnitude;
}

Decimal shortest_decimal(float magnitude) {
  char text[32];  // "1.23456789e-38" is the longest kind
  const auto end =
      std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific);
  const std::string_view written(text, static_cast<size_t>(end.ptr - text));
  const size_t e = written.find('e');
  Decimal decimal;
  for (char c : written.substr(0, e)) {
    if (c != '.') decimal.digits += c;
  }
  int exponent = 0;
  const size_t power = e + (written[e + 1] == '+' ? 2 : 1);
  std::from_chars(text + power, end.ptr, exponent);
  decimal.point = exponent + 1;
  return decimal;
}

// A decimal of at most 15 digits survives the way through a double, so that if there is one its
// digits are those of the double rounded to 15.
Decimal shortest_decimal(double magnitude) {
  const Decimal exact = exact_decimal(magnitude);
  const bool normal = magnitude >= std::numeric_limits<double>::min();  // others have fewer digits
  for (int digits = normal ? std::numeric_limits<double>::digits10 : 1;; ++digits) {
    Decimal decimal = exact;
    round_to(decimal, digits);
    decimal.digits.resize(decimal.digits.find_last_not_of('0') + 1);
    const int64_t exponent = decimal.point - static_cast<int64_t>(decimal.digits.size());
    if (decimal_value(decimal.digits, exponent) == magnitude) return decimal;
  }
}

template <class Number>
std::string compact(Number value) {
  if (!std::isfinite(value)) return non_finite_text(static_cast<double>(value));
  const std::string sign = std::signbit(value) ? "-" : "";
  if (value == 0) return sign + "0";
  Decimal decimal = shortest_decimal(std::fabs(value));
  const int exponent = decimal.point - 1;
  const bool plain = exponent >= -5 && exponent < 16;
  return sign + (plain ? with_point(decimal.digits, decimal.point, 0)
                       : with_exponent(std::move(decimal.digits), exponent));
}

double ratio_to_double(BigUint numerator, BigUint denominator, int binary_exponent) {
  int power = numerator.bit_length() - denominator.bit_length();
  if (power > 0) denominator.shift_left(power);
  if (power < 0) numerator.shift_left(-power);
  if (numerator < denominator) {
    numerator.shift_left(1);
    --power;
  }
  // Now numerator / denominator is in [1, 2): long division, one bit of the mantissa at a time.
  power += binary_exponent;
  const int subnormal_loss = std::max(0, std::numeric_limits<double>::min_exponent - 1 - power);
  const int bits = kMantissaBits - subnormal_loss;
  if (bits < 0) return 0;
  uint64_t mantissa = 0;
  for (int i = 0; i < bits; ++i) {
    const bool one = numerator >= denominator;
    if (one) numerator.subtract(denominator);
    mantissa = mantissa << 1 | (one ? 1u : 0u);
    numerator.shift_left(1);
  }
  const auto rest_to_half = numerator <=> denominator;
  if (std::is_gt(rest_to_half) || (std::is_eq(rest_to_half) && mantissa % 2 == 1)) ++mantissa;
  return std::ldexp(static_cast<double>(mantissa), power - bits + 1);
}

// The general case of decimal_value(): no leading zeros, and a magnitude near the range of a
// double.
double long_decimal_value(std::string_view digits, int64_t exponent) {
  // No more than 767 digits can matter, except for whether the rest is zero: one more digit says
  // it.
  constexpr size_t kMaxDigits = 800;
  const bool cut = digits.size() > kMaxDigits;
  if (cut) exponent += static_cast<int64_t>(digits.size() - kMaxDigits) - 1;
  BigUint numerator(0);
  for (char digit : digits.substr(0, kMaxDigits)) {
    numerator.multiply_add(10, static_cast<uint32_t>(digit - '0'));
  }
  if (cut) numerator.multiply_add(10, 1);
  BigUint denominator(1);
  const int power = static_cast<int>(exponent);
  (power < 0 ? denominator : numerator).multiply_power_of_five(std::abs(power));
  return ratio_to_double(std::move(numerator), std::move(denominator), power);
}

}  // namespace

std::string fixed_text(double value, int decimals) {
  if (!std::isfinite(value)) return non_finite_text(value);
  Decimal decimal = exact_decimal(std::fabs(value));
  round_to(decimal, decimal.point + decimals);
  const int point = decimal.digits.empty() ? 0 : decimal.point;
  const std::string sign = std::signbit(value) ? "-" : "";
  return sign + with_point(decimal.digits, point, static_cast<size_t>(decimals));
}

std::string scientific_text(double value, int decimals) {
  if (!std::isfinite(value)) return non_finite_text(value);
  Decimal decimal = exact_decimal(std::fabs(value));
  round_to(decimal, decimals + 1);
  const int exponent = decimal.digits.empty() ? 0 : decimal.point - 1;
  decimal.digits.resize(static_cast<size_t>(decimals) + 1, '0');
  const std::string sign = std::signbit(value) ? "-" : "";
  return sign + with_exponent(std::move(decimal.digits), exponent);
}

std::string shortest_text(float value) {
  if (!std::isfinite(value)) return non_finite_text(value);
  const std::string sign = std::signbit(value) ? "-" : "";
  const float magnitude = std::fabs(value);
  if (magnitude == 0) return sign + "0.0";
  Decimal decimal = shortest_decimal(magnitude);
  if (!survives_double_rounding(decimal.digits, decimal.point, magnitude)) {
    decimal = exact_decimal(magnitude);  // e.g. 7.038531e-26, which double takes for a neighbour
    round_to(decimal, std::numeric_limits<float>::max_digits10);
  }
  const int exponent = decimal.point - 1;
  const bool plain = exponent >= -4 && exponent < 16;  // where Python's repr changes over, too
  return sign + (plain ? with_point(decimal.digits, decimal.point, 1)
                       : with_exponent(std::move(decimal.digits), exponent));
}

std::string compact_text(double value) {
  return compact(value);
}
std::string compact_text(float value) {
  return compact(value);
}

double decimal_value(std::string_view digits, int64_t exponent) {
  constexpr int64_t kFar = 1'000'000'000'000;  // beyond any exponent that digits could make up for
  exponent = std::clamp(exponent, -kFar, kFar);
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  const size_t significant = digits.find_last_not_of('0') + 1;
  exponent += static_cast<int64_t>(digits.size() - significant);
  digits = digits.substr(0, significant);
  if (digits.empty()) return 0;

  const int64_t magnitude = static_cast<int64_t>(digits.size()) + exponent;  // below 10^magnitude
  if (magnitude > 310) return std::numeric_limits<double>::infinity();
  if (magnitude < -330) return 0;

  // Up to 15 digits and 10^22 are exact doubles, so that one operation rounds once (W. D. Clinger,
  // "How to read floating point numbers accurately", 1990).
  constexpr double kPowersOfTen[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                     1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (digits.size() <= 15 && std::abs(exponent) <= 22) {
    uint64_t integer = 0;
    for (char digit : digits) integer = integer * 10 + static_cast<uint64_t>(digit - '0');
    const double power = kPowersOfTen[std::abs(exponent)];
    return exponent < 0 ? static_cast<double>(integer) / power
                        : static_cast<double>(integer) * power;
  }

  return long_decimal_value(digits, exponent);
}

}  // namespace lab
