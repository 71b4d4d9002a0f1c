#include "app/ui/number.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "core/text_number.h"

namespace lab {
namespace {

// A decimal mantissa and, where the number is written in scientific notation, its exponent.
struct Decimal {
  std::string mantissa;
  int exponent = 0;
  bool scientific = false;
};

void drop_trailing_zeros(std::string& digits) {
  if (digits.find('.') == std::string::npos) return;
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
}

// `value` is finite.
Decimal to_decimal(double value, int digits) {
  if (value == 0) return {"0"};
  // Rounding first, so that 9999.96 with four digits counts as 10^4.
  const std::string rounded = scientific_text(value, digits - 1);
  const size_t e = rounded.find('e');
  const int exponent = std::atoi(rounded.c_str() + e + 1);
  Decimal decimal;
  if (exponent >= 5 || exponent < -4) {
    decimal = {rounded.substr(0, e), exponent, true};
  } else {
    const int places = digits - 1 - exponent;
    decimal.mantissa = fixed_text(value, places > 0 ? places : 0);
  }
  drop_trailing_zeros(decimal.mantissa);
  return decimal;
}

std::string superscript(int number) {
  static constexpr std::string_view kDigits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (char c : std::to_string(number)) text += c == '-' ? "⁻" : kDigits[c - '0'];
  return text;
}

std::string with_real_minus(std::string digits) {
  if (digits.starts_with('-')) digits.replace(0, 1, "−");
  return digits;
}

}  // namespace

std::string number_text(double value, int digits) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  const Decimal decimal = to_decimal(value, digits);
  const std::string mantissa = with_real_minus(decimal.mantissa);
  return decimal.scientific ? mantissa + " × 10" + superscript(decimal.exponent) : mantissa;
}

int digits_apart(double value, double step, int least) {
  const auto exponent = [](double number) {
    return std::floor(std::log10(std::fabs(number)) + 1e-9);
  };
  if (value == 0 || step == 0 || !std::isfinite(value) || !std::isfinite(step)) return least;
  const double digits = exponent(value) - exponent(step) + 1;
  return std::clamp(static_cast<int>(digits), least, std::max(least, 9));
}

std::string percent_text(double share) {
  return number_text(std::floor(1000 * share + 1e-9) / 10, 4);
}

std::string share_text(double share) {
  return std::isnan(share) ? "–" : percent_text(share) + " %";
}

std::string number_tex(double value, int digits) {
  if (std::isnan(value)) return "\\mathrm{nan}";
  if (std::isinf(value)) return value > 0 ? "\\infty" : "-\\infty";
  const Decimal decimal = to_decimal(value, digits);
  if (!decimal.scientific) return decimal.mantissa;
  return decimal.mantissa + " \\times 10^{" + std::to_string(decimal.exponent) + "}";
}

std::string power_of_ten_text(int exponent) {
  return "10" + superscript(exponent);
}

std::string number_plain(float value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  return {digits, end};
}

}  // namespace lab
