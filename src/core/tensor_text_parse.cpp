#include <optional>
#include <string>
#include <string_view>

#include "core/tensor_text.h"
#include "core/tensor_text_literal.h"
#include "core/tensor_text_number.h"
#include "core/tensor_text_table.h"
#include "core/text_cursor.h"

namespace lab {
namespace {

constexpr size_t kMaxBytes = size_t{16} << 20;

// A literal starts with a bracket, a call, or an assignment; anything else is a table.
bool is_literal(TextCursor cursor) {
  cursor.skip_space();
  if (cursor.starts_with(kParameterHeading)) return true;
  const std::string_view name = cursor.read_name();
  cursor.skip_blanks();
  const char32_t next = cursor.peek();
  if (name.empty()) return next == '[' || next == '(';
  return next == '=' || (next == '(' && !is_number_conversion(name));
}

}  // namespace

Result<Tensor> parse_tensor(std::string_view text) {
  if (text.size() > kMaxBytes) {
    return error_at({}, "tensor.too_long",
                    {std::to_string(text.size()), std::to_string(kMaxBytes)});
  }
  TextCursor cursor(text);
  TextCursor first = cursor;
  first.skip_space();
  if (first.at_end()) return first.error("tensor.empty");
  return is_literal(cursor) ? parse_tensor_literal(cursor) : parse_tensor_table(cursor);
}

}  // namespace lab
