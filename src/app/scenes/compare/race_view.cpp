#include "app/scenes/compare/race_view.h"

#include <algorithm>
#include <cmath>

#include "app/plot/end_labels.h"
#include "app/plot/log_axis.h"
#include "app/plot/screen_canvas.h"
#include "app/training/shown_metrics.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"
#include "core/text_number.h"

namespace lab {
namespace {

constexpr float kLeft = 46, kBottom = 24, kTop = 8;
constexpr double kLeastExponent = -8;

}  // namespace

double RaceView::value_of(const Metrics& m) const {
  if (view_.curve == CompareCurve::accuracy) return 100 * shown_accuracy(m);
  const double loss = shown_loss(m);
  return logarithmic() && std::isfinite(loss) ? exponent_of(loss, kLeastExponent) : loss;
}

void RaceView::lay_out() {
  double most = logarithmic() ? -8 : 0, least = 8, last = 1;
  for (const CompareRun& run : model_.runs()) {
    // What a run that diverges begins with is what the axis is for.
    const double bound = 4 * std::max(shown_loss(run.curve.points().front()), 0.05);
    const double limit = logarithmic() ? std::log10(bound) : bound;
    for (const Metrics& m : run.curve.points()) {
      last = std::max(last, static_cast<double>(m.step));
      const double value = value_of(m);
      if (!std::isfinite(value)) continue;
      most = std::max(most, std::min(value, limit));
      least = std::min(least, value);
    }
  }
  axes_.x = {0, std::max(last / static_cast<double>(model_.per_epoch()), 10.0)};
  if (view_.curve == CompareCurve::accuracy) {
    axes_.y = {0, 104};
  } else if (logarithmic()) {
    axes_.y = {std::floor(least - 0.05), std::max(std::ceil(most + 0.05), std::floor(least) + 1)};
  } else {
    axes_.y = {0, std::max(most * 1.08, 1e-6)};
  }
}

float RaceView::draw(Ui& ui, ImVec2 at, float width) {
  const Choice kinds[] = {{"loss", ui.tr(Str::compare_test_loss)},
                          {"log", ui.tr(Str::compare_log_loss)},
                          {"accuracy", ui.tr(Str::train_curve_accuracy)}};
  view_.curve = static_cast<CompareCurve>(
      segmented(ui, "compare.curve.of", at, kinds, static_cast<size_t>(view_.curve)));
  const float height = width < 640 ? 240.0f : 280.0f;
  const float top = at.y;
  at.y += kControlHeight + 8;
  float names = 40;
  for (const CompareRun& run : model_.runs()) {
    const std::string name = value_name(ui.language, model_.document().varied, run.value);
    names = std::max(names, ui.type().width(style::caption_strong, name));
  }
  right_ = at.x + width;
  axes_.rect = {{at.x + kLeft, at.y + kTop},
                {right_ - std::min(names, width / 3) - 14, at.y + height - kBottom}};
  lay_out();
  const Interaction state =
      ui.interact("compare.curves", axes_.rect, Role::image, ui.tr(Str::compare_curves));
  ui.focus_ring(axes_.rect, 2);
  if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Arrow);
  ScreenCanvas canvas(ui.list(), ui.type());
  paint(ui, canvas);
  if (model_.step() == 0) {
    const std::string_view text = ui.tr(Str::compare_curves_empty);
    const float room = axes_.rect.GetWidth() - 32;
    const float needed = std::min(ui.type().width(style::body, text) + 1, room);
    ui.paragraph({axes_.rect.GetCenter().x - needed / 2, axes_.rect.GetCenter().y - 12}, needed,
                 style::body, Tone::muted, text);
  } else if (state.hovered) {
    read_off(ui);
  }
  return at.y + height - top;
}

ImRect RaceView::picture() const {
  return {{axes_.rect.Min.x - kLeft - 4, axes_.rect.Min.y - kTop - 6},
          {right_ + 4, axes_.rect.Max.y + kBottom + 4}};
}

void RaceView::paint(const Ui& ui, Canvas& canvas) const {
  const ImU32 ink = ui.tone(Tone::muted);
  const Stroke grid{faded(ui.tone(Tone::line), 0.7f), 1};
  for (const Tick& tick : linear_ticks(axes_.x, axes_.rect.GetWidth(), 72)) {
    const float x = std::round(axes_.screen_x(tick.value)) + 0.5f;
    canvas.line({x, axes_.rect.Min.y}, {x, axes_.rect.Max.y}, grid);
    canvas.text({x, axes_.rect.Max.y + 13}, style::caption, ink, tick.label, 0.5f);
  }
  const float height = axes_.rect.GetHeight();
  for (const Tick& tick :
       logarithmic() ? decade_ticks(axes_.y, height, 26) : linear_ticks(axes_.y, height, 40)) {
    const float y = std::round(axes_.screen_y(tick.value)) + 0.5f;
    canvas.line({axes_.rect.Min.x, y}, {axes_.rect.Max.x, y}, grid);
    canvas.text({axes_.rect.Min.x - 7, y}, style::caption, ink, tick.label, 1);
  }
  paint_goal(ui, canvas);
  const auto per_epoch = static_cast<double>(model_.per_epoch());
  std::vector<EndLabel> labels;
  canvas.begin_clip({axes_.rect.Min.x, axes_.rect.Min.y - 2},
                    {axes_.rect.Max.x + 4, axes_.rect.Max.y + 2});
  for (const CompareRun& run : model_.runs()) {
    const ImU32 colour = series_colour(ui.theme, run.colour);
    std::vector<ImVec2> places;
    for (const Metrics& m : run.curve.points()) {
      const double value = value_of(m);
      if (!std::isfinite(value)) continue;
      const ImVec2 at = axes_.place(static_cast<double>(m.step) / per_epoch, value);
      if (places.empty() || std::fabs(at.x - places.back().x) > 0.4f ||
          std::fabs(at.y - places.back().y) > 0.4f) {
        places.push_back(at);
      }
    }
    if (places.empty()) continue;
    if (places.size() > 1) canvas.polyline(places, {colour, 2});
    canvas.dot(places.back(), 3, colour);
    const float y = std::clamp(places.back().y, axes_.rect.Min.y, axes_.rect.Max.y);
    labels.push_back({{places.back().x, y},
                      ui.type().fit(style::caption_strong, right_ - axes_.rect.Max.x - 10,
                                    value_name(ui.language, model_.document().varied, run.value)),
                      colour});
  }
  canvas.end_clip();
  if (model_.step() == 0) return;
  float end = axes_.rect.Min.x;
  for (const EndLabel& label : labels) end = std::max(end, label.end.x);
  draw_end_labels(canvas, std::move(labels), end + 10, axes_.rect.Min.y - 4, axes_.rect.Max.y + 4);
}

// Where the goal lies, if the curves are of what it asks for.
void RaceView::paint_goal(const Ui& ui, Canvas& canvas) const {
  const bool of_values = std::isnan(model_.runs().front().metrics.train_accuracy);
  if (of_values == (view_.curve == CompareCurve::accuracy)) return;
  const CompareGoal& goal = model_.document().goal;
  double value = of_values ? goal.loss : 100 * goal.accuracy;
  if (logarithmic()) value = exponent_of(value, kLeastExponent);
  if (value < axes_.y.min || value > axes_.y.max) return;
  const float y = axes_.screen_y(value);
  const ImVec2 ends[] = {{axes_.rect.Min.x, y}, {axes_.rect.Max.x, y}};
  canvas.polyline(ends, {ui.tone(Tone::good), 1.5f, true});
}

void RaceView::read_off(Ui& ui) {
  const float mouse = ImGui::GetIO().MousePos.x;
  const auto per_epoch = static_cast<double>(model_.per_epoch());
  const auto step = static_cast<int64_t>(std::llround(axes_.plane_x(mouse) * per_epoch));
  const Metrics& at = model_.runs().front().curve.nearest(step);
  const float x = axes_.screen_x(static_cast<double>(at.step) / per_epoch);
  ui.list()->AddLine({x, axes_.rect.Min.y}, {x, axes_.rect.Max.y}, ui.tone(Tone::text), 1);
  std::string text =
      ui.tr(Str::train_epoch_at, {std::to_string(at.epoch), std::to_string(at.step)});
  for (const CompareRun& run : model_.runs()) {
    const Metrics& m = run.curve.nearest(at.step);
    text += "\n" + value_name(ui.language, model_.document().varied, run.value) + "  ";
    text += view_.curve == CompareCurve::accuracy ? share_text(shown_accuracy(m))
                                                  : number_text(shown_loss(m));
  }
  ui.hint({x, axes_.rect.Max.y + 10}, text);
}

std::string RaceView::csv() const {
  std::string text(row_of(model_.document().varied).head);
  text += ",step,epoch,train_loss,test_loss,train_accuracy,test_accuracy\n";
  for (const CompareRun& run : model_.runs()) {
    for (const Metrics& m : run.curve.points()) {
      text += run.value + "," + std::to_string(m.step) + "," + std::to_string(m.epoch);
      for (const double v : {m.train_loss, m.test_loss, m.train_accuracy, m.test_accuracy}) {
        text += "," + (std::isnan(v) ? std::string() : compact_text(v));
      }
      text += "\n";
    }
  }
  return text;
}

}  // namespace lab
