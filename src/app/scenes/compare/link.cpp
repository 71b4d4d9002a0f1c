#include "app/scenes/compare/link.h"

#include <algorithm>

#include "app/scenes/link_keys.h"
#include "app/training/replay.h"
#include "app/training/speed.h"
#include "core/experiment/field_errors.h"
#include "core/experiment/share_link.h"
#include "core/experiment/url_text.h"

namespace lab {
namespace {

constexpr std::string_view kRuns = "app.runs";
constexpr std::string_view kCurves[] = {"loss", "log_loss", "accuracy"};
constexpr CompareGoal kGoal;

std::string runs_text(const Comparison& comparison) {
  const auto& usual = row_of(comparison.varied).at_first;
  if (std::ranges::equal(comparison.values, usual)) return {};
  std::string text;
  for (const std::string& value : comparison.values) {
    text += (text.empty() ? "" : "-") + percent_encode(value);
  }
  return text;
}

std::optional<Error> read_runs(std::string_view text, std::vector<std::string>& values) {
  values.clear();
  while (true) {
    const std::string_view piece = text.substr(0, text.find('-'));
    std::optional<std::string> value = percent_decode(piece);
    if (!value) return field_error("experiment.percent", kRuns);
    values.push_back(*std::move(value));
    if (piece.size() == text.size()) break;
    text.remove_prefix(piece.size() + 1);
  }
  if (values.size() <= CompareModel::kMostRuns) return std::nullopt;
  return field_error("experiment.count", kRuns,
                     {std::to_string(values.size()), "1", std::to_string(CompareModel::kMostRuns)});
}

}  // namespace

void pass(LinkKeys& keys, ComparisonLink& link) {
  std::vector<std::string_view> varied;
  for (const VariedRow& row : varied_rows()) varied.push_back(row.id);
  Comparison& comparison = link.comparison;
  keys.choice("app.vary", comparison.varied, Varied::activation, varied);
  if (keys.reads()) {
    const auto& usual = row_of(comparison.varied).at_first;
    comparison.values.assign(usual.begin(), usual.end());
  }
  keys.text(kRuns, runs_text(comparison),
            [&](std::string_view text) { return read_runs(text, comparison.values); });
  keys.number("app.goal", comparison.goal.accuracy, kGoal.accuracy, 0, 1);
  keys.number("app.goalLoss", comparison.goal.loss, kGoal.loss, 0, 1e6);
  keys.whole("app.seeds", link.seeds, 30, 1, 1000);
  keys.whole("app.seedEpochs", link.seed_epochs, 200, 1, 10'000);
  keys.choice("app.curve", link.curve, CompareCurve::loss, kCurves);
  keys.whole("app.speed", link.speed, 4, 0, static_cast<int>(kTrainSpeeds.size()) - 1);
  keys.whole("app.step", link.step, 0, 0, kMostLinkedSteps);
  keys.flag("app.sweep", link.sweep, false);
}

std::string to_link(const ComparisonLink& link) {
  LinkKeys keys;
  ComparisonLink written = link;
  pass(keys, written);
  return to_share_text(link.comparison.base) + keys.written();
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
  LinkKeys keys(text);
  pass(keys, link);
  if (keys.error()) return *keys.error();
  return link;
}

}  // namespace lab
