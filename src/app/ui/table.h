#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/ui.h"

namespace lab {

// A cell of a CSV file: in quotes where it has to be.
std::string csv_quoted(std::string_view text);

struct TableHead {
  std::string_view id;  // of the column in files and of its cells' records
  std::string name;     // as people read it
};

struct TableCell {
  std::string text;   // as people read it
  std::string plain;  // as programs read it; empty: there is none
  Tone tone = Tone::text;
};

// Rows of figures, of which the first cell is the row's name.
struct Table {
  std::vector<TableHead> heads;
  std::vector<std::vector<TableCell>> rows;
  std::vector<ImU32> marks;  // a colour for each row; may be empty

  std::string csv() const;
  std::string markdown() const;
};

// Draws it; where it is too narrow for columns, each row becomes a block of its own. Cells are
// recorded as `<id>.<row>.<column's id>`. Returns the height used.
float draw_table(Ui& ui, std::string_view id, ImVec2 at, float width, const Table& table);

}  // namespace lab
