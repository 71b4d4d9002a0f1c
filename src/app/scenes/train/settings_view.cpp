#include "app/scenes/train/settings_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/training/field_editor.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"
#include "core/text_number.h"

namespace lab {
namespace {

constexpr float kRow = 60, kGap = 16;

// A field of the form, and when it counts.
struct Row {
  std::string_view path;
  bool (*counts)(const Experiment&) = nullptr;
  bool more = false;  // only among the further settings
};

bool optimizer_is(const Experiment& e, std::initializer_list<std::string_view> kinds) {
  return std::ranges::count(kinds, e.training.optimizer.kind) > 0;
}

constexpr std::array kRows = {
    Row{"training.loss"},
    Row{"training.optimizer.kind"},
    Row{"training.optimizer.learningRate"},
    Row{"training.optimizer.momentum",
        [](const Experiment& e) {
          return optimizer_is(e, {"momentum", "nesterov"});
        }},
    Row{"training.batchSize"},
    Row{"training.regularization.kind"},
    Row{"training.regularization.rate",
        [](const Experiment& e) { return e.training.regularization.kind != "none"; }},
    Row{"network.init.scheme"},
    Row{"network.init.scale", nullptr, true},
    Row{"network.init.seed", nullptr, true},
    Row{"data.seed", nullptr, true},
    Row{"network.bias", nullptr, true},
    Row{"training.schedule.kind", nullptr, true},
    Row{"training.schedule.epochs",
        [](const Experiment& e) { return e.training.schedule.kind != "constant"; }, true},
    Row{"training.schedule.factor",
        [](const Experiment& e) { return e.training.schedule.kind != "constant"; }, true},
    Row{"training.optimizer.beta1",
        [](const Experiment& e) {
          return optimizer_is(e, {"adam", "adamw"});
        },
        true},
    Row{"training.optimizer.beta2",
        [](const Experiment& e) {
          return optimizer_is(e, {"adam", "adamw", "rmsprop"});
        },
        true},
    Row{"training.optimizer.weightDecay",
        [](const Experiment& e) { return optimizer_is(e, {"adamw"}); }, true},
    Row{"training.clipNorm", nullptr, true},
    Row{"training.dropout", nullptr, true},
    Row{"training.shuffle", nullptr, true},
    Row{"training.precision", nullptr, true},
};

}  // namespace

float SettingsView::draw(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  Flow flow(at, width, kRow, {kGap, 0});
  for (const Row& row : kRows) {
    if (row.more && !more_) continue;
    if (row.counts && !row.counts(model_.document())) continue;
    const Field& field = *find_field(row.path);
    if (!frame.shows(field.share)) continue;
    const float needed = std::min(field_editor_width(ui, field), width);
    const std::string id = "train.set." + std::string(field.path);
    if (auto text = field_editor(ui, id, field, model_.document(), flow.place(needed), needed,
                                 view_.complaint.place() != id)) {
      edit(id, field, std::move(*text));
    }
    flow.leave_below(error_beside(ui, id, flow.below(), width, view_.complaint));
  }
  if (!frame.shows("more")) return flow.bottom() - at.y - 4;
  const std::string_view label =
      ui.tr(more_ ? Str::train_fewer_settings : Str::train_more_settings);
  const float needed = button_width(ui, label, {ButtonKind::quiet});
  const ImVec2 more = flow.place(needed);
  if (button(ui, "train.more", {more.x - 8, more.y + ui.line_height(style::caption) + 2}, label,
             {ButtonKind::quiet})) {
    more_ = !more_;
    ui.keep_moving();
  }
  if (more_) draw_stop_rules(ui, flow, width);
  return flow.bottom() - at.y - 4;
}

void SettingsView::edit(std::string_view control, const Field& field, std::string text) {
  view_.attempt(control, [this, &field, text = std::move(text)] {
    std::optional<Error> error;
    const auto refused = model_.edit([&](Experiment& e) {
      error = set_field(field, text, e);
      if (field.path == "training.loss") fit_to_data(e);
      if (field.path.starts_with("network.init")) e.network.parameters.clear();
      if (field.path == "network.bias") {
        e.network.parameters.clear();
        e.network.frozen.clear();
      }
    });
    return error ? error : refused;
  });
}

// In rows of their own.
void SettingsView::draw_stop_rules(Ui& ui, Flow& flow, float width) {
  flow.next_row();
  StopRules rules = model_.stop_rules();
  const auto rule = [&](std::string_view id, Str label, std::optional<double> value, double most) {
    const float needed = std::max(132.0f, std::ceil(ui.type().width(style::caption, ui.tr(label))));
    const ImVec2 at = flow.place(needed);
    ui.text(at, style::caption, Tone::muted, ui.tr(label));
    const std::string now = value ? compact_text(*value) : std::string();
    const ImVec2 below{at.x, at.y + ui.line_height(style::caption) + 2};
    const auto text = entry_field(ui, id, below, needed, ui.tr(label), now);
    flow.leave_below(error_beside(ui, id, flow.below(), width, view_.complaint));
    if (!text) return value;
    if (text->empty()) return std::optional<double>();
    const double next = decimal_of(*text);
    if (next >= 0 && next <= most) return std::optional(next);
    view_.complaint = Complaint::beside(id, Str::train_bad_rule, {*text, number_text(most)});
    return value;
  };
  rules.loss = rule("train.stop.loss", Str::train_stop_loss, rules.loss, 1e6);
  const auto accuracy =
      rule("train.stop.accuracy", Str::train_stop_accuracy,
           rules.accuracy ? std::optional(*rules.accuracy * 100) : std::nullopt, 100);
  rules.accuracy = accuracy ? std::optional(*accuracy / 100) : std::nullopt;
  const auto epochs =
      rule("train.stop.epochs", Str::train_stop_epochs,
           rules.epochs ? std::optional(static_cast<double>(*rules.epochs)) : std::nullopt, 1e9);
  rules.epochs = epochs ? std::optional(static_cast<int64_t>(*epochs)) : std::nullopt;
  if (rules == model_.stop_rules()) return;
  view_.later([this, rules] { model_.set_stop_rules(rules); });
}

}  // namespace lab
