#include "core/data/points_csv.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/data/csv_reader.h"
#include "core/json_writer.h"
#include "core/text_number.h"

namespace lab {
namespace {

enum Column { kX, kY, kLabel };
constexpr std::string_view kNames[] = {"x", "y", "label"};

std::string_view take_digits(std::string_view& text) {
  const size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  return digits;
}

bool take(std::string_view& text, std::string_view one_of) {
  if (text.empty() || one_of.find(text[0]) == one_of.npos) return false;
  text.remove_prefix(1);
  return true;
}

// A finite decimal number that is the whole text: "-1", ".5", "1.5e-3".
std::optional<double> read_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  take(text, "+-");
  std::string digits(take_digits(text));
  int64_t exponent = 0;
  if (take(text, ".")) {
    const std::string_view decimals = take_digits(text);
    digits += decimals;
    exponent = -static_cast<int64_t>(decimals.size());
  }
  if (digits.empty()) return std::nullopt;
  if (take(text, "eE")) {
    const bool down = text.starts_with('-');
    take(text, "+-");
    const std::string_view power = take_digits(text);
    if (power.empty()) return std::nullopt;
    int64_t size = 0;
    for (char c : power) size = std::min<int64_t>(size * 10 + (c - '0'), kMaxCsvBytes * 2);
    exponent += down ? -size : size;
  }
  const double value = decimal_value(digits, exponent);
  if (!text.empty() || !std::isfinite(value)) return std::nullopt;
  return negative ? -value : value;
}

// The place of each column in a line, and how many cells a line has.
struct Layout {
  std::array<size_t, 3> place = {0, 1, 2};
  size_t cells = 3;
};

using Line = std::vector<CsvCell>;

void drop_empty_end(Line& line, size_t least) {
  while (line.size() > least && line.back().text.empty()) line.pop_back();
}

bool is_header(const Line& line) {
  return std::ranges::none_of(
      line, [](const CsvCell& cell) { return read_number(cell.text).has_value(); });
}

std::optional<Column> column_called(std::string name) {
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (name == kNames[kX]) return kX;
  if (name == kNames[kY]) return kY;
  if (name == kNames[kLabel] || name == "class" || name == "target") return kLabel;
  return std::nullopt;
}

Result<Layout> read_header(const Line& line) {
  constexpr size_t kNone = SIZE_MAX;
  Layout layout{{kNone, kNone, kNone}, line.size()};
  for (size_t i = 0; i < line.size(); ++i) {
    const std::optional<Column> column = column_called(line[i].text);
    if (!column) continue;
    if (layout.place[*column] != kNone) {
      return error_at(line[i].position, "csv.column_twice", {std::string(kNames[*column])});
    }
    layout.place[*column] = i;
  }
  for (size_t column = 0; column < 3; ++column) {
    if (layout.place[column] != kNone) continue;
    return error_at(line[0].position, "csv.column_missing", {std::string(kNames[column])});
  }
  return layout;
}

Result<double> read_coordinate(const CsvCell& cell) {
  if (const auto value = read_number(cell.text)) return *value;
  return error_at(cell.position, "csv.bad_number", {csv_quote(cell.text)});
}

// The points read so far, and their labels as they are written.
struct Table {
  std::vector<DataPoint> points;
  std::vector<CsvCell> labels;
};

std::optional<Error> add_line(Line& line, const Layout& layout, Table& table) {
  drop_empty_end(line, layout.cells);
  if (line.size() != layout.cells) {
    return error_at(line[0].position, "csv.cells",
                    {std::to_string(line.size()), std::to_string(layout.cells)});
  }
  for (size_t column = 0; column < 3; ++column) {
    const CsvCell& cell = line[layout.place[column]];
    if (!cell.text.empty()) continue;
    return error_at(cell.position, "csv.cell_empty", {std::string(kNames[column])});
  }
  const Result<double> x = read_coordinate(line[layout.place[kX]]);
  if (!x.ok()) return x.error();
  const Result<double> y = read_coordinate(line[layout.place[kY]]);
  if (!y.ok()) return y.error();
  if (table.points.size() == static_cast<size_t>(kMaxSamples)) {
    return error_at(line[0].position, "csv.too_many_rows", {std::to_string(kMaxSamples)});
  }
  table.points.push_back({x.value(), y.value(), 0});
  table.labels.push_back(std::move(line[layout.place[kLabel]]));
  return std::nullopt;
}

// Labels are numbers if all of them are; otherwise each different one is a class.
Result<CsvPoints> label_points(Table table) {
  CsvPoints result{std::move(table.points), {}};
  const CsvCell* word = nullptr;
  for (size_t i = 0; i < table.labels.size() && !word; ++i) {
    const auto number = read_number(table.labels[i].text);
    result.points[i].label = number.value_or(0);
    if (!number) word = &table.labels[i];
  }
  if (!word) return result;
  for (size_t i = 0; i < table.labels.size(); ++i) {
    const auto found = std::ranges::find(result.classes, table.labels[i].text);
    result.points[i].label = static_cast<double>(found - result.classes.begin());
    if (found != result.classes.end()) continue;
    if (result.classes.size() == static_cast<size_t>(kMaxClasses)) {
      return error_at(word->position, "csv.label",
                      {csv_quote(word->text), std::to_string(kMaxClasses)});
    }
    result.classes.push_back(table.labels[i].text);
  }
  return result;
}

}  // namespace

Result<CsvPoints> read_points_csv(std::string_view text) {
  if (text.size() > kMaxCsvBytes) {
    return Error{"csv.too_long", {std::to_string(text.size()), std::to_string(kMaxCsvBytes)}};
  }
  CsvReader reader(text);
  Layout layout;
  Table table;
  for (bool first = true;; first = false) {
    Result<Line> line = reader.next_line();
    if (!line.ok()) return line.error();
    if (line.value().empty()) break;
    if (first && is_header(line.value())) {
      drop_empty_end(line.value(), 0);
      const Result<Layout> header = read_header(line.value());
      if (!header.ok()) return header.error();
      layout = header.value();
    } else if (const auto error = add_line(line.value(), layout, table)) {
      return *error;
    }
  }
  if (table.points.empty()) return Error{"csv.empty", {}};
  return label_points(std::move(table));
}

std::string write_points_csv(std::span<const DataPoint> points) {
  std::string text = "x,y,label\n";
  for (const DataPoint& point : points) {
    for (double value : {point.x, point.y, point.label}) {
      text += JsonWriter().value(value).text();
      text += ',';
    }
    text.back() = '\n';
  }
  return text;
}

}  // namespace lab
