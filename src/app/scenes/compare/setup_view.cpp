#include "app/scenes/compare/setup_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/training/activation_choices.h"
#include "app/training/field_editor.h"
#include "app/training/fit_to_data.h"
#include "app/training/play_controls.h"
#include "app/ui/flow.h"
#include "app/ui/number.h"
#include "core/experiment/set_activation.h"
#include "core/text_number.h"

namespace lab {
namespace {

constexpr float kGap = 16, kNarrow = 420;
constexpr int kMostUnits = 64;

// The fields that runs share, but for the one they differ in.
constexpr std::array kFields = {
    std::string_view("data.kind"),
    std::string_view("data.noise"),
    std::string_view("data.samples"),
    std::string_view("network.init.scheme"),
    std::string_view("training.optimizer.kind"),
    std::string_view("training.optimizer.learningRate"),
    std::string_view("training.batchSize"),
};

bool varies(Varied varied, std::string_view path) {
  return (varied == Varied::init && path == "network.init.scheme") ||
         (varied == Varied::rate && path == "training.optimizer.learningRate");
}

}  // namespace

float SetupView::draw_bar(Ui& ui, Platform& platform, ImVec2 at, float width) {
  const bool narrow = width < 720, tight = width < kNarrow;
  const float left = at.x, top = at.y;
  const bool playing = model_.playing();
  if (play_button(ui, "compare.play", at, playing, !model_.all_diverged())) {
    view_.later([this, playing] { model_.play(!playing); });
  }
  at.x += kPlayButton + 8;
  const auto tool = [&](std::string_view id, Icon icon, Str text, bool enabled) {
    const ImRect square(at, {at.x + kPlayTool, at.y + kPlayTool});
    at.x += kPlayTool + 2;
    return icon_button(ui, id, square, icon, ui.tr(text), enabled);
  };
  if (tool("compare.epoch", Icon::epoch, Str::train_epoch, !model_.all_diverged())) {
    view_.later([this, &platform] {
      model_.play(false);
      model_.take(model_.per_epoch() - model_.step() % model_.per_epoch(),
                  [&platform] { return platform.now(); });
    });
  }
  if (tool("compare.reset", Icon::reset, Str::train_reset, model_.step() > 0)) {
    view_.later([this] { model_.restart(); });
  }
  if (tool("compare.new_seed", Icon::dice, Str::compare_new_seed, true)) {
    view_.attempt({}, [this] {
      return model_.edit([](Experiment& e) { e.network.init.seed = ++e.data.seed; });
    });
  }
  if (tight) at = {left, at.y + kPlayTool + 12};
  if (!tight) at.x += 14;
  const float track = tight ? width : 132;
  model_.set_speed(speed_slider(ui, "compare.speed", at, track, model_.speed()));
  at.x += track + 24;
  if (narrow) at = {left, at.y + kPlayTool + 12};
  const std::string_view name = ui.tr(Str::train_epochs);
  const std::string epoch = std::to_string(model_.epoch());
  ui.text({at.x, at.y - 1}, style::caption, Tone::muted, name);
  ui.text({at.x, at.y + 16}, style::strong, Tone::text, epoch);
  ui.record("compare.at.epoch", {at, {at.x + 72, at.y + kPlayTool}}, Role::text, name, epoch);
  at.x += 96;
  draw_goal(ui, {at.x, at.y - 6}, std::min(200.0f, left + width - at.x));
  at.y += kPlayTool + 8;
  if (view_.complaint.place() == "compare.goal") at.y += 8;
  return at.y + error_beside(ui, "compare.goal", {left, at.y}, width, view_.complaint) - top;
}

void SetupView::draw_goal(Ui& ui, ImVec2 at, float width) {
  const bool of_values = model_.data().problem == Problem::regression;
  const std::string_view label =
      ui.tr(of_values ? Str::compare_goal_loss : Str::compare_goal_accuracy);
  CompareGoal goal = model_.document().goal;
  const double now = of_values ? goal.loss : std::round(goal.accuracy * 1e6) / 1e4;
  ui.text(at, style::caption, Tone::muted, ui.type().fit(style::caption, width, label));
  const auto text = entry_field(ui, "compare.goal", {at.x, at.y + 20}, std::min(width, 104.0f),
                                label, compact_text(now));
  if (!text) return;
  const double next = decimal_of(*text);
  const double most = of_values ? 1e6 : 100;
  if (!(next >= 0 && next <= most)) {
    view_.complaint =
        Complaint::beside("compare.goal", Str::compare_bad_goal, {*text, number_text(most)});
    return;
  }
  (of_values ? goal.loss : goal.accuracy) = of_values ? next : next / 100;
  view_.later([this, goal] { model_.set_goal(goal); });
}

float SetupView::draw_varied(Ui& ui, ImVec2 at, float width) {
  const float top = at.y;
  const std::string_view label = ui.tr(Str::compare_differs);
  std::vector<Choice> choices;
  for (const VariedRow& row : varied_rows()) choices.push_back({row.id, ui.tr(row.name)});
  const auto now = static_cast<size_t>(model_.document().varied);
  const float label_width = ui.type().width(style::body, label) + 12;
  const float needed = segmented_width(ui, choices);
  ui.text({at.x, at.y + 5}, style::body, Tone::text, label);
  if (label_width + needed <= width) {
    at.x += label_width;
  } else {
    at.y += kControlHeight;
  }
  size_t next = now;
  if (needed <= width) {
    next = segmented(ui, "compare.varied", at, choices, now);
  } else if (const auto picked = select(ui, "compare.varied", at, width, label, choices, now)) {
    next = *picked;
  }
  if (next != now) {
    view_.attempt({}, [this, next] { return model_.vary(varied_rows()[next].varied); });
  }
  return at.y + kControlHeight - top;
}

float SetupView::draw_fields(Ui& ui, ImVec2 at, float width) {
  const float top = at.y;
  at.y += draw_varied(ui, at, width) + 14;
  const Varied varied = model_.document().varied;
  Flow flow(at, width, kFieldRow, {kGap, 0});
  // On a phone two fields a row.
  const float half = std::floor((width - kGap) / 2);
  const auto wide = [&](float roomy) { return width < kNarrow ? half : roomy; };
  if (varied != Varied::activation) draw_activation(ui, flow.place(wide(168)), wide(168));
  const auto& hidden = model_.document().base.network.hidden;
  if (!hidden.empty()) layer_ = hidden.front();  // for when there are hidden layers again
  const auto note = [&](std::string_view id) {
    flow.leave_below(error_beside(ui, id, flow.below(), width, view_.complaint));
  };
  if (varied != Varied::depth) {
    draw_whole(ui, "compare.hidden", Str::compare_hidden, flow.place(wide(104)), wide(104),
               static_cast<int>(hidden.size()), 0, 16, [layer = layer_](Experiment& e, int layers) {
                 e.network.hidden.assign(static_cast<size_t>(layers), layer);
               });
    note("compare.hidden");
  }
  if (!hidden.empty()) {
    draw_whole(ui, "compare.units", Str::compare_units, flow.place(wide(104)), wide(104),
               layer_.units, 1, kMostUnits, [](Experiment& e, int units) {
                 for (Experiment::Layer& row : e.network.hidden) row.units = units;
               });
    note("compare.units");
  }
  for (const std::string_view path : kFields) {
    if (varies(varied, path)) continue;
    const Field& field = *find_field(path);
    const float needed = wide(std::min(field_editor_width(ui, field), width));
    const std::string id = "compare.set." + std::string(path);
    if (auto text = field_editor(ui, id, field, model_.document().base, flow.place(needed), needed,
                                 view_.complaint.place() != id)) {
      view_.attempt(id, [this, &field, value = std::move(*text)] {
        std::optional<Error> error;
        const auto refused = model_.edit([&](Experiment& e) {
          error = set_field(field, value, e);
          if (field.path == "data.kind") fit_to_data(e);
        });
        return error ? error : refused;
      });
    }
    note(id);
  }
  return flow.bottom() - 4 - top;
}

void SetupView::draw_activation(Ui& ui, ImVec2 at, float width) {
  const auto& hidden = model_.document().base.network.hidden;
  const std::string now = hidden.empty() ? "tanh" : hidden.front().activation;
  const ActivationChoices choices = activation_choices(ui.language, formulas_, now);
  const std::string_view label = ui.tr(Str::gradients_activation);
  ui.text(at, style::caption, Tone::muted, label);
  at.y += ui.line_height(style::caption) + 2;
  const auto picked =
      select(ui, "compare.activation", at, width, label, choices.list, choices.chosen);
  if (!picked) return;
  view_.attempt({}, [this, id = choices.ids[*picked]] {
    return model_.edit([&](Experiment& e) {
      for (size_t l = 0; l < e.network.hidden.size(); ++l) set_activation(e, l, id);
    });
  });
}

void SetupView::draw_whole(Ui& ui, std::string_view id, Str label, ImVec2 at, float width, int now,
                           int least, int most, const std::function<void(Experiment&, int)>& set) {
  const std::string_view name = ui.tr(label);
  ui.text(at, style::caption, Tone::muted, name);
  const auto text = entry_field(ui, id, {at.x, at.y + ui.line_height(style::caption) + 2}, width,
                                name, std::to_string(now));
  if (!text) return;
  const double value = decimal_of(*text);
  if (!(value >= least && value <= most && value == std::floor(value))) {
    view_.complaint = Complaint::beside(id, Str::compare_bad_number,
                                        {*text, std::to_string(least), std::to_string(most)});
    return;
  }
  view_.attempt(id, [this, set, value] {
    return model_.edit([&](Experiment& e) { set(e, static_cast<int>(value)); });
  });
}

}  // namespace lab
