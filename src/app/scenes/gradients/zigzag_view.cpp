#include "app/scenes/gradients/zigzag_view.h"

#include <algorithm>
#include <cmath>

#include "app/plot/field_image.h"
#include "app/plot/figure_buttons.h"
#include "app/plot/screen_canvas.h"
#include "app/training/play_controls.h"
#include "app/ui/number.h"
#include "core/activation/activation.h"

namespace lab {
namespace {

constexpr int kStepsPerSecond = 30;
constexpr int kShown = 400;  // steps that play by themselves
constexpr float kLeft = 34, kBottom = 24;
constexpr double kLevels[] = {0.01, 0.03, 0.1, 0.3, 1, 2, 4, 8};

}  // namespace

ZigzagView::ZigzagView() {
  restart();
}

void ZigzagView::restart() {
  sides_.clear();
  playing_ = false;
  for (const std::string_view activation : {"sigmoid", "tanh"}) {
    Side& side = sides_.emplace_back(Side{Zigzag(activation, rate_), {}, {}});
    const auto weight = [](int i) { return Zigzag::kExtent * (2.0 * i / (kGrid - 1) - 1); };
    for (const double level : kLevels) {
      std::vector<float> values;
      for (int row = 0; row < kGrid; ++row) {
        for (int column = 0; column < kGrid; ++column) {
          values.push_back(
              static_cast<float>(side.neuron.loss(weight(column), weight(row)) - level));
        }
      }
      for (const FieldSegment& piece : field_border({kGrid, kGrid, 1, values}, 0)) {
        side.contours.push_back({piece.from, piece.to});
      }
    }
  }
}

void ZigzagView::set_rate(double rate) {
  rate_ = rate;
  restart();
}

void ZigzagView::advance(double now) {
  if (!playing_) return;
  const int64_t steps = pace_.due(now, kStepsPerSecond);
  pace_.took(steps, kStepsPerSecond);
  for (Side& side : sides_) side.neuron.step(static_cast<int>(steps));
  if (sides_[0].neuron.path().size() > kShown) playing_ = false;
}

float ZigzagView::draw(Ui& ui, Platform& platform, ImVec2 at, float width, GradientsView& view) {
  const float top = at.y;
  at.y +=
      ui.paragraph(at, std::min(width, 680.0f), style::body, Tone::text, ui.tr(Str::zigzag_lead)) +
      12;
  at.y += draw_bar(ui, at, width, view) + 16;
  const bool narrow = width < 640;
  const float side = narrow ? width : std::min((width - 40) / 2, 460.0f);
  float height = 0;
  for (size_t i = 0; i < sides_.size(); ++i) {
    const auto index = static_cast<float>(i);
    const ImVec2 corner =
        narrow ? ImVec2{at.x, at.y + height} : ImVec2{at.x + index * (side + 40), at.y};
    const float used = draw_side(ui, sides_[i], corner, side);
    height = narrow ? height + used + 20 : std::max(height, used);
  }
  at.y += height + 12;
  ButtonRow row(ui, at, width);
  figure_buttons(row, ui, platform, "zigzag.save", figure(ui));
  return at.y + row.height() - top;
}

Figure ZigzagView::figure(const Ui& ui) const {
  const ImRect &first = sides_[0].axes.rect, &last = sides_[1].axes.rect;
  return {"zigzag",
          Str::gradients_picture_zigzag,
          "details",
          {{first.Min.x - kLeft - 4, first.Min.y - 30}, {last.Max.x + 8, last.Max.y + kBottom + 4}},
          [this, &ui](Canvas& canvas) { paint(ui, canvas); }};
}

void ZigzagView::show() {
  if (sides_[0].neuron.path().size() > 1) return;
  for (Side& side : sides_) side.neuron.step(kShown);
}

float ZigzagView::draw_bar(Ui& ui, ImVec2 at, float width, GradientsView& view) {
  const float left = at.x, top = at.y;
  const bool playing = playing_;
  if (play_button(ui, "zigzag.play", at, playing)) {
    view.later([this, playing] {
      if (!playing && sides_[0].neuron.path().size() > kShown) restart();
      playing_ = !playing;
      pace_.start();
    });
  }
  at.x += kPlayButton + 8;
  const auto tool = [&](std::string_view id, Icon icon, Str text) {
    const ImRect square(at, {at.x + kPlayTool, at.y + kPlayTool});
    at.x += kPlayTool + 2;
    return icon_button(ui, id, square, icon, ui.tr(text));
  };
  if (tool("zigzag.step", Icon::step, Str::zigzag_step)) {
    view.later([this] {
      playing_ = false;
      for (Side& side : sides_) side.neuron.step(1);
    });
  }
  if (tool("zigzag.reset", Icon::reset, Str::train_reset)) {
    view.later([this] { restart(); });
  }
  at.x += 14;
  if (at.x + 180 > left + width) at = {left, at.y + kPlayTool + 12};
  const std::string shown = "η = " + number_text(rate_, 3);
  ui.text({at.x + 8, at.y - 2}, style::caption, Tone::muted, shown);
  const DragResult drag = slider(ui, "zigzag.rate", {{at.x, at.y + 16}, {at.x + 180, at.y + 38}},
                                 ui.tr(Str::gradients_dial), static_cast<float>(rate_),
                                 static_cast<float>(kSlowest), static_cast<float>(kFastest));
  const double next = std::round(static_cast<double>(drag.value) * 100) / 100;
  if (next != rate_) {
    view.later([this, next] { set_rate(next); });
  }
  return at.y + kPlayTool + 4 - top;
}

float ZigzagView::draw_side(Ui& ui, Side& side, ImVec2 at, float width) {
  const float top = at.y;
  at.y += 26;
  const float length = width - kLeft - 4;
  side.axes.rect = {{at.x + kLeft, at.y}, {at.x + kLeft + length, at.y + length}};
  side.axes.x = side.axes.y = {-Zigzag::kExtent, Zigzag::kExtent};
  ScreenCanvas canvas(ui.list(), ui.type());
  paint_side(ui, canvas, side);
  at.y = side.axes.rect.Max.y + kBottom + 4;
  const Zigzag& neuron = side.neuron;
  const auto steps = neuron.path().size() - 1;
  const std::string share = number_text(std::round(1000 * neuron.same_direction()) / 10, 4);
  std::string text = ui.tr(Str::zigzag_same, {std::to_string(steps), share});
  text += ui.language == Language::en ? " " : "";
  text += neuron.arrived() < 0 ? std::string(ui.tr(Str::zigzag_under_way))
                               : ui.tr(Str::zigzag_arrived, {std::to_string(neuron.arrived())});
  const std::string id = "zigzag." + std::string(neuron.activation());
  ui.record(id, side.axes.rect, Role::image, text, share);
  const float height = ui.paragraph({at.x + kLeft, at.y}, length, style::body, Tone::text, text);
  return at.y + std::max(height, 2 * ui.line_height(style::body)) - top;
}

void ZigzagView::paint(const Ui& ui, Canvas& canvas) const {
  for (const Side& side : sides_) paint_side(ui, canvas, side);
}

void ZigzagView::paint_side(const Ui& ui, Canvas& canvas, const Side& side) const {
  const ImRect& rect = side.axes.rect;
  const std::string_view name = find_activation(side.neuron.activation())->name.in(ui.language);
  canvas.text({rect.Min.x, rect.Min.y - 14}, style::strong, ui.tone(Tone::text),
              ui.tr(Str::zigzag_behind, {name}));
  const ImU32 ink = ui.tone(Tone::muted);
  canvas.begin_clip(rect.Min, rect.Max);
  for (const auto& piece : side.contours) {
    const auto at = [&](ImVec2 share) {
      return ImVec2{rect.Min.x + share.x * rect.GetWidth(),
                    rect.Max.y - share.y * rect.GetHeight()};
    };
    canvas.line(at(piece[0]), at(piece[1]), {faded(ink, 0.45f), 1});
  }
  std::vector<ImVec2> places;
  for (const Zigzag::Weights& w : side.neuron.path()) places.push_back(side.axes.place(w.w1, w.w2));
  const ImU32 colour = series_colour(ui.theme, side.neuron.activation() == "tanh" ? 0 : 1);
  if (places.size() > 1) canvas.polyline(places, {colour, 1.75f});
  if (places.size() < 120) {
    for (const ImVec2& place : places) canvas.dot(place, 2, colour);
  }
  canvas.dot(places.front(), 4, ui.tone(Tone::raised), 2, colour);
  canvas.dot(places.back(), 5, colour);
  const ImVec2 goal = side.axes.place(Zigzag::kTarget[0], Zigzag::kTarget[1]);
  canvas.line({goal.x - 6, goal.y}, {goal.x + 6, goal.y}, {ui.tone(Tone::text), 2});
  canvas.line({goal.x, goal.y - 6}, {goal.x, goal.y + 6}, {ui.tone(Tone::text), 2});
  canvas.end_clip();
  for (const Tick& tick : linear_ticks(side.axes.x, rect.GetWidth(), 64)) {
    const float x = side.axes.screen_x(tick.value), y = side.axes.screen_y(tick.value);
    canvas.line({x, rect.Max.y}, {x, rect.Max.y + 4}, {ink, 1});
    canvas.text({x, rect.Max.y + 14}, style::caption, ink, tick.label, 0.5f);
    canvas.line({rect.Min.x - 4, y}, {rect.Min.x, y}, {ink, 1});
    canvas.text({rect.Min.x - 7, y}, style::caption, ink, tick.label, 1);
  }
  const ImVec2 frame[] = {
      rect.Min, {rect.Max.x, rect.Min.y}, rect.Max, {rect.Min.x, rect.Max.y}, rect.Min};
  canvas.polyline(frame, {ui.tone(Tone::line), 1});
}

void ZigzagView::write_state(JsonWriter& json) const {
  json.begin_object().member("rate", rate_).member("playing", playing_);
  json.member("steps", sides_[0].neuron.path().size() - 1);
  for (const Side& side : sides_) {
    const Zigzag::Weights& w = side.neuron.path().back();
    json.key(side.neuron.activation()).begin_object().member("w1", w.w1).member("w2", w.w2);
    json.member("sameDirection", side.neuron.same_direction()).end_object();
  }
  json.end_object();
}

}  // namespace lab
