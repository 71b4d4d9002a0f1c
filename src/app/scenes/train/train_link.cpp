#include "app/scenes/train/train_link.h"

#include "app/training/replay.h"
#include "core/experiment/field_errors.h"
#include "core/json/json_value.h"

namespace lab {
namespace {

constexpr std::string_view kTabs[] = {"lens", "micro", "collapse", "results", "take"};
constexpr std::string_view kCurves[] = {"loss", "log_loss", "accuracy"};

std::string unit_text(const std::optional<UnitIndex>& unit) {
  return unit ? std::to_string(unit->layer) + "." + std::to_string(unit->unit) : std::string();
}

std::optional<Error> read_unit(std::string_view key, std::string_view text,
                               const Experiment& experiment, std::optional<UnitIndex>& unit) {
  const size_t dot = text.find('.');
  const auto layer = json_number(text.substr(0, dot));
  const auto index = json_number(dot == text.npos ? "" : text.substr(dot + 1));
  const auto counts = [](std::optional<double> n) {
    return n && *n >= 0 && *n <= kMaxUnits && *n == static_cast<double>(static_cast<int>(*n));
  };
  if (!counts(layer) || !counts(index)) return field_error("experiment.form", key, {"0.2"});
  unit = UnitIndex{static_cast<size_t>(*layer), static_cast<size_t>(*index)};
  if (TrainView::exists(experiment, *unit)) return std::nullopt;
  return field_error("share.no_unit", key, {unit_text(unit)});
}

// A rule that may be absent.
template <class Number>
void pass_rule(LinkKeys& keys, std::string_view key, std::optional<Number>& rule, double most) {
  constexpr double none = -1;
  double value = rule ? static_cast<double>(*rule) : none;
  keys.number(key, value, none, 0, most);
  rule = value == none ? std::nullopt : std::optional(static_cast<Number>(value));
}

}  // namespace

void pass(LinkKeys& keys, TrainLook& look, const Experiment& experiment) {
  constexpr std::string_view unit = "app.unit";
  keys.choice("app.tab", look.tab, TrainTab::lens, kTabs);
  keys.text(unit, unit_text(look.selected), [&](std::string_view text) {
    return read_unit(unit, text, experiment, look.selected);
  });
  keys.choice("app.curve", look.curve, CurveKind::loss, kCurves);
  keys.flag("app.discrete", look.discrete, false);
  keys.flag("app.test", look.show_test, true);
  keys.flag("app.contours", look.contours, true);
  keys.whole("app.speed", look.speed, 4, 0, static_cast<int>(kTrainSpeeds.size()) - 1);
  pass_rule(keys, "app.stopLoss", look.rules.loss, 1e6);
  pass_rule(keys, "app.stopAccuracy", look.rules.accuracy, 1);
  pass_rule(keys, "app.stopEpochs", look.rules.epochs, 1e9);
  keys.whole("app.step", look.step, 0, 0, kMostLinkedSteps);
}

}  // namespace lab
