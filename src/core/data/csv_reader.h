#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/text_cursor.h"

namespace lab {

inline constexpr size_t kMaxCsvColumns = 1000;

// Where a cell begins, and its text without quotation marks and outer blanks.
struct CsvCell {
  TextPosition position;
  std::string text;
};

// Reads CSV text line by line.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text);

  // The cells of the next line that is not empty; no cells at the end of the text.
  Result<std::vector<CsvCell>> next_line();

 private:
  void skip_blanks();
  Result<std::vector<CsvCell>> read_line();
  Result<CsvCell> read_cell();
  Result<CsvCell> read_quoted(CsvCell cell);

  TextCursor cursor_;
  char32_t separator_;
};

// Text to be repeated in an error: cut short, without control characters.
std::string csv_quote(std::string_view text);

}  // namespace lab
