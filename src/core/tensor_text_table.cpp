#include "core/tensor_text_table.h"

#include <optional>
#include <string>

#include "core/tensor_text_builder.h"
#include "core/tensor_text_number.h"

namespace lab {
namespace {

using Failure = std::optional<Error>;

bool ends_line(const TextCursor& cursor) {
  return cursor.at_end() || is_line_break(cursor.peek());
}

bool parts(char32_t c) {
  return is_comma(c) || is_semicolon(c);
}

void skip_line(TextCursor& cursor) {
  while (!ends_line(cursor)) cursor.advance();
}

// Whether the cell that comes next is a number and nothing else, or the dots that stand for some.
bool is_number_cell(TextCursor cursor, bool by_separators) {
  const Result<float> number = read_tensor_number(cursor);
  if (!number) return number.error().code == "tensor.abbreviated";
  if (by_separators) cursor.skip_blanks();
  return ends_line(cursor) || parts(cursor.peek()) || is_blank(cursor.peek());
}

// Whether the line that comes next has at least one cell, none a number, and a line behind it.
bool is_header(TextCursor cursor) {
  bool by_separators = false;
  TextCursor line = cursor;
  for (; !ends_line(line); line.advance()) {
    by_separators = by_separators || parts(line.peek()) || line.peek() == '\t';
  }
  line.skip_space();
  if (line.at_end()) return false;
  const auto parts_cells = [&](char32_t c) {
    return by_separators ? parts(c) || c == '\t' : is_blank(c);
  };
  while (!ends_line(cursor)) {
    cursor.skip_blanks();
    if (is_number_cell(cursor, by_separators)) return false;
    while (!ends_line(cursor) && !parts_cells(cursor.peek())) cursor.advance();
    if (!ends_line(cursor)) cursor.advance();
  }
  return true;
}

class TableParser {
 public:
  explicit TableParser(TextCursor cursor) : cursor_(cursor) {}

  Result<Tensor> parse() {
    cursor_.skip_space();
    if (is_header(cursor_)) skip_line(cursor_);
    cursor_.skip_space();
    if (Failure failure = builder_.open(cursor_.position())) return *failure;
    for (; !cursor_.at_end(); cursor_.skip_space()) {
      if (Failure failure = read_row()) return *failure;
      ++rows_;
    }
    if (Failure failure = builder_.close()) return *failure;

    Tensor tensor = builder_.take();
    if (rows_ == 1) tensor.shape.erase(tensor.shape.begin());
    if (rows_ == 1 && tensor.data.size() == 1 && !commas_ && !semicolons_) tensor.shape.clear();
    return tensor;
  }

 private:
  Failure read_row() {
    if (Failure failure = builder_.open(cursor_.position())) return failure;
    while (!ends_line(cursor_)) {
      const TextPosition position = cursor_.position();
      const Result<float> number = read_tensor_number(cursor_);
      if (!number) return number.error();
      if (Failure failure = builder_.number(number.value(), position)) return failure;
      if (Failure failure = skip_separator()) return failure;
    }
    return builder_.close();
  }

  // Blanks, with one comma or semicolon among them or none; but not both kinds in one text, where
  // commas could be decimal points or semicolons could end rows.
  Failure skip_separator() {
    cursor_.skip_blanks();
    const char32_t next = cursor_.peek();
    if (is_bracket(next)) return cursor_.error("tensor.expected_number", {cursor_.quote_next()});
    if (!parts(next)) return std::nullopt;
    (is_comma(next) ? commas_ : semicolons_) = true;
    if (commas_ && semicolons_) return cursor_.error("tensor.mixed_separators");
    cursor_.advance();
    cursor_.skip_blanks();
    return std::nullopt;
  }

  TextCursor cursor_;
  TensorBuilder builder_;
  size_t rows_ = 0;
  bool commas_ = false;  // met so far
  bool semicolons_ = false;
};

}  // namespace

Result<Tensor> parse_tensor_table(TextCursor cursor) {
  return TableParser(cursor).parse();
}

}  // namespace lab
