#include <algorithm>

#include "core/json/json_value.h"
#include "core/text_number.h"

namespace lab {
namespace {

size_t count_digits(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

// [-] integer [fraction] [exponent], each as a piece of the text.
struct NumberParts {
  bool negative = false;
  std::string_view integer, fraction, exponent;
  bool negative_exponent = false;
  size_t length = 0;  // of all of it; 0: no number
};

NumberParts split_number(std::string_view text) {
  NumberParts parts;
  size_t at = 0;
  const auto accept = [&](char c) { return at < text.size() && text[at] == c ? ++at : 0; };
  const auto digits = [&] {
    const std::string_view run = text.substr(at, count_digits(text.substr(at)));
    at += run.size();
    return run;
  };
  parts.negative = accept('-') != 0;
  parts.integer = digits();
  if (parts.integer.empty()) return {};
  if (parts.integer[0] == '0' && parts.integer.size() > 1) return {};
  parts.length = at;
  if (accept('.')) {
    parts.fraction = digits();
    if (parts.fraction.empty()) return parts;
    parts.length = at;
  }
  if (accept('e') || accept('E')) {
    parts.negative_exponent = accept('-') != 0;
    if (!parts.negative_exponent) accept('+');
    parts.exponent = digits();
    if (!parts.exponent.empty()) parts.length = at;
  }
  return parts;
}

}  // namespace

size_t json_number_length(std::string_view text) {
  return split_number(text).length;
}

std::optional<double> json_number(std::string_view text) {
  const NumberParts parts = split_number(text);
  if (parts.length == 0 || parts.length != text.size()) return std::nullopt;
  constexpr int64_t kFar = 1'000'000'000'000;  // no text has so many digits to make up for it
  int64_t exponent = 0;
  for (char c : parts.exponent) exponent = std::min(exponent * 10 + (c - '0'), kFar);
  if (parts.negative_exponent) exponent = -exponent;
  std::string digits(parts.integer);
  digits += parts.fraction;
  const double value =
      decimal_value(digits, exponent - static_cast<int64_t>(parts.fraction.size()));
  return parts.negative ? -value : value;
}

}  // namespace lab
