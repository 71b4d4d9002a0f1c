#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace lab {

// A place in a text, as editors count it: 1-based, columns in code points.
struct TextPosition {
  int line = 1;
  int column = 1;
};

// Reads UTF-8 text one code point at a time and knows where it is. A byte that is not UTF-8 counts
// as one code point, U+FFFD. Lines end with "\n", "\r\n" or "\r".
class TextCursor {
 public:
  explicit TextCursor(std::string_view text) : text_(text) {}

  static constexpr char32_t kEnd = 0xFFFFFFFF;  // what stands behind the last code point
  static constexpr char32_t kReplacement = 0xFFFD;

  bool at_end() const { return offset_ == text_.size(); }
  char32_t peek() const { return at_end() ? kEnd : decode().code_point; }
  void advance();
  // Advances past the code point if it comes next.
  bool accept(char32_t expected);
  // Whether this comes next, byte for byte.
  bool starts_with(std::string_view prefix) const {
    return text_.substr(offset_).starts_with(prefix);
  }

  // Skips white space: the line's own (with tabs, no-break and ideographic spaces), or all of it.
  void skip_blanks();
  void skip_space();

  // Reads a name such as torch.float32; empty if none comes next. ASCII letters, digits, '_', '.'.
  std::string_view read_name();
  // What comes next up to white space, a separator or a bracket, or at least one code point; cut
  // short to be quoted in an error.
  std::string quote_next() const;

  size_t offset() const { return offset_; }
  std::string_view text_since(size_t offset) const {
    return text_.substr(offset, offset_ - offset);
  }
  TextPosition position() const { return position_; }
  Error error(std::string_view code, std::vector<std::string> args = {}) const;

 private:
  struct Decoded {
    char32_t code_point;
    size_t size;  // in bytes
  };
  Decoded decode() const;

  std::string_view text_;
  size_t offset_ = 0;
  TextPosition position_;
};

bool is_blank(char32_t c);       // white space within a line
bool is_line_break(char32_t c);  // '\n' or '\r'
bool is_digit(char32_t c);       // ASCII
bool is_comma(char32_t c);       // also the full-width and the enumeration comma of Chinese text
bool is_semicolon(char32_t c);   // also the full-width one
bool is_bracket(char32_t c);     // one of ()[]

// A text as an error quotes it: cut short, and valid UTF-8 whatever it holds.
std::string quote_text(std::string_view text);
void append_utf8(std::string& text, char32_t code_point);

Error error_at(TextPosition position, std::string_view code, std::vector<std::string> args = {});

}  // namespace lab
