#include "app/scenes/gradients/network_setup_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/training/activation_choices.h"
#include "app/training/field_editor.h"
#include "app/training/play_controls.h"
#include "app/ui/flow.h"
#include "app/ui/number.h"
#include "core/data/data_sets.h"
#include "core/text_number.h"
#include "core/train/choices.h"
#include "core/train/init_schemes.h"

namespace lab {
namespace {

constexpr float kGap = 16, kNarrow = 420;

}  // namespace

void NetworkSetupView::change(std::string_view control,
                              const std::function<void(DeepSetup&)>& change) {
  DeepSetup next = model_.setup();
  change(next);
  if (next == model_.setup()) return;
  view_.attempt(control, [this, next] { return model_.load(next); });
}

float NetworkSetupView::draw_bar(Ui& ui, ImVec2 at, float width) {
  const bool tight = width < kNarrow;
  const float left = at.x, top = at.y;
  const bool playing = model_.playing(), stuck = model_.trainer().divergence().has_value();
  if (play_button(ui, "gradients.play", at, playing, !stuck)) {
    view_.later([this, playing] { model_.play(!playing); });
  }
  at.x += kPlayButton + 8;
  const auto tool = [&](std::string_view id, Icon icon, Str text, bool enabled) {
    const ImRect square(at, {at.x + kPlayTool, at.y + kPlayTool});
    at.x += kPlayTool + 2;
    return icon_button(ui, id, square, icon, ui.tr(text), enabled);
  };
  const auto take = [this](bool epoch) {
    model_.play(false);
    const int64_t per_epoch = std::max<int64_t>(model_.trainer().steps_per_epoch(), 1);
    model_.step(epoch ? per_epoch - model_.trainer().steps() % per_epoch : 1);
  };
  if (tool("gradients.step", Icon::step, Str::train_step, !stuck)) {
    view_.later([take] { take(false); });
  }
  if (tool("gradients.epoch", Icon::epoch, Str::train_epoch, !stuck)) {
    view_.later([take] { take(true); });
  }
  if (tool("gradients.reset", Icon::reset, Str::train_reset, model_.trainer().steps() > 0)) {
    view_.later([this] { model_.restart(); });
  }
  if (tool("gradients.new_weights", Icon::dice, Str::train_new_weights, true)) {
    change({}, [](DeepSetup& setup) { ++setup.seed; });
  }
  if (tight) at = {left, at.y + kPlayTool + 12};
  if (!tight) at.x += 14;
  const float track = tight ? width : 132;
  model_.set_speed(speed_slider(ui, "gradients.speed", at, track, model_.speed()));
  at.x += track + 24;
  if (at.x + 280 > left + width) at = {left, at.y + kPlayTool + 12};
  const Metrics& m = model_.metrics();
  const std::array<std::pair<Str, std::string>, 3> figures = {
      std::pair{Str::train_epochs, std::to_string(m.epoch)},
      std::pair{Str::train_train_loss, number_text(m.train_loss, 3)},
      std::pair{Str::train_accuracy, share_text(m.train_accuracy)}};
  constexpr std::array ids = {"gradients.at.epoch", "gradients.at.loss", "gradients.at.accuracy"};
  const float column = std::min((left + width - at.x) / 3, 128.0f);
  for (size_t i = 0; i < figures.size(); ++i) {
    const std::string_view name = ui.tr(figures[i].first);
    ui.text({at.x, at.y - 1}, style::caption, Tone::muted,
            ui.type().fit(style::caption, column - 6, name));
    ui.text({at.x, at.y + 16}, style::strong, Tone::text, figures[i].second);
    ui.record(ids[i], {at, {at.x + column - 8, at.y + kPlayTool}}, Role::text, name,
              figures[i].second);
    at.x += column;
  }
  return at.y + kPlayTool + 4 - top;
}

float NetworkSetupView::draw_fields(Ui& ui, ImVec2 at, float width) {
  const DeepSetup& setup = model_.setup();
  Flow flow(at, width, kFieldRow, {kGap, 0});
  // On a phone two fields a row, or three numbers.
  const bool narrow = width < kNarrow;
  const float half = std::floor((width - kGap) / 2), track = narrow ? half : 156;
  const float number = narrow ? std::floor((width - 2 * kGap) / 3) : 92;
  draw_slider(ui, "gradients.depth", Str::compare_hidden, flow.place(track), track, setup.depth,
              kMostDepth, &DeepSetup::depth);
  draw_slider(ui, "gradients.width", Str::compare_units, flow.place(track), track, setup.width,
              kMostWidth, &DeepSetup::width);
  struct Menu {
    std::string_view id, label;
    std::string DeepSetup::*member;
    std::vector<Choice> list;
  };
  std::array<Menu, 4> menus = {
      Menu{"gradients.activation", ui.tr(Str::gradients_activation), &DeepSetup::activation, {}},
      Menu{"gradients.init",
           find_field("network.init.scheme")->name.in(ui.language),
           &DeepSetup::init,
           {}},
      Menu{"gradients.data", find_field("data.kind")->name.in(ui.language), &DeepSetup::data, {}},
      Menu{"gradients.optimizer",
           find_field("training.optimizer.kind")->name.in(ui.language),
           &DeepSetup::optimizer,
           {}}};
  const ActivationChoices choices = activation_choices(ui.language, formulas_, model_.activation());
  menus[0].list = choices.list;
  for (const InitScheme& row : init_schemes()) {
    if (row.id != "playground") menus[1].list.push_back({row.id, row.name.in(ui.language)});
  }
  for (const DataSetKind& row : data_set_kinds()) {
    if (row.generate) menus[2].list.push_back({row.id, row.name.in(ui.language)});
  }
  const Field& optimizer = *find_field("training.optimizer.kind");
  for (const std::string_view id : lab::choices(optimizer)) {
    menus[3].list.push_back({id, optimizer.choice_name(menus[3].list.size()).in(ui.language)});
  }
  for (const Menu& menu : menus) {
    // Names of initialisations are the longest.
    const float wide = narrow ? half : menu.member == &DeepSetup::init ? 164.0f : 140.0f;
    const ImVec2 here = flow.place(wide);
    ui.text(here, style::caption, Tone::muted, menu.label);
    // After a revival the layers have another activation than they started with.
    const bool revived = menu.member == &DeepSetup::activation;
    const std::string_view shown = revived ? model_.activation() : setup.*menu.member;
    const auto now = std::ranges::find(menu.list, shown, &Choice::id);
    const auto picked =
        select(ui, menu.id, {here.x, here.y + ui.line_height(style::caption) + 2}, wide, menu.label,
               menu.list, static_cast<size_t>(now - menu.list.begin()));
    if (!picked) continue;
    change({}, [&](DeepSetup& next) { next.*menu.member = menu.list[*picked].id; });
  }
  const auto entry = [&](std::string_view id, std::string_view label, double least, double most,
                         double DeepSetup::*member) {
    draw_number(ui, id, label, flow.place(number), number, least, most, member);
    flow.leave_below(error_beside(ui, id, flow.below(), width, view_.complaint));
  };
  entry("gradients.input_scale", ui.tr(Str::gradients_input_scale), kLeastScale, kMostScale,
        &DeepSetup::input_scale);
  entry("gradients.gain", ui.tr(Str::gradients_gain), 0, 100, &DeepSetup::gain);
  entry("gradients.rate", find_field("training.optimizer.learningRate")->name.in(ui.language),
        kLeastRate, kMostRate, &DeepSetup::rate);
  return flow.bottom() - 4 - at.y;
}

void NetworkSetupView::draw_slider(Ui& ui, std::string_view id, Str label, ImVec2 at, float width,
                                   int now, int most, int DeepSetup::*member) {
  const std::string_view name = ui.tr(label);
  ui.text(at, style::caption, Tone::muted, name);
  const std::string text = std::to_string(now);
  ui.text({at.x + width - ui.type().width(style::caption_strong, text), at.y},
          style::caption_strong, Tone::text, text);
  at.y += ui.line_height(style::caption) + 6;
  const DragResult drag = slider(ui, id, {at, {at.x + width, at.y + 24}}, name,
                                 static_cast<float>(now), 1, static_cast<float>(most));
  const int next = std::clamp(static_cast<int>(std::lround(drag.value)), 1, most);
  change({}, [&](DeepSetup& setup) { setup.*member = next; });
}

void NetworkSetupView::draw_number(Ui& ui, std::string_view id, std::string_view label, ImVec2 at,
                                   float width, double least, double most,
                                   double DeepSetup::*member) {
  ui.text(at, style::caption, Tone::muted, ui.type().fit(style::caption, width + kGap, label));
  const auto text = entry_field(ui, id, {at.x, at.y + ui.line_height(style::caption) + 2}, width,
                                label, compact_text(model_.setup().*member));
  if (!text) return;
  const double value = decimal_of(*text);
  if (!(value >= least && value <= most)) {
    view_.complaint = Complaint::beside(id, Str::gradients_bad_number,
                                        {*text, number_text(least), number_text(most)});
    return;
  }
  // Training goes on with another rate; everything else makes another network.
  if (member == &DeepSetup::rate) {
    view_.attempt(id, [this, value] { return model_.set_rate(value); });
  } else {
    change(id, [&](DeepSetup& setup) { setup.*member = value; });
  }
}

}  // namespace lab
