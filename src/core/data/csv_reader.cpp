#include "core/data/csv_reader.h"

#include <algorithm>
#include <utility>

namespace lab {
namespace {

// The separator is told from the first line that has any characters, outside quotation marks.
char32_t find_separator(std::string_view text) {
  bool quoted = false, semicolon = false, blank = true;
  for (char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\t') return U'\t';
    if (c == ';') semicolon = true;
    if (!blank && (c == '\n' || c == '\r')) break;
    if (c != '\n' && c != '\r' && c != ' ') blank = false;
  }
  return semicolon ? U';' : U',';
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : cursor_(text), separator_(find_separator(text)) {}

void CsvReader::skip_blanks() {
  while (is_blank(cursor_.peek()) && cursor_.peek() != separator_) cursor_.advance();
}

Result<std::vector<CsvCell>> CsvReader::next_line() {
  while (!cursor_.at_end()) {
    auto line = read_line();
    const auto has_text = [](const CsvCell& cell) { return !cell.text.empty(); };
    if (!line.ok() || std::ranges::any_of(line.value(), has_text)) return line;
  }
  return std::vector<CsvCell>();
}

Result<std::vector<CsvCell>> CsvReader::read_line() {
  std::vector<CsvCell> line;
  do {
    if (line.size() == kMaxCsvColumns) {
      return cursor_.error("csv.too_many_columns", {std::to_string(kMaxCsvColumns)});
    }
    Result<CsvCell> cell = read_cell();
    if (!cell.ok()) return cell.error();
    line.push_back(std::move(cell.value()));
  } while (cursor_.accept(separator_));
  cursor_.advance();  // the line break; of "\r\n" an empty line stays
  return line;
}

Result<CsvCell> CsvReader::read_cell() {
  skip_blanks();
  CsvCell cell{cursor_.position(), {}};
  if (cursor_.accept(U'"')) return read_quoted(std::move(cell));
  const size_t start = cursor_.offset();
  size_t end = start;
  while (!cursor_.at_end() && cursor_.peek() != separator_ && !is_line_break(cursor_.peek())) {
    const bool blank = is_blank(cursor_.peek());
    cursor_.advance();
    if (!blank) end = cursor_.offset();
  }
  cell.text = cursor_.text_since(start).substr(0, end - start);
  return cell;
}

Result<CsvCell> CsvReader::read_quoted(CsvCell cell) {
  for (;;) {
    const size_t start = cursor_.offset();
    while (!cursor_.at_end() && cursor_.peek() != U'"') cursor_.advance();
    cell.text += cursor_.text_since(start);
    if (!cursor_.accept(U'"')) return error_at(cell.position, "csv.unclosed_quote");
    if (!cursor_.accept(U'"')) break;
    cell.text += '"';
  }
  skip_blanks();
  const char32_t next = cursor_.peek();
  if (next == TextCursor::kEnd || next == separator_ || is_line_break(next)) return cell;
  return cursor_.error("csv.after_quote", {cursor_.quote_next()});
}

std::string csv_quote(std::string_view text) {
  constexpr int kMaxQuoted = 24;  // code points
  std::string quoted;
  TextCursor cursor(text);
  for (int length = 0; !cursor.at_end(); ++length) {
    if (length == kMaxQuoted) return quoted + "…";
    const char32_t c = cursor.peek();
    const size_t start = cursor.offset();
    cursor.advance();
    quoted += c < ' ' || c == 0xFFFD ? "\xEF\xBF\xBD" : cursor.text_since(start);
  }
  return quoted;
}

}  // namespace lab
