#include "app/scenes/train/play_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/scenes/train/weight_editor.h"
#include "app/training/play_controls.h"
#include "app/training/shown_metrics.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kPad = 16, kTool = 36, kSpeed = 132;
constexpr float kButtons = kPlayButton + 8 + 4 * (kTool + 2);

}  // namespace

// What the widest of the figures takes.
float PlayView::figure_width(const Ui& ui) {
  float widest = ui.type().width(style::strong, "8.88 × 10⁻⁸");
  for (const Str name : {Str::train_train_loss, Str::train_test_loss, Str::train_test_accuracy}) {
    widest = std::max(widest, ui.type().width(style::caption, ui.tr(name)));
  }
  return widest + 8;
}

float PlayView::draw(Ui& ui, ImVec2 at, float width) {
  // The figures go below where their names would not fit beside the buttons and the speed.
  const float beside = width - 2 * kPad - kButtons - 16 - kSpeed - 24;
  const bool narrow = beside < 4 * figure_width(ui);
  const bool tight = width < 420;  // the speed goes below the buttons, too
  const float pad = narrow ? 12 : kPad;
  const bool folded = tight && width - 2 * pad < 4 * figure_width(ui);  // figures in two rows
  const float rows = folded ? 4 : tight ? 3 : narrow ? 2 : 1;
  const float height = rows * (kTool + 12) + 12;
  panel(ui, {at, {at.x + width, at.y + height}});
  ImVec2 pen{at.x + pad, at.y + 12};
  pen.x += draw_buttons(ui, pen) + 16;
  if (tight) pen = {at.x + pad, pen.y + kTool + 12};
  pen.x += draw_speed(ui, pen, tight ? width - 2 * pad : kSpeed) + 24;
  if (narrow) pen = {at.x + pad, pen.y + kTool + 12};
  draw_figures(ui, pen, at.x + width - pad - pen.x, folded ? 2 : 4);
  return height;
}

float PlayView::draw_buttons(Ui& ui, ImVec2 at) {
  const float left = at.x;
  const bool playing = model_.playing();
  const bool stuck = model_.trainer().divergence().has_value();
  if (play_button(ui, "train.play", at, playing, !stuck)) {
    view_.later([this, playing] { model_.play(!playing); });
  }
  at.x += kPlayButton + 8;
  const auto tool = [&](std::string_view id, Icon icon, Str text, bool enabled) {
    const ImRect square(at, {at.x + kTool, at.y + kTool});
    at.x += kTool + 2;
    return icon_button(ui, id, square, icon, ui.tr(text), enabled);
  };
  if (tool("train.step", Icon::step, Str::train_step, !stuck)) {
    view_.later([this] {
      model_.play(false);
      model_.step(1);
    });
  }
  if (tool("train.epoch", Icon::epoch, Str::train_epoch, !stuck)) {
    view_.later([this] {
      model_.play(false);
      const int64_t per_epoch = std::max<int64_t>(model_.trainer().steps_per_epoch(), 1);
      model_.step(per_epoch - model_.trainer().steps() % per_epoch);
    });
  }
  if (tool("train.reset", Icon::reset, Str::train_reset, model_.trainer().steps() > 0)) {
    view_.later([this] { model_.restart(); });
  }
  if (tool("train.new_weights", Icon::dice, Str::train_new_weights, true)) {
    view_.later([this] {
      model_.edit([](Experiment& e) {
        ++e.network.init.seed;
        e.network.parameters.clear();
      });
    });
  }
  return at.x - left;
}

float PlayView::draw_speed(Ui& ui, ImVec2 at, float width) {
  model_.set_speed(speed_slider(ui, "train.speed", at, width, model_.speed()));
  return width;
}

// Epoch, losses and accuracies, in so many columns, which stay where they are.
void PlayView::draw_figures(Ui& ui, ImVec2 at, float width, size_t columns) {
  const Metrics& m = model_.metrics();
  struct Figure {
    std::string_view id;
    Str name;
    std::string text;
  };
  std::vector<Figure> figures = {{"train.at.epoch", Str::train_epochs, std::to_string(m.epoch)}};
  figures.push_back({"train.at.train_loss", Str::train_train_loss, number_text(m.train_loss, 3)});
  if (m.tested) {
    figures.push_back({"train.at.test_loss", Str::train_test_loss, number_text(m.test_loss, 3)});
  }
  if (!std::isnan(m.train_accuracy)) {
    figures.push_back({"train.at.accuracy",
                       m.tested ? Str::train_test_accuracy : Str::train_accuracy,
                       share_text(shown_accuracy(m))});
  }
  columns = std::min(columns, figures.size());
  const float left = at.x, column = std::min(width / static_cast<float>(columns), 160.0f);
  size_t placed = 0;
  for (const Figure& figure : figures) {
    const std::string_view name = ui.tr(figure.name);
    ui.text({at.x, at.y - 1}, style::caption, Tone::muted,
            ui.type().fit(style::caption, column - 6, name));
    ui.text({at.x, at.y + 16}, style::strong, Tone::text, figure.text);
    ui.record(figure.id, {at, {at.x + column - 8, at.y + kTool}}, Role::text, name, figure.text);
    ui.last_control().live = figure.name == Str::train_train_loss;
    at.x += column;
    if (++placed % columns == 0) at = {left, at.y + kTool + 12};
  }
}

float PlayView::draw_divergence(Ui& ui, ImVec2 at, float width) {
  const std::optional<Divergence>& divergence = model_.trainer().divergence();
  if (!divergence) return 0;
  const std::string text =
      ui.tr(Str::train_diverged, {std::to_string(divergence->step),
                                  weight_name(ui, model_.document(), divergence->weight),
                                  number_text(divergence->learning_rate)});
  const float text_height = ui.paragraph_height(width - 2 * kPad, style::body, text);
  const std::string_view back = ui.tr(Str::train_last_good), again = ui.tr(Str::train_third_rate);
  const ButtonLook primary{.kind = ButtonKind::primary};
  const float first = button_width(ui, back, primary);
  const bool beside = first + 8 + button_width(ui, again) <= width - 2 * kPad;
  const float height =
      text_height + 3 * 12 + kControlHeight * (beside ? 1.0f : 2.0f) + (beside ? 0.0f : 8.0f);
  const ImRect rect(at, {at.x + width, at.y + height});
  panel(ui, rect);
  ui.list()->AddRectFilled(rect.Min, {rect.Min.x + 4, rect.Max.y}, ui.tone(Tone::warning), 2);
  ui.paragraph({at.x + kPad, at.y + 12}, width - 2 * kPad, style::body, Tone::text, text);
  ui.record("train.diverged", {at, {at.x + width, at.y + 12 + text_height}}, Role::text, text,
            text);
  ImVec2 pen{at.x + kPad, at.y + 24 + text_height};
  if (button(ui, "train.diverged.back", pen, back, primary)) {
    view_.later([this] { model_.restore_last_finite(); });
  }
  if (beside) pen.x += first + 8;
  if (!beside) pen.y += kControlHeight + 8;
  if (button(ui, "train.diverged.again", pen, again)) {
    view_.later([this] {
      model_.edit([](Experiment& e) { e.training.optimizer.learning_rate /= 3; });
      model_.restart();
      model_.play(true);
    });
  }
  return height;
}

}  // namespace lab
