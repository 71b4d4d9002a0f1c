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
  const float cell_side = std::min(kCell, (width - 40) / static_cast<float>(n + 1));
  at.y += ui.line_height(style::caption);
  const float side = cell_side * static_cast<float>(n + 1);
  matrix_ = {at, {at.x + side, at.y + side}};
  ScreenCanvas canvas(ui.list(), ui.type());
  paint(ui, canvas);
  for (size_t row = 0; row < n; ++row) {
    for (size_t column = 0; column < n; ++column) {
      ui.record("train.confusion." + std::to_string(row) + "." + std::to_string(column),
                cell(row, column), Role::text,
                ui.tr(Str::train_confusion_cell, {std::to_string(row), std::to_string(column)}),
                std::to_string(confusion_.counts[row * n + column]));
    }
  }
  at.y = matrix_.Max.y + 4 + ui.line_height(style::caption);
  return at.y - top;
}

ImRect ResultsView::cell(size_t row, size_t column) const {
  const float side = matrix_.GetWidth() / static_cast<float>(confusion_.classes + 1);
  const ImVec2 corner{matrix_.Min.x + side * static_cast<float>(column + 1),
                      matrix_.Min.y + side * static_cast<float>(row + 1)};
  return {{corner.x + 1, corner.y + 1}, {corner.x + side - 1, corner.y + side - 1}};
}

ImRect ResultsView::picture() const {
  if (confusion_.classes == 0) return {};
  return {{matrix_.Min.x - 8, matrix_.Min.y - 52},
          {std::max(matrix_.Max.x + 8, matrix_.Min.x + 200), matrix_.Max.y + 28}};
}

void ResultsView::paint_figure(const Ui& ui, Canvas& canvas) const {
  const std::string title = std::string(ui.tr(Str::train_confusion)) + " · " +
                            std::string(ui.tr(seen_test_ ? Str::train_test_set
                                                         : Str::train_train_set));
  canvas.text({matrix_.Min.x, matrix_.Min.y - 36}, style::strong, ui.tone(Tone::text), title);
  paint(ui, canvas);
}

// Actual classes downwards, predicted ones across; the stronger the colour, the larger the share of
// its row.
void ResultsView::paint(const Ui& ui, Canvas& canvas) const {
  const size_t n = confusion_.classes;
  const float line = ui.line_height(style::caption);
  const ImU32 quiet = ui.tone(Tone::muted);
  canvas.text({cell(0, 0).Min.x - 1, matrix_.Min.y - line / 2}, style::caption, quiet,
              ui.tr(Str::train_predicted));
  canvas.text({matrix_.Min.x, matrix_.Max.y + 4 + line / 2}, style::caption, quiet,
              ui.tr(Str::train_actual));
  for (size_t row = 0; row < n; ++row) {
    const ImVec2 beside{matrix_.Min.x + matrix_.GetWidth() / static_cast<float>(2 * n + 2),
                        cell(row, 0).GetCenter().y};
    const ImVec2 above{cell(0, row).GetCenter().x,
                       matrix_.Min.y + matrix_.GetWidth() / static_cast<float>(2 * n + 2)};
    for (const ImVec2 at : {beside, above}) {
      draw_marker(canvas, row, at, 6, class_colour(ui.theme, row), 0);
    }
    size_t sum = 0;
    for (size_t column = 0; column < n; ++column) sum += confusion_.counts[row * n + column];
    for (size_t column = 0; column < n; ++column) {
      const size_t count = confusion_.counts[row * n + column];
      const float share = sum > 0 ? static_cast<float>(count) / static_cast<float>(sum) : 0;
      const ImRect rect = cell(row, column);
      canvas.fill_rect(rect.Min, rect.Max, ui.tone(Tone::surface), 6);
      const Tone ink = row == column ? Tone::good : Tone::warning;
      canvas.fill_rect(rect.Min, rect.Max, faded(ui.tone(ink), 0.35f * share), 6);
      canvas.text(rect.GetCenter(), style::body, ui.tone(count > 0 ? Tone::text : Tone::muted),
                  std::to_string(count), 0.5f);
    }
  }
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
