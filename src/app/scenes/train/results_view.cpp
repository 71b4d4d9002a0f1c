#include "app/scenes/train/results_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/plot/markers.h"
#include "app/plot/screen_canvas.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kCell = 44, kGap = 48, kRow = 30;

}  // namespace

void ResultsView::look() {
  const bool tests = model_.trainer().samples().train_count < model_.trainer().samples().count;
  const bool test = of_test_ && tests;
  if (seen_ == model_.revision() && seen_test_ == test) return;
  seen_ = model_.revision();
  seen_test_ = test;
  confusion_ = model_.trainer().confusion(test);
  layers_ = model_.trainer().layer_stats();
}

float ResultsView::draw(Ui& ui, ImVec2 at, float width) {
  look();
  const float first = kCell * static_cast<float>(confusion_.classes + 1) + 90;
  const float needed = std::max(first, 300.0f);
  if (confusion_.classes == 0) return draw_layers(ui, at, width);
  if (needed + kGap + 460 > width) {
    const float height = draw_confusion(ui, at, width) + 24;
    return height + draw_layers(ui, {at.x, at.y + height}, width);
  }
  const float left = draw_confusion(ui, at, needed);
  return std::max(left, draw_layers(ui, {at.x + needed + kGap, at.y}, width - needed - kGap));
}

float ResultsView::draw_confusion(Ui& ui, ImVec2 at, float width) {
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::strong, Tone::text, ui.tr(Str::train_confusion)) + 8;
  const Choice parts[] = {{"test", ui.tr(Str::train_test_set)},
                          {"train", ui.tr(Str::train_train_set)}};
  of_test_ = segmented(ui, "train.confusion.of", at, parts, of_test_ ? 0 : 1) == 0;
  at.y += kControlHeight + 12;
  const size_t n = confusion_.classes;
  const float cell = std::min(kCell, (width - 40) / static_cast<float>(n + 1));
  const std::string_view predicted = ui.tr(Str::train_predicted), actual = ui.tr(Str::train_actual);
  ui.text({at.x + cell, at.y}, style::caption, Tone::muted, predicted);
  at.y += ui.line_height(style::caption);
  ScreenCanvas canvas(ui.list(), ui.type());
  for (size_t k = 0; k < n; ++k) {
    const float place = cell * static_cast<float>(k + 1) + cell / 2;
    draw_marker(canvas, k, {at.x + place, at.y + cell / 2}, 6, class_colour(ui.theme, k), 0);
    draw_marker(canvas, k, {at.x + cell / 2, at.y + place}, 6, class_colour(ui.theme, k), 0);
  }
  for (size_t row = 0; row < n; ++row) {
    size_t sum = 0;
    for (size_t column = 0; column < n; ++column) sum += confusion_.counts[row * n + column];
    for (size_t column = 0; column < n; ++column) {
      const size_t count = confusion_.counts[row * n + column];
      const float share = sum > 0 ? static_cast<float>(count) / static_cast<float>(sum) : 0;
      const ImVec2 corner{at.x + cell * static_cast<float>(column + 1),
                          at.y + cell * static_cast<float>(row + 1)};
      const ImRect rect({corner.x + 1, corner.y + 1}, {corner.x + cell - 1, corner.y + cell - 1});
      ui.list()->AddRectFilled(rect.Min, rect.Max, ui.tone(Tone::surface), 6);
      const Tone ink = row == column ? Tone::good : Tone::warning;
      ui.list()->AddRectFilled(rect.Min, rect.Max, faded(ui.tone(ink), 0.35f * share), 6);
      const std::string text = std::to_string(count);
      const float text_width = ui.type().width(style::body, text);
      ui.type().draw_middle(ui.list(), {rect.GetCenter().x - text_width / 2, rect.GetCenter().y},
                            style::body, ui.tone(count > 0 ? Tone::text : Tone::muted), text);
      ui.record(
          "train.confusion." + std::to_string(row) + "." + std::to_string(column), rect, Role::text,
          ui.tr(Str::train_confusion_cell, {std::to_string(row), std::to_string(column)}), text);
    }
  }
  at.y += cell * static_cast<float>(n + 1) + 4;
  at.y += ui.paragraph(at, width, style::caption, Tone::muted, actual);
  return at.y - top;
}

// A row for each layer: its activations, and what reaches it of the gradient.
float ResultsView::draw_layers(Ui& ui, ImVec2 at, float width) const {
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::strong, Tone::text, ui.tr(Str::train_layer_table)) + 8;
  const std::array heads = {Str::train_layer_name, Str::train_layer_mean, Str::train_layer_gradient,
                            Str::train_layer_dead, Str::train_layer_saturated};
  const float column = std::min(width / static_cast<float>(heads.size()), 156.0f);
  const auto cell = [&](size_t index, TextStyle style, Tone tone, std::string_view text) {
    ui.text({at.x + column * static_cast<float>(index), at.y}, style, tone,
            ui.type().fit(style, column - 8, text));
  };
  for (size_t i = 0; i < heads.size(); ++i) cell(i, style::caption, Tone::muted, ui.tr(heads[i]));
  at.y += ui.line_height(style::caption) + 4;
  for (size_t l = 0; l < layers_.size(); ++l) {
    const LayerStats& stats = layers_[l];
    const bool output = l + 1 == layers_.size();
    ui.list()->AddRectFilled({at.x, at.y - 2}, {at.x + width, at.y - 2 + ui.pixel()},
                             ui.tone(Tone::line));
    const std::string name = output ? std::string(ui.tr(Str::train_output))
                                    : ui.tr(Str::train_layer, {std::to_string(l + 1)});
    const auto per_cent = [](double share) {
      return number_text(std::round(1000 * share) / 10, 4) + " %";
    };
    cell(0, style::body, Tone::text, name);
    cell(
        1, style::body, Tone::text,
        number_text(stats.activation.mean, 2) + " ± " + number_text(stats.activation.deviation, 2));
    cell(2, style::body, Tone::text, number_text(stats.gradient_rms, 2));
    cell(3, style::body, stats.dead > 0 && !output ? Tone::warning : Tone::text,
         output ? "–" : std::to_string(stats.dead_units.size()));
    cell(4, style::body, Tone::text, output ? "–" : per_cent(stats.saturated));
    ui.record("train.layer_stats." + std::to_string(l), {at, {at.x + width, at.y + kRow - 6}},
              Role::text, name, number_text(stats.gradient_rms, 2));
    at.y += kRow;
  }
  at.y += ui.paragraph(at, width, style::caption, Tone::muted, ui.tr(Str::train_layer_help));
  return at.y - top;
}

}  // namespace lab
