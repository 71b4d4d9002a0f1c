#include "app/scenes/train/lens_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/plot/screen_canvas.h"
#include "app/scenes/train/weight_editor.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kPlot = 220, kGap = 24;
constexpr size_t kBins = 48;

}  // namespace

float LensView::draw(Ui& ui, ImVec2 at, float width) {
  if (!view_.selected || !TrainView::exists(model_.document(), *view_.selected)) {
    unit_.reset();
    const float height =
        ui.paragraph(at, width, style::body, Tone::muted, ui.tr(Str::train_lens_empty));
    ui.record("train.lens.empty", {at, {at.x + width, at.y + height}}, Role::text,
              ui.tr(Str::train_lens_empty));
    return height;
  }
  const UnitIndex unit = *view_.selected;
  look(unit);
  if (width < 760) {
    const float top = at.y;
    at.y += draw_function(ui, at, width, unit) + kGap;
    at.y += draw_weights(ui, at, width, unit) + kGap;
    at.y += draw_bending(ui, at, std::min(width, 360.0f), unit);
    return at.y - top;
  }
  const float third = (width - 2 * kGap) / 3;
  return std::max({draw_function(ui, at, third, unit),
                   draw_weights(ui, {at.x + third + kGap, at.y}, third, unit),
                   draw_bending(ui, {at.x + 2 * (third + kGap), at.y}, third, unit)});
}

void LensView::look(UnitIndex unit) {
  if (seen_ == model_.revision() && unit_ == unit) return;
  seen_ = model_.revision();
  unit_ = unit;
  const std::vector<train::LayerTrace> traces = model_.trainer().trace();
  const size_t count = model_.trainer().samples().train_count;
  const auto part = [&](const std::vector<double>& values) {
    return std::span(values).subspan(unit.unit * count, count);
  };
  const auto z = part(traces[unit.layer].z), slope = part(traces[unit.layer].slope);
  z_.assign(z.begin(), z.end());
  const auto flat = std::ranges::count_if(
      slope, [](double s) { return std::fabs(s) < static_cast<double>(kSaturatedSlope); });
  flat_ = static_cast<double>(flat) / static_cast<double>(count);
  dead_ = std::ranges::all_of(slope, [](double s) { return s == 0; });
}

// The plot of f and f′ over the range of z. False where that is not finite.
bool LensView::lay_out_function(ImVec2 at, float width) {
  function_.rect = {};
  const train::LayerPlan& layer = model_.trainer().plan().layers[unit_->layer];
  const auto [least, most] = std::ranges::minmax(z_);
  const double reach = std::max({3.0, std::fabs(least) * 1.05, std::fabs(most) * 1.05});
  if (!std::isfinite(reach)) return false;
  const FunctionChoice choice{layer.activation, layer.params};
  Span& y = function_.y;
  function_.x = {-reach, reach};
  y = {-1.2, 1.2};
  for (int i = 0; i <= 100; ++i) {
    const auto x = static_cast<float>(-reach + 2 * reach * i / 100);
    const auto value = static_cast<double>(evaluate(choice, Order::value, x));
    if (std::isfinite(value)) y = {std::min(y.min, value * 1.08), std::max(y.max, value * 1.08)};
  }
  function_.rect = {{at.x + 40, at.y}, {at.x + width - 8, at.y + kPlot}};
  return true;
}

float LensView::draw_function(Ui& ui, ImVec2 at, float width, UnitIndex unit) {
  const float top = at.y;
  const std::string title = ui.tr(Str::train_lens_function,
                                  {std::to_string(unit.unit + 1), std::to_string(unit.layer + 1)});
  at.y += ui.paragraph(at, width, style::strong, Tone::text, title) + 8;
  if (!lay_out_function(at, width)) return at.y - top;
  ScreenCanvas canvas(ui.list(), ui.type());
  paint_function(ui, canvas);
  ui.record("train.lens.function", function_.rect, Role::image, title);
  at.y += kPlot + 26;
  const std::string text = dead_ ? std::string(ui.tr(Str::train_lens_dead))
                                 : ui.tr(Str::train_lens_flat, {number_text(100 * flat_, 3)});
  const float height =
      ui.paragraph(at, width, style::body, dead_ ? Tone::warning : Tone::text, text);
  ui.record("train.lens.flat", {at, {at.x + width, at.y + height}}, Role::text, text, text);
  return at.y + height - top;
}

ImRect LensView::function_picture() const {
  const ImRect& rect = function_.rect;
  if (!unit_ || rect.GetWidth() <= 0) return {};
  return {{rect.Min.x - 44, rect.Min.y - 10}, {rect.Max.x + 12, rect.Max.y + 28}};
}

// f and f′, with the training samples' pre-activations below as a histogram.
void LensView::paint_function(const Ui& ui, Canvas& canvas) const {
  const train::LayerPlan& layer = model_.trainer().plan().layers[unit_->layer];
  const FunctionChoice choice{layer.activation, layer.params};
  const Axes& axes = function_;
  paint_histogram(ui, canvas);
  axes.draw(canvas, ui.theme);
  const size_t every = std::max<size_t>(1, z_.size() / 300);
  for (size_t i = 0; i < z_.size(); i += every) {
    const float x = axes.screen_x(z_[i]);
    canvas.line({x, axes.rect.Max.y}, {x, axes.rect.Max.y - 6},
                {faded(ui.tone(Tone::text), 0.35f), 1});
  }
  canvas.begin_clip(axes.rect.Min, axes.rect.Max);
  const ImU32 colour = series_colour(ui.theme, 1);
  for (const auto& [order, stroke] : {std::pair(Order::first, Stroke{colour, 1.5f, true}),
                                      std::pair(Order::value, Stroke{colour, 2.5f})}) {
    draw_curve(canvas, make_curve(choice, order, axes), {0, 0}, stroke, ui.tone(Tone::raised));
  }
  canvas.end_clip();
}

void LensView::paint_histogram(const Ui& ui, Canvas& canvas) const {
  const ImRect& rect = function_.rect;
  std::array<size_t, kBins> bins{};
  for (const double z : z_) {
    const double share = (z - function_.x.min) / function_.x.length();
    bins[static_cast<size_t>(std::clamp(share * kBins, 0.0, kBins - 1.0))] += 1;
  }
  const auto tallest = static_cast<float>(std::ranges::max(bins));
  const float step = rect.GetWidth() / kBins;
  for (size_t i = 0; i < kBins; ++i) {
    const float height = kPlot * 0.45f * static_cast<float>(bins[i]) / tallest;
    const float left = rect.Min.x + step * static_cast<float>(i);
    if (bins[i] == 0) continue;
    canvas.fill_rect({left + 0.5f, rect.Max.y - height}, {left + step - 0.5f, rect.Max.y},
                     faded(ui.tone(Tone::accent), 0.3f));
  }
}

// A weight to type over, as a bar and a number. Returns the height used.
float LensView::draw_weight(Ui& ui, ImVec2 at, float width, const WeightIndex& index,
                            std::string_view name) {
  const auto value = static_cast<float>(model_.weight(index));
  const float middle = at.y + kControlHeight / 2;
  ui.type().draw_middle(ui.list(), {at.x, middle}, style::body, ui.tone(Tone::text), name);
  const float bar_left = at.x + 92, bar_right = at.x + width - 150;
  const float zero = (bar_left + bar_right) / 2, half = (bar_right - bar_left) / 2;
  if (half > 12) {
    const float length = std::clamp(value / 3, -1.0f, 1.0f) * half;
    ui.list()->AddRectFilled({bar_left, middle - 1}, {bar_right, middle + 1}, ui.tone(Tone::line));
    ui.list()->AddRectFilled({std::min(zero, zero + length), middle - 6},
                             {std::max(zero, zero + length), middle + 6},
                             ui.tone(value < 0 ? Tone::negative : Tone::positive), 2);
  }
  const std::string id = "train.lens.weight." + std::to_string(index.input);
  const std::string label = weight_name(ui, model_.document(), index);
  if (const auto text = entry_field(ui, id, {at.x + width - 138, at.y}, 98, label,
                                    number_text(static_cast<double>(value)))) {
    set_weight(model_, view_, id, index, *text);
  }
  const bool frozen = model_.frozen(index);
  const ImRect lock({at.x + width - 34, at.y}, {at.x + width - 2, at.y + kControlHeight});
  const Interaction state =
      ui.interact(id + ".frozen", lock, Role::checkbox, ui.tr(Str::train_freeze));
  ui.last_control().value = frozen ? "true" : "false";
  if (state.hovered) ui.list()->AddRectFilled(lock.Min, lock.Max, ui.tone(Tone::hover), 8);
  draw_icon(ui.list(), Icon::lock, lock.GetCenter(),
            frozen ? ui.tone(Tone::accent) : faded(ui.tone(Tone::muted), 0.45f));
  ui.focus_ring(lock, 8);
  ui.tooltip(ui.tr(Str::train_freeze));
  if (state.clicked) view_.later([this, index, frozen] { model_.freeze(index, !frozen); });
  at.y += kControlHeight + 4;
  return kControlHeight + 4 + error_beside(ui, id, at, width, view_.complaint);
}

float LensView::draw_weights(Ui& ui, ImVec2 at, float width, UnitIndex unit) {
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::strong, Tone::text, ui.tr(Str::train_lens_incoming)) + 8;
  const train::LayerPlan& layer = model_.trainer().plan().layers[unit.layer];
  const int most = std::min(layer.inputs, 8);
  WeightIndex index{static_cast<int>(unit.layer), static_cast<int>(unit.unit), 0};
  for (; index.input < most; ++index.input) {
    const std::string number = std::to_string(index.input + 1);
    const std::string name =
        unit.layer == 0
            ? std::string(
                  find_feature(model_.document().features[static_cast<size_t>(index.input)])->text)
            : ui.tr(Str::train_lens_from, {number});
    at.y += draw_weight(ui, at, width, index, name);
  }
  if (layer.inputs > most) {
    at.y += ui.paragraph(at, width, style::caption, Tone::muted,
                         ui.tr(Str::train_lens_more, {std::to_string(layer.inputs - most)})) +
            4;
  }
  if (model_.document().network.bias) {
    index.input = -1;
    at.y += draw_weight(ui, at, width, index, ui.tr(Str::train_bias));
  }
  at.y += 8;
  // What it hands on: its weights into the next layer.
  const train::LayerPlan& next = model_.trainer().plan().layers[unit.layer + 1];
  at.y += ui.paragraph(at, width, style::strong, Tone::text, ui.tr(Str::train_lens_outgoing)) + 4;
  std::string list;
  for (int k = 0; k < std::min(next.units, 12); ++k) {
    const WeightIndex out{static_cast<int>(unit.layer) + 1, k, static_cast<int>(unit.unit)};
    list += (list.empty() ? "" : "   ") + number_text(model_.weight(out), 3);
  }
  if (next.units > 12) list += " …";
  at.y += ui.paragraph(at, width, style::body, Tone::muted, list);
  return at.y - top;
}

// The grid of the input plane as the first two units of the layer see it: before the function and
// behind it.
float LensView::draw_bending(Ui& ui, ImVec2 at, float width, UnitIndex unit) {
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::strong, Tone::text, ui.tr(Str::train_lens_bending)) + 8;
  const train::LayerPlan& layer = model_.trainer().plan().layers[unit.layer];
  const auto units = static_cast<size_t>(layer.units);
  const size_t second = units < 2 ? unit.unit : unit.unit == 0 ? 1 : 0;
  const float side = std::min(width, 280.0f);
  plane_ = {at, {at.x + side, at.y + side}};
  across_ = unit.unit;
  up_ = second;
  bending_ = bend(model_.trainer(), extent_of(model_.document()), unit.layer, unit.unit, second);
  ScreenCanvas canvas(ui.list(), ui.type());
  paint_bending(ui, canvas);
  ui.record("train.lens.bending", plane_, Role::image, ui.tr(Str::train_lens_bending));
  at.y += side + 8;
  const std::string_view before = "z", behind = "f(z)";
  ui.text({at.x, at.y + 1}, style::caption, Tone::muted, before);
  ui.text({at.x + side - ui.type().width(style::caption, behind), at.y + 1}, style::caption,
          Tone::muted, behind);
  const DragResult drag =
      slider(ui, "train.lens.bend", {{at.x + 20, at.y}, {at.x + side - 36, at.y + 24}},
             ui.tr(Str::train_lens_bend), bend_, 0, 1);
  bend_ = drag.value;
  at.y += 30;
  at.y += ui.paragraph(at, width, style::caption, Tone::muted,
                       ui.tr(Str::train_lens_bending_help,
                             {std::to_string(unit.unit + 1), std::to_string(second + 1)}));
  return at.y - top;
}

ImRect LensView::bending_picture() const {
  if (!unit_ || plane_.GetWidth() <= 0) return {};
  return {{plane_.Min.x - 8, plane_.Min.y - 8}, {plane_.Max.x + 8, plane_.Max.y + 8}};
}

std::vector<std::pair<double, double>> LensView::bent() const {
  std::vector<std::pair<double, double>> places;
  const auto t = static_cast<double>(bend_);
  for (size_t i = 0; i < bending_.z.size(); ++i) {
    const auto& [zx, zy] = bending_.z[i];
    const auto& [ax, ay] = bending_.a[i];
    places.emplace_back(zx + (ax - zx) * t, zy + (ay - zy) * t);
  }
  return places;
}

void LensView::paint_bending(const Ui& ui, Canvas& canvas) const {
  const std::vector<std::pair<double, double>> places = bent();
  double reach = 0.5;
  for (const auto& [x, y] : places) {
    if (std::isfinite(x + y)) reach = std::max({reach, std::fabs(x), std::fabs(y)});
  }
  const Axes axes{{{plane_.Min.x + 8, plane_.Min.y + 8}, {plane_.Max.x - 8, plane_.Max.y - 8}},
                  {-reach, reach},
                  {-reach, reach}};
  canvas.fill_rect(plane_.Min, plane_.Max, ui.tone(Tone::surface), 8);
  canvas.line(axes.place(-reach, 0), axes.place(reach, 0), {ui.tone(Tone::line), 1});
  canvas.line(axes.place(0, -reach), axes.place(0, reach), {ui.tone(Tone::line), 1});
  const auto name = [&](size_t index) {
    return ui.tr(Str::train_lens_from, {std::to_string(index + 1)});
  };
  const ImU32 ink = ui.tone(Tone::muted);
  const ImVec2 middle = plane_.GetCenter();
  canvas.text({plane_.Max.x - 8, middle.y + 10}, style::caption, ink, name(across_), 1);
  canvas.text({middle.x + 6, plane_.Min.y + 14}, style::caption, ink, name(up_));
  const size_t n = bending_.points;
  for (const bool rows : {true, false}) {
    const Stroke stroke{faded(ui.tone(rows ? Tone::positive : Tone::negative), 0.75f), 1.25f};
    for (size_t line = 0; line < n; line += 4) {
      std::vector<ImVec2> points;
      for (size_t i = 0; i < n; ++i) {
        const auto& [x, y] = places[rows ? line * n + i : i * n + line];
        if (std::isfinite(x + y)) points.push_back(axes.place(x, y));
      }
      if (points.size() > 1) canvas.polyline(points, stroke);
    }
  }
}

}  // namespace lab
