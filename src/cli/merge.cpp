#include <algorithm>
#include <cstdio>
#include <map>

#include "cli/commands.h"
#include "cli/document.h"
#include "core/joined.h"
#include "core/json/json_value.h"
#include "core/math/summary.h"
#include "core/text_number.h"

namespace lab::cli {
namespace {

using Kind = JsonValue::Kind;

struct Run {
  std::string line, data, activation;
  bool reached = false, finite = true;
  double epoch = 0;
};

struct Merged {
  std::string header;
  size_t count = 0;            // of the whole sweep
  std::map<size_t, Run> runs;  // by number
  std::vector<std::string> goals;
};

// What is wrong, if anything; empty if nothing is.
using Problem = std::string;

Problem read_header(const std::string& line, JsonValue root, Merged& merged) {
  if (merged.header == line) return {};
  if (!merged.header.empty()) return "it belongs to another sweep";
  const JsonValue count = root.find("runs"), goals = root.find("goals");
  const bool counted = count.is(Kind::number) && count.number() >= 1 && count.number() < 1e12;
  if (!counted || !goals.is(Kind::array)) return "its first line is not that of a sweep";
  merged.header = line;
  merged.count = static_cast<size_t>(count.number());
  for (JsonValue goal = goals.first(); goal.exists(); goal = goal.next()) {
    if (goal.is(Kind::string)) merged.goals.emplace_back(goal.string());
  }
  return {};
}

Problem read_run(const std::string& line, JsonValue root, Merged& merged) {
  const JsonValue number = root.find("run"), data = root.find("data"), epoch = root.find("epoch"),
                  activation = root.find("activation"), reached = root.find("reached"),
                  finite = root.find("finite");
  const bool whole = number.is(Kind::number) && number.number() >= 0 &&
                     number.number() < static_cast<double>(merged.count);
  if (!whole || !data.is(Kind::string) || !activation.is(Kind::string) || !epoch.is(Kind::number) ||
      !reached.is(Kind::boolean) || !finite.is(Kind::boolean)) {
    return "it is not a run of the sweep";
  }
  const size_t run = static_cast<size_t>(number.number());
  const auto [at, added] = merged.runs.emplace(
      run, Run{line, std::string(data.string()), std::string(activation.string()),
               reached.boolean(), finite.boolean(), epoch.number()});
  if (added || at->second.line == line) return {};
  return "run " + std::to_string(run) + " is there twice, with different results";
}

Problem read_lines(const std::string& text, Merged& merged) {
  bool first = true;
  size_t number = 0;
  for (size_t start = 0; start < text.size();) {
    const size_t end = std::min(text.find('\n', start), text.size());
    const std::string line = text.substr(start, end - start);
    start = end + 1;
    ++number;
    const auto document = JsonDocument::parse(line);
    const bool object = document.ok() && document.value().root().is(Kind::object);
    Problem problem = "it is not a line of a sweep";
    if (object) {
      const JsonValue root = document.value().root();
      problem = first ? read_header(line, root, merged) : read_run(line, root, merged);
    }
    if (!problem.empty()) return "line " + std::to_string(number) + ": " + problem;
    first = false;
  }
  return first ? "there is nothing in it" : "";
}

// What a row of the table is about.
struct Row {
  std::string data, activation;
  size_t runs = 0, reached = 0, diverged = 0;
  std::vector<double> epochs;  // of the runs that reached the goal
};

std::vector<Row> rows_of(const Merged& merged) {
  std::vector<Row> rows;
  for (const auto& [number, run] : merged.runs) {
    if (rows.empty() || rows.back().data != run.data || rows.back().activation != run.activation) {
      rows.push_back({run.data, run.activation, 0, 0, 0, {}});
    }
    Row& row = rows.back();
    ++row.runs;
    row.diverged += !run.finite;
    if (!run.reached) continue;
    ++row.reached;
    row.epochs.push_back(run.epoch);
  }
  for (Row& row : rows) std::ranges::sort(row.epochs);
  return rows;
}

using Cells = std::vector<std::string>;

Cells cells_of(const Row& row) {
  const auto percent = [](double share) { return fixed_text(100 * share, 1); };
  const Interval interval = wilson(row.reached, row.runs);
  Cells cells = {row.data,
                 row.activation,
                 std::to_string(row.runs),
                 std::to_string(row.reached),
                 percent(static_cast<double>(row.reached) / static_cast<double>(row.runs)) + " %",
                 percent(interval.low) + " … " + percent(interval.high)};
  for (const double share : {0.25, 0.5, 0.75}) {
    cells.push_back(row.epochs.empty() ? "-" : compact_text(quantile(row.epochs, share)));
  }
  cells.push_back(std::to_string(row.diverged));
  return cells;
}

// Characters, where those of two bytes and more count once.
size_t width_of(std::string_view text) {
  return static_cast<size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

// A table in Markdown; the first two columns are words, the others numbers.
void print_table(const std::vector<Cells>& table) {
  std::vector<size_t> widths(table[0].size());
  for (const Cells& cells : table) {
    for (size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], width_of(cells[i]));
  }
  std::string text;
  for (const Cells& cells : table) {
    for (size_t i = 0; i < cells.size(); ++i) {
      const std::string gap(widths[i] - width_of(cells[i]), ' ');
      text += "| " + (i < 2 ? cells[i] + gap : gap + cells[i]) + ' ';
    }
    text += "|\n";
    if (&cells != &table[0]) continue;
    for (size_t i = 0; i < widths.size(); ++i) {
      text += '|' + std::string(widths[i] + 1, '-') + (i < 2 ? '-' : ':');
    }
    text += "|\n";
  }
  std::fputs(text.c_str(), stdout);
}

void print_summary(const Merged& merged) {
  std::string goals;
  for (const std::string& goal : merged.goals) goals += (goals.empty() ? "" : " and ") + goal;
  std::printf("Goal: %s\n\n", goals.c_str());
  std::vector<Cells> table = {{"data", "activation", "runs", "reached", "rate", "95 % interval",
                               "epochs, 25 %", "median", "75 %", "diverged"}};
  for (const Row& row : rows_of(merged)) table.push_back(cells_of(row));
  print_table(table);
}

}  // namespace

int merge(const Options& options) {
  Merged merged;
  for (const std::string& file : options.files) {
    std::string text;
    if (!read_text(file, text)) return refuse("cannot read “" + file + "”");
    const Problem problem = read_lines(text, merged);
    if (!problem.empty()) return refuse(joined({file, ": ", problem}));
  }
  if (merged.runs.size() < merged.count) {
    return refuse(
        joined({std::to_string(merged.count - merged.runs.size()), " of ",
                std::to_string(merged.count), " runs are missing; give the outputs of all parts"}));
  }
  if (!options.lines) {
    print_summary(merged);
    return 0;
  }
  std::printf("%s\n", merged.header.c_str());
  for (const auto& [number, run] : merged.runs) std::printf("%s\n", run.line.c_str());
  return 0;
}

}  // namespace lab::cli
