#include "core/text_cursor.h"

#include <utility>

namespace lab {
namespace {

constexpr char32_t kReplacement = TextCursor::kReplacement;
constexpr size_t kMaxQuoted = 24;  // code points of the input that an error repeats

bool is_name_character(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '.';
}

bool ends_quote(char32_t c) {
  return c == TextCursor::kEnd || is_blank(c) || is_line_break(c) || is_comma(c) ||
         is_semicolon(c) || is_bracket(c);
}

}  // namespace

TextCursor::Decoded TextCursor::decode() const {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text_[offset_ + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text_.size() - offset_ < size) return {kReplacement, 1};
  char32_t code_point = lead & (0xFFu >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {kReplacement, 1};
    code_point = code_point << 6 | (byte(i) & 0x3Fu);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};  // by size; less is overlong
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < kLeast[size] || code_point > 0x10FFFF || surrogate) return {kReplacement, 1};
  return {code_point, size};
}

void TextCursor::advance() {
  if (at_end()) return;
  const Decoded next = decode();
  offset_ += next.size;
  const bool first_of_pair = next.code_point == '\r' && peek() == '\n';
  if (is_line_break(next.code_point) && !first_of_pair) {
    ++position_.line;
    position_.column = 1;
  } else {
    ++position_.column;
  }
}

bool TextCursor::accept(char32_t expected) {
  if (peek() != expected) return false;
  advance();
  return true;
}

void TextCursor::skip_blanks() {
  while (is_blank(peek())) advance();
}

void TextCursor::skip_space() {
  while (is_blank(peek()) || is_line_break(peek())) advance();
}

std::string_view TextCursor::read_name() {
  const size_t start = offset_;
  if (is_digit(peek()) || peek() == '.') return {};
  while (is_name_character(peek())) advance();
  return text_since(start);
}

std::string TextCursor::quote_next() const {
  TextCursor ahead = *this;
  std::string quoted;
  const bool single = ends_quote(peek());
  for (size_t length = 0; length == 0 || (!single && !ends_quote(ahead.peek())); ++length) {
    if (ahead.at_end()) break;
    if (length == kMaxQuoted) return quoted + "…";
    const Decoded next = ahead.decode();
    const bool printable = next.code_point >= ' ' && next.code_point != kReplacement;
    quoted += printable ? text_.substr(ahead.offset_, next.size) : "\xEF\xBF\xBD";
    ahead.advance();
  }
  return quoted;
}

Error TextCursor::error(std::string_view code, std::vector<std::string> args) const {
  return error_at(position_, code, std::move(args));
}

bool is_blank(char32_t c) {
  constexpr char32_t kNoBreakSpace = 0xA0, kIdeographicSpace = 0x3000, kByteOrderMark = 0xFEFF;
  return c == ' ' || c == '\t' || c == kNoBreakSpace || c == kIdeographicSpace ||
         c == kByteOrderMark;
}

bool is_line_break(char32_t c) {
  return c == '\n' || c == '\r';
}

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

bool is_comma(char32_t c) {
  return c == ',' || c == U'，' || c == U'、';
}

bool is_semicolon(char32_t c) {
  return c == ';' || c == U'；';
}

bool is_bracket(char32_t c) {
  return c == '(' || c == ')' || c == '[' || c == ']';
}

std::string quote_text(std::string_view text) {
  std::string quoted;
  TextCursor cursor(text);
  for (size_t length = 0; !cursor.at_end(); ++length) {
    if (length == kMaxQuoted) return quoted + "…";
    append_utf8(quoted, cursor.peek() < ' ' ? kReplacement : cursor.peek());
    cursor.advance();
  }
  return quoted;
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto add = [&](char32_t byte) { text += static_cast<char>(byte); };
  const auto add_rest = [&](int shift) { add(0x80 | ((code_point >> shift) & 0x3F)); };
  if (code_point < 0x80) {
    add(code_point);
  } else if (code_point < 0x800) {
    add(0xC0 | code_point >> 6);
    add_rest(0);
  } else if (code_point < 0x10000) {
    add(0xE0 | code_point >> 12);
    add_rest(6);
    add_rest(0);
  } else {
    add(0xF0 | code_point >> 18);
    add_rest(12);
    add_rest(6);
    add_rest(0);
  }
}

Error error_at(TextPosition position, std::string_view code, std::vector<std::string> args) {
  return {std::string(code), std::move(args), std::nullopt, position.line, position.column};
}

}  // namespace lab
