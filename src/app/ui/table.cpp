#include "app/ui/table.h"

#include <algorithm>

namespace lab {
namespace {

constexpr float kRow = 30, kLeastColumn = 104, kMark = 18, kBlockRow = 44;

void record_cell(Ui& ui, std::string_view id, const Table& table, size_t row, size_t column,
                 ImRect rect) {
  const TableCell& cell = table.rows[row][column];
  const std::string label = table.rows[row][0].text + ", " + table.heads[column].name;
  ui.record(std::string(id) + "." + std::to_string(row) + "." + std::string(table.heads[column].id),
            rect, Role::text, label, cell.text);
}

void draw_mark(Ui& ui, const Table& table, size_t row, ImVec2 middle) {
  if (table.marks.empty()) return;
  ui.list()->AddCircleFilled(middle, 5, table.marks[row]);
}

float draw_columns(Ui& ui, std::string_view id, ImVec2 at, float width, const Table& table) {
  const float top = at.y, mark = table.marks.empty() ? 0 : kMark;
  const auto count = static_cast<float>(table.heads.size());
  const float column = std::min(width / count, 172.0f);
  const auto place = [&](size_t index) { return at.x + column * static_cast<float>(index); };
  for (size_t i = 0; i < table.heads.size(); ++i) {
    ui.text({place(i) + (i == 0 ? mark : 0), at.y}, style::caption, Tone::muted,
            ui.type().fit(style::caption, column - 10, table.heads[i].name));
  }
  at.y += ui.line_height(style::caption) + 6;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    ui.list()->AddRectFilled({at.x, at.y - 3}, {at.x + width, at.y - 3 + ui.pixel()},
                             ui.tone(Tone::line));
    draw_mark(ui, table, row, {at.x + 5, at.y + ui.line_height(style::body) / 2});
    for (size_t i = 0; i < table.heads.size(); ++i) {
      const TableCell& cell = table.rows[row][i];
      const TextStyle style = i == 0 ? style::strong : style::body;
      const float left = place(i) + (i == 0 ? mark : 0);
      ui.text({left, at.y}, style, cell.tone,
              ui.type().fit(style, place(i) + column - 10 - left, cell.text));
      record_cell(ui, id, table, row, i,
                  {{place(i), at.y - 2}, {place(i) + column - 8, at.y + kRow - 6}});
    }
    at.y += kRow;
  }
  return at.y - top;
}

float draw_blocks(Ui& ui, std::string_view id, ImVec2 at, float width, const Table& table) {
  const float left = at.x, top = at.y, mark = table.marks.empty() ? 0 : kMark;
  const size_t columns = std::max<size_t>(static_cast<size_t>(width / kLeastColumn), 1);
  const float column = width / static_cast<float>(columns);
  for (size_t row = 0; row < table.rows.size(); ++row) {
    ui.list()->AddRectFilled({left, at.y - 3}, {left + width, at.y - 3 + ui.pixel()},
                             ui.tone(Tone::line));
    at.y += 2;
    draw_mark(ui, table, row, {left + 5, at.y + ui.line_height(style::body) / 2});
    ui.text({left + mark, at.y}, style::strong, Tone::text,
            ui.type().fit(style::strong, width - mark, table.rows[row][0].text));
    record_cell(ui, id, table, row, 0, {{left, at.y}, {left + width, at.y + 24}});
    at.y += ui.line_height(style::body) + 2;
    for (size_t i = 1; i < table.heads.size(); ++i) {
      const size_t across = (i - 1) % columns, down = (i - 1) / columns;
      const ImVec2 corner{left + column * static_cast<float>(across),
                          at.y + kBlockRow * static_cast<float>(down)};
      ui.text(corner, style::caption, Tone::muted,
              ui.type().fit(style::caption, column - 8, table.heads[i].name));
      const TableCell& cell = table.rows[row][i];
      ui.text({corner.x, corner.y + 18}, style::body, cell.tone,
              ui.type().fit(style::body, column - 8, cell.text));
      record_cell(ui, id, table, row, i,
                  {corner, {corner.x + column - 8, corner.y + kBlockRow - 4}});
    }
    const size_t block_rows = (table.heads.size() - 2) / columns + 1;
    at.y += kBlockRow * static_cast<float>(block_rows) + 8;
  }
  return at.y - top;
}

}  // namespace

std::string csv_quoted(std::string_view text) {
  if (text.find_first_of(",\"\n") == std::string_view::npos) return std::string(text);
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + "\"";
}

std::string Table::csv() const {
  std::string text;
  for (size_t i = 0; i < heads.size(); ++i) text += (i ? "," : "") + csv_quoted(heads[i].id);
  text += "\n";
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) text += (i ? "," : "") + csv_quoted(row[i].plain);
    text += "\n";
  }
  return text;
}

std::string Table::markdown() const {
  std::string text = "|", rule = "|";
  for (const TableHead& head : heads) {
    text += " " + head.name + " |";
    rule += rule.size() == 1 ? " --- |" : " ---: |";
  }
  text += "\n" + rule + "\n";
  for (const auto& row : rows) {
    text += "|";
    for (const TableCell& cell : row) text += " " + cell.text + " |";
    text += "\n";
  }
  return text;
}

float draw_table(Ui& ui, std::string_view id, ImVec2 at, float width, const Table& table) {
  const bool narrow = width / static_cast<float>(table.heads.size()) < kLeastColumn;
  return narrow ? draw_blocks(ui, id, at, width, table) : draw_columns(ui, id, at, width, table);
}

}  // namespace lab
