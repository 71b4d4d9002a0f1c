#include "app/scenes/compare/link.h"

#include <algorithm>
#include <cmath>

#include "app/training/field_editor.h"
#include "core/experiment/share_link.h"
#include "core/experiment/url_text.h"
#include "core/text_number.h"

namespace lab {
namespace {

// The first piece of a text up to a sign, which is taken off its front together with the sign.
std::string_view take_piece(std::string_view& rest, char sign) {
  const size_t end = std::min(rest.find(sign), rest.size());
  const std::string_view piece = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return piece;
}

void read_key(std::string_view key, std::string_view value, ComparisonLink& link) {
  Comparison& comparison = link.comparison;
  const double number = decimal_of(value);
  if (key == "app.goal" && number >= 0 && number <= 1) comparison.goal.accuracy = number;
  if (key == "app.goalLoss" && number >= 0) comparison.goal.loss = number;
  const bool counts = number >= 1 && number <= 10'000 && number == std::floor(number);
  if (key == "app.seeds" && counts) link.seeds = static_cast<int>(std::min(number, 1000.0));
  if (key == "app.seedEpochs" && counts) link.seed_epochs = static_cast<int>(number);
  if (key == "app.vary") {
    for (const VariedRow& row : varied_rows()) {
      if (row.id == value) comparison.varied = row.varied;
    }
  }
  if (key != "app.runs" || value.empty()) return;
  comparison.values.clear();
  while (!value.empty() && comparison.values.size() < CompareModel::kMostRuns) {
    const std::string_view piece = take_piece(value, '-');
    comparison.values.push_back(percent_decode(piece).value_or(std::string(piece)));
  }
}

}  // namespace

std::string to_link(const ComparisonLink& link) {
  const Comparison& comparison = link.comparison;
  std::string text = "scene=compare&" + to_share_text(comparison.base);
  text += "&app.vary=" + std::string(row_of(comparison.varied).id) + "&app.runs=";
  for (size_t i = 0; i < comparison.values.size(); ++i) {
    text += (i ? "-" : "") + percent_encode(comparison.values[i]);
  }
  text += "&app.goal=" + compact_text(comparison.goal.accuracy);
  text += "&app.goalLoss=" + compact_text(comparison.goal.loss);
  text += "&app.seeds=" + std::to_string(link.seeds);
  return text + "&app.seedEpochs=" + std::to_string(link.seed_epochs);
}

Result<ComparisonLink> comparison_from_link(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  if (const size_t hash = text.find('#'); hash != std::string_view::npos) {
    text.remove_prefix(hash + 1);
  }
  const Result<Experiment> base = experiment_from_share_text(text);
  if (!base) return base.error();
  ComparisonLink link;
  link.comparison.base = base.value();
  while (!text.empty()) {
    std::string_view value = take_piece(text, '&');
    const std::string_view key = take_piece(value, '=');
    read_key(key, value, link);
  }
  std::vector<std::string>& values = link.comparison.values;
  if (values.empty()) {
    const VariedRow& row = row_of(link.comparison.varied);
    values.assign(row.at_first.begin(), row.at_first.end());
  }
  return link;
}

}  // namespace lab
