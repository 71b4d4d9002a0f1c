#include "core/tensor_text_number.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "core/text_number.h"

namespace lab {
namespace {

constexpr char32_t kMinusSign = 0x2212;

bool ends_number(char32_t c) {
  return c == TextCursor::kEnd || is_blank(c) || is_line_break(c) || is_comma(c) ||
         is_semicolon(c) || is_bracket(c);
}

bool accept_minus(TextCursor& cursor) {
  return cursor.accept('-') || cursor.accept(kMinusSign);
}

// Appends the digits that come next; underscores may stand between two of them as in Python.
// Returns how many digits there were.
size_t read_digits(TextCursor& cursor, std::string& digits) {
  const size_t before = digits.size();
  while (is_digit(cursor.peek())) {
    digits += static_cast<char>(cursor.peek());
    cursor.advance();
    TextCursor behind = cursor;
    if (behind.accept('_') && is_digit(behind.peek())) cursor = behind;
  }
  return digits.size() - before;
}

// Digits, point and exponent without a sign; nothing if they don't make up a number.
std::optional<double> read_decimal(TextCursor& cursor) {
  std::string digits;
  size_t count = read_digits(cursor, digits);
  int64_t exponent = 0;
  if (cursor.accept('.')) {
    const size_t decimals = read_digits(cursor, digits);
    count += decimals;
    exponent = -static_cast<int64_t>(decimals);
  }
  if (count == 0) return std::nullopt;
  if (cursor.accept('e') || cursor.accept('E')) {
    const bool negative = accept_minus(cursor);
    if (!negative) cursor.accept('+');
    std::string power_digits;
    if (read_digits(cursor, power_digits) == 0) return std::nullopt;
    constexpr int64_t kFar =
        1'000'000'000'000;  // outweighs the digits of any text that fits memory
    int64_t power = 0;
    for (char digit : power_digits) power = std::min(kFar, power * 10 + (digit - '0'));
    exponent += negative ? -power : power;
  }
  return decimal_value(digits, exponent);
}

// "np.inf" → "inf", and in lower case.
std::string last_component(std::string_view name) {
  const size_t point = name.rfind('.');
  std::string last(point == std::string_view::npos ? name : name.substr(point + 1));
  for (char& c : last) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return last;
}

std::optional<double> named_value(std::string_view name) {
  const std::string last = last_component(name);
  if (last == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (last == "inf" || last == "infinity") return std::numeric_limits<double>::infinity();
  return std::nullopt;
}

// A sign and a decimal or a name.
std::optional<double> read_plain(TextCursor& cursor) {
  const bool negative = accept_minus(cursor);
  if (!negative) cursor.accept('+');
  const std::string_view name = cursor.read_name();
  const std::optional<double> magnitude = name.empty() ? read_decimal(cursor) : named_value(name);
  if (!magnitude) return std::nullopt;
  return negative ? -*magnitude : *magnitude;
}

// The argument of a conversion with its parentheses: ("nan"), ('-inf'), (1.5).
std::optional<double> read_converted(TextCursor& cursor) {
  if (!cursor.accept('(')) return std::nullopt;
  cursor.skip_blanks();
  const char32_t next = cursor.peek();
  const bool quoted = (next == '"' || next == '\'') && cursor.accept(next);
  const std::optional<double> value = read_plain(cursor);
  if (quoted && !cursor.accept(next)) return std::nullopt;
  cursor.skip_blanks();
  return cursor.accept(')') ? value : std::nullopt;
}

std::optional<double> read_number(TextCursor& cursor) {
  TextCursor ahead = cursor;
  const bool negative = accept_minus(ahead);
  if (!negative) ahead.accept('+');
  if (!is_number_conversion(ahead.read_name()) || ahead.peek() != '(') return read_plain(cursor);
  cursor = ahead;
  const std::optional<double> value = read_converted(cursor);
  if (!value) return std::nullopt;
  return negative ? -*value : *value;
}

}  // namespace

Result<float> read_tensor_number(TextCursor& cursor) {
  const TextCursor start = cursor;
  if (start.starts_with("...") || start.starts_with("…")) return start.error("tensor.abbreviated");
  if (start.at_end()) return start.error("tensor.number_missing");
  if (is_comma(start.peek()) || is_semicolon(start.peek()) || is_bracket(start.peek())) {
    return start.error("tensor.expected_number", {start.quote_next()});
  }
  const std::optional<double> value = read_number(cursor);
  if (!value || !ends_number(cursor.peek())) {
    return start.error("tensor.bad_number", {start.quote_next()});
  }
  return static_cast<float>(*value);
}

bool is_number_conversion(std::string_view name) {
  const std::string last = last_component(name);
  return last == "float" || last == "float16" || last == "float32" || last == "float64";
}

}  // namespace lab
