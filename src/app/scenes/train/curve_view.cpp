#include "app/scenes/train/curve_view.h"

#include <algorithm>
#include <cmath>

#include "app/plot/screen_canvas.h"
#include "app/ui/number.h"
#include "app/ui/steps.h"
#include "app/ui/widgets.h"
#include "core/text_number.h"

namespace lab {
namespace {

constexpr float kLeft = 44, kBottom = 22, kTop = 6;
constexpr float kNameGap = 8, kNameHeight = 15;
constexpr size_t kNamedFrom = 8;  // points of a curve

// The two curves, the one in front last.
struct Curve {
  bool test;
  Tone tone;
  Str name;
  float width;
};
constexpr std::array kCurves = {Curve{true, Tone::accent, Str::train_test, 2},
                                Curve{false, Tone::muted, Str::train_training, 1.5f}};
constexpr double kLeastLoss = 1e-8;  // on a logarithmic axis

}  // namespace

// Every kept step can be gone back to; training goes on from there.
float CurveView::draw_timeline(Ui& ui, ImVec2 at, float width) {
  Trainer& trainer = model_.trainer();
  const std::vector<int64_t> kept = trainer.kept_steps();
  const int64_t last = std::max<int64_t>(kept.back(), 1), now = trainer.steps();
  const ImRect rect(at, {at.x + width, at.y + 28});
  const Interaction state =
      ui.interact("train.timeline", rect, Role::slider, ui.tr(Str::train_timeline));
  ui.last_control().value = std::to_string(now);
  record_range(ui, 0, static_cast<float>(last));
  constexpr float knob = 8;
  const float left = at.x + knob, room = width - 2 * knob;
  const auto place = [&](int64_t step) {
    return left + room * static_cast<float>(static_cast<double>(step) / static_cast<double>(last));
  };
  const auto nearest = [&](double wanted) {
    return *std::ranges::min_element(
        kept, {}, [&](int64_t step) { return std::fabs(static_cast<double>(step) - wanted); });
  };
  std::optional<int64_t> target;
  if (state.held) {
    const double share = static_cast<double>((ImGui::GetIO().MousePos.x - left) / room);
    target = nearest(std::clamp(share, 0.0, 1.0) * static_cast<double>(last));
  } else if (const float steps = state.focused ? key_steps(item_id("train.timeline")) : 0;
             steps != 0) {
    const auto here = static_cast<float>(std::ranges::lower_bound(kept, now) - kept.begin());
    const float index = std::clamp(here + steps, 0.0f, static_cast<float>(kept.size() - 1));
    target = kept[static_cast<size_t>(index)];
  }
  if (const auto set = number_set(ui, "train.timeline", 0, static_cast<float>(last))) {
    target = nearest(static_cast<double>(*set));
  }
  if (target && *target != now) view_.later([this, step = *target] { model_.go_to(step); });

  const float middle = rect.GetCenter().y;
  ImDrawList* list = ui.list();
  list->AddRectFilled({left, middle - 2}, {left + room, middle + 2}, ui.tone(Tone::line), 2);
  list->AddRectFilled({left, middle - 2}, {place(now), middle + 2}, ui.tone(Tone::accent), 2);
  if (kept.size() < static_cast<size_t>(room / 4)) {
    for (const int64_t step : kept) {
      list->AddRectFilled({place(step) - 0.5f, middle + 6}, {place(step) + 0.5f, middle + 9},
                          ui.tone(Tone::muted));
    }
  }
  list->AddCircleFilled({place(now), middle}, knob - 1, ui.tone(Tone::accent));
  list->AddCircleFilled({place(now), middle}, 3.5f, ui.tone(Tone::raised));
  ui.focus_ring({{place(now) - knob, middle - knob}, {place(now) + knob, middle + knob}}, knob);
  return 28;
}

ImRect CurveView::picture() const {
  return {{axes_.rect.Min.x - kLeft, axes_.rect.Min.y - kTop - 4},
          {right_, axes_.rect.Max.y + kBottom}};
}

double CurveView::value_of(const Metrics& m, bool test) const {
  if (view_.curve == CurveKind::accuracy) return 100 * (test ? m.test_accuracy : m.train_accuracy);
  const double loss = test ? m.test_loss : m.train_loss;
  return logarithmic() ? std::log10(std::max(loss, kLeastLoss)) : loss;
}

// The axes hold all of both branches; upper ends are round so that they seldom change.
void CurveView::lay_out() {
  double most = logarithmic() ? -8 : 0, least = logarithmic() ? 8 : 0;
  double last = 1;
  for (const auto* points : {&model_.history().points(), &model_.history().left_branch()}) {
    for (const Metrics& m : *points) {
      last = std::max(last, static_cast<double>(m.step));
      for (const bool test : {false, true}) {
        const double value = value_of(m, test);
        if (!std::isfinite(value)) continue;
        most = std::max(most, value);
        least = std::min(least, value);
      }
    }
  }
  const auto per_epoch =
      static_cast<double>(std::max<int64_t>(model_.trainer().steps_per_epoch(), 1));
  axes_.x = {0, std::max(last / per_epoch, 10.0)};
  if (view_.curve == CurveKind::accuracy) {
    axes_.y = {0, 104};
  } else if (logarithmic()) {
    axes_.y = {std::floor(least - 0.05), std::max(std::ceil(most + 0.05), std::floor(least) + 1)};
  } else {
    axes_.y = {0, std::max(most * 1.08, 1e-6)};
  }
}

float CurveView::draw_curve(Ui& ui, ImVec2 at, float width, float height) {
  const Choice kinds[] = {{"loss", ui.tr(Str::train_curve_loss)},
                          {"log", ui.tr(Str::train_curve_log)},
                          {"accuracy", ui.tr(Str::train_curve_accuracy)}};
  view_.curve = static_cast<CurveKind>(
      segmented(ui, "train.curve.of", at, kinds, static_cast<size_t>(view_.curve)));
  at.y += kControlHeight + 4;
  axes_.rect = {{at.x + kLeft, at.y + kTop},
                {at.x + width - name_room(ui), at.y + height - kBottom}};
  right_ = at.x + width;
  lay_out();
  const Metrics& now = model_.metrics();
  const Interaction state =
      ui.interact("train.curve", axes_.rect, Role::image, ui.tr(Str::train_curve));
  ui.last_control().value =
      ui.tr(Str::train_curve_value, {number_text(now.train_loss), number_text(now.test_loss)});
  ui.focus_ring(axes_.rect, 2);
  if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Arrow);
  ScreenCanvas canvas(ui.list(), ui.type());
  paint(ui, canvas);
  if (state.hovered) read_off(ui);
  return height + kControlHeight + 4;
}

void CurveView::paint(const Ui& ui, Canvas& canvas) const {
  const ImU32 ink = ui.tone(Tone::muted);
  const Stroke grid{faded(ui.tone(Tone::line), 0.7f), 1};
  for (const Tick& tick : linear_ticks(axes_.x, axes_.rect.GetWidth(), 72)) {
    const float x = std::round(axes_.screen_x(tick.value)) + 0.5f;
    canvas.line({x, axes_.rect.Min.y}, {x, axes_.rect.Max.y}, grid);
    canvas.text({x, axes_.rect.Max.y + 12}, style::caption, ink, tick.label, 0.5f);
  }
  for (const Tick& tick : linear_ticks(axes_.y, axes_.rect.GetHeight(), 34)) {
    if (logarithmic() && tick.value != std::round(tick.value)) continue;
    const float y = std::round(axes_.screen_y(tick.value)) + 0.5f;
    canvas.line({axes_.rect.Min.x, y}, {axes_.rect.Max.x, y}, grid);
    const std::string label =
        logarithmic() ? number_text(std::pow(10.0, tick.value), 3) : tick.label;
    canvas.text({axes_.rect.Min.x - 7, y}, style::caption, ink, label, 1);
  }
  canvas.begin_clip({axes_.rect.Min.x, axes_.rect.Min.y - 2},
                    {axes_.rect.Max.x + 4, axes_.rect.Max.y + 2});
  paint_branch(ui, canvas, model_.history().left_branch(), 0.35f);
  const Ends ends = paint_branch(ui, canvas, model_.history().points(), 1);
  canvas.end_clip();
  if (model_.history().points().size() >= kNamedFrom) paint_names(ui, canvas, ends);
}

// Room beside the plot for the curves' names.
float CurveView::name_room(const Ui& ui) const {
  float room = 0;
  for (const Curve& curve : kCurves) {
    room = std::max(room, ui.type().width(style::caption_strong, ui.tr(curve.name)));
  }
  return std::ceil(room) + kNameGap + 4;
}

// Each name stands behind its curve's end, and the two clear of one another.
void CurveView::paint_names(const Ui& ui, Canvas& canvas, const Ends& ends) const {
  std::array<std::optional<float>, 2> places;
  for (size_t i = 0; i < ends.size(); ++i) {
    if (ends[i]) places[i] = ends[i]->y;
  }
  const float top = axes_.rect.Min.y + kNameHeight / 2;
  const float bottom = axes_.rect.Max.y - kNameHeight / 2;
  if (places[0] && places[1] && std::fabs(*places[0] - *places[1]) < kNameHeight) {
    const float middle =
        std::clamp((*places[0] + *places[1]) / 2, top + kNameHeight / 2, bottom - kNameHeight / 2);
    const float lower = *places[0] > *places[1] ? 1.0f : -1.0f;
    places = {middle + lower * kNameHeight / 2, middle - lower * kNameHeight / 2};
  }
  for (size_t i = 0; i < ends.size(); ++i) {
    if (!places[i]) continue;
    canvas.text({ends[i]->x + kNameGap, std::clamp(*places[i], top, bottom)}, style::caption_strong,
                ui.tone(kCurves[i].tone), ui.tr(kCurves[i].name));
  }
}

// Where the curves end, in the order of kCurves.
CurveView::Ends CurveView::paint_branch(const Ui& ui, Canvas& canvas,
                                        const std::vector<Metrics>& points, float opacity) const {
  Ends ends;
  const auto per_epoch =
      static_cast<double>(std::max<int64_t>(model_.trainer().steps_per_epoch(), 1));
  for (size_t i = 0; i < kCurves.size(); ++i) {
    const Curve& curve = kCurves[i];
    std::vector<ImVec2> places;
    for (const Metrics& m : points) {
      const double value = value_of(m, curve.test);
      if (!std::isfinite(value)) continue;
      const double x = static_cast<double>(m.step) / per_epoch;
      const ImVec2 at = axes_.place(x, value);
      if (places.empty() || std::fabs(at.x - places.back().x) > 0.4f ||
          std::fabs(at.y - places.back().y) > 0.4f) {
        places.push_back(at);
      }
    }
    if (places.empty()) continue;
    const ImU32 colour = faded(ui.tone(curve.tone), opacity);
    if (places.size() > 1) canvas.polyline(places, {colour, curve.width});
    canvas.dot(places.back(), 3, colour);
    ends[i] = places.back();
  }
  return ends;
}

void CurveView::read_off(Ui& ui) {
  const float mouse = ImGui::GetIO().MousePos.x;
  const auto per_epoch =
      static_cast<double>(std::max<int64_t>(model_.trainer().steps_per_epoch(), 1));
  const Metrics& m = model_.history().nearest(
      static_cast<int64_t>(std::llround(axes_.plane_x(mouse) * per_epoch)));
  const float x = axes_.screen_x(static_cast<double>(m.step) / per_epoch);
  ui.list()->AddLine({x, axes_.rect.Min.y}, {x, axes_.rect.Max.y}, ui.tone(Tone::text), 1);
  std::string text =
      ui.tr(Str::train_epoch_at, {std::to_string(m.epoch), std::to_string(m.step)}) + "\n" +
      ui.tr(Str::train_curve_value, {number_text(m.train_loss), number_text(m.test_loss)});
  if (!std::isnan(m.train_accuracy)) {
    text += "\n" + ui.tr(Str::train_accuracy_value, {number_text(100 * m.train_accuracy, 3),
                                                     number_text(100 * m.test_accuracy, 3)});
  }
  ui.hint({x, axes_.rect.Max.y + 10}, text);
}

std::string CurveView::csv() const {
  std::string text = "step,epoch,train_loss,test_loss,train_accuracy,test_accuracy\n";
  for (const Metrics& m : model_.history().points()) {
    text += std::to_string(m.step) + "," + std::to_string(m.epoch);
    for (const double value : {m.train_loss, m.test_loss, m.train_accuracy, m.test_accuracy}) {
      text += "," + (std::isnan(value) ? std::string() : compact_text(value));
    }
    text += "\n";
  }
  return text;
}

}  // namespace lab
