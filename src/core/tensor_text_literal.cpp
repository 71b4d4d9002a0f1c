#include "core/tensor_text_literal.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/tensor_text_builder.h"
#include "core/tensor_text_number.h"

namespace lab {
namespace {

using Failure = std::optional<Error>;

// Calls whose first argument is the tensor, whatever module they are written with.
constexpr std::string_view kCalls[] = {"tensor", "Tensor",  "as_tensor",  "FloatTensor",
                                       "array",  "asarray", "from_numpy", "Parameter",
                                       "Array",  "constant"};
// Around each other, as in nn.Parameter(torch.from_numpy(np.array(…))).
constexpr size_t kMaxCalls = 4;

bool is_tensor_call(std::string_view name) {
  const size_t point = name.rfind('.');
  const std::string_view last = point == std::string_view::npos ? name : name.substr(point + 1);
  return std::ranges::find(kCalls, last) != std::end(kCalls);
}

char32_t closing_of(char32_t opening) {
  return opening == '[' ? ']' : ')';
}

std::string as_text(char32_t bracket) {
  return std::string(1, static_cast<char>(bracket));
}

class LiteralParser {
 public:
  explicit LiteralParser(TextCursor cursor) : cursor_(cursor) {}

  Result<Tensor> parse() {
    skip_heading();
    if (Failure failure = read_expression()) return *failure;
    cursor_.skip_space();
    if (cursor_.accept(';')) cursor_.skip_space();
    if (!cursor_.at_end()) return cursor_.error("tensor.text_behind", {cursor_.quote_next()});
    Tensor tensor = builder_.take();
    if (size_ && tensor.data.empty()) tensor.shape = *size_;
    return tensor;
  }

 private:
  // "Parameter containing:" or "x =".
  void skip_heading() {
    cursor_.skip_space();
    if (cursor_.starts_with(kParameterHeading)) {
      for (size_t i = 0; i < kParameterHeading.size(); ++i) cursor_.advance();
    }
    cursor_.skip_space();
    TextCursor ahead = cursor_;
    if (ahead.read_name().empty()) return;
    ahead.skip_blanks();
    if (ahead.accept('=')) cursor_ = ahead;
    cursor_.skip_space();
  }

  // torch.tensor(…, dtype=…), calls in calls, or the bare lists.
  Failure read_expression() {
    size_t calls = 0;
    for (; enters_call(); ++calls) {
      if (calls == kMaxCalls || !is_tensor_call(call_name_)) {
        return call_.error("tensor.unexpected_call", {call_.quote_next()});
      }
    }
    if (Failure failure = read_item(calls > 0 ? ')' : TextCursor::kEnd)) return failure;
    for (; calls > 0; --calls) {
      if (Failure failure = read_arguments()) return failure;
    }
    return std::nullopt;
  }

  // Steps behind "name(" if that comes next and the name is not a number's such as float("nan").
  bool enters_call() {
    TextCursor ahead = cursor_;
    const std::string_view name = ahead.read_name();
    ahead.skip_blanks();
    if (name.empty() || is_number_conversion(name) || !ahead.accept('(')) return false;
    call_name_ = name;
    call_ = std::exchange(cursor_, ahead);
    cursor_.skip_space();
    return true;
  }

  // A number or a list. `closing` is the bracket that must follow somewhere behind it.
  Failure read_item(char32_t closing) {
    if (cursor_.at_end()) return missing(closing);
    if (cursor_.peek() == '[' || cursor_.peek() == '(') return read_list();
    const TextPosition position = cursor_.position();
    const Result<float> number = read_tensor_number(cursor_);
    if (!number) return number.error();
    return builder_.number(number.value(), position);
  }

  // Recursion ends with the builder's largest number of dimensions.
  Failure read_list() {
    if (Failure failure = builder_.open(cursor_.position())) return failure;
    const char32_t opening = cursor_.peek();
    const char32_t closing = closing_of(opening);
    cursor_.advance();
    cursor_.skip_space();
    bool one_without_comma = false;
    for (size_t items = 0; cursor_.peek() != closing; ++items) {
      if (Failure failure = read_item(closing)) return failure;
      const TextCursor behind_item = cursor_;
      cursor_.skip_space();
      const bool comma = is_comma(cursor_.peek());
      if (comma) cursor_.advance();
      const bool parted = comma || cursor_.offset() > behind_item.offset();
      cursor_.skip_space();
      one_without_comma = items == 0 && !comma;
      if (cursor_.peek() == closing) break;
      if (cursor_.at_end()) return missing(closing);
      if (!parted) return expected_comma(closing);
    }
    // In Python (3.5) is a number and only (3.5,) is a tuple.
    if (opening == '(' && one_without_comma) return cursor_.error("tensor.not_a_list");
    cursor_.advance();
    return builder_.close();
  }

  // What follows the first argument of a call: ", dtype=torch.float32, requires_grad=True)".
  Failure read_arguments() {
    for (;;) {
      cursor_.skip_space();
      if (cursor_.at_end()) return missing(')');
      if (cursor_.accept(')')) return std::nullopt;
      if (!cursor_.accept(',')) return expected_comma(')');
      cursor_.skip_space();
      if (cursor_.at_end() || cursor_.peek() == ')') continue;
      if (Failure failure = read_argument()) return failure;
    }
  }

  // "name=value", or a lone name such as np.float32. Only an empty tensor's size counts.
  Failure read_argument() {
    const TextCursor start = cursor_;
    const std::string_view name = cursor_.read_name();
    if (name.empty()) return start.error("tensor.expected_argument", {start.quote_next()});
    cursor_.skip_blanks();
    if (!cursor_.accept('=')) return std::nullopt;
    cursor_.skip_blanks();
    return name == "size" || name == "shape" ? read_size() : skip_value();
  }

  // "(2, 0)": the size of an empty tensor, or of one whose lists tell it already.
  Failure read_size() {
    const TextCursor start = cursor_;
    std::vector<int64_t> size;
    if (!cursor_.accept('(')) return start.error("tensor.bad_size", {start.quote_next()});
    int64_t product = 1;
    for (cursor_.skip_blanks(); !cursor_.accept(')'); cursor_.skip_blanks()) {
      const TextCursor extent_start = cursor_;
      int64_t extent = 0;
      constexpr int64_t kLargest = 1'000'000'000;
      for (; is_digit(cursor_.peek()); cursor_.advance()) {
        extent = std::min(kLargest, extent * 10 + static_cast<int64_t>(cursor_.peek() - '0'));
      }
      if (cursor_.offset() == extent_start.offset()) {
        return extent_start.error("tensor.bad_size", {extent_start.quote_next()});
      }
      size.push_back(extent);
      product = std::min(int64_t{1}, product * extent);
      cursor_.skip_blanks();
      if (cursor_.peek() != ')' && !cursor_.accept(',')) return expected_comma(')');
    }
    if (product == 0) size_ = std::move(size);
    if (product == 1 && builder_.empty()) return start.error("tensor.size_not_empty");
    return std::nullopt;
  }

  // Skips an argument's value up to the comma or parenthesis behind it.
  Failure skip_value() {
    size_t depth = 0;
    char32_t quote = 0;
    for (; !cursor_.at_end(); cursor_.advance()) {
      const char32_t c = cursor_.peek();
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (depth == 0 && (c == ',' || c == ')')) {
        return std::nullopt;
      } else if (is_bracket(c)) {
        depth += c == '(' || c == '[' ? 1 : 0;
        depth -= (c == ')' || c == ']') && depth > 0 ? 1 : 0;
      }
    }
    return missing(')');
  }

  Error missing(char32_t closing) const {
    if (closing == TextCursor::kEnd) return cursor_.error("tensor.number_missing");
    return cursor_.error("tensor.unclosed", {as_text(closing)});
  }
  Error expected_comma(char32_t closing) const {
    return cursor_.error("tensor.expected_comma", {as_text(closing), cursor_.quote_next()});
  }

  TextCursor cursor_;
  TensorBuilder builder_;
  TextCursor call_{""};         // where the call entered last began
  std::string_view call_name_;  // and its name
  std::optional<std::vector<int64_t>> size_;
};

}  // namespace

Result<Tensor> parse_tensor_literal(TextCursor cursor) {
  return LiteralParser(cursor).parse();
}

}  // namespace lab
