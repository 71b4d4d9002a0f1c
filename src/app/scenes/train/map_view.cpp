#include "app/scenes/train/map_view.h"

#include <algorithm>
#include <cmath>

#include "app/plot/markers.h"
#include "app/plot/screen_canvas.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kLeft = 30, kBottom = 24;  // room for the labels of the axes
constexpr float kScale = 22;               // … and for what the colours stand for
constexpr float kBrushStep = 10;           // CSS px between two points of one stroke
constexpr float kEraser = 14;
constexpr float kStrength = 0.7f;     // of the colours below the points
constexpr size_t kMostPoints = 3000;  // drawn; more look the same

}  // namespace

void MapView::reset_view() {
  const double extent = extent_of(model_.document());
  axes_.x = axes_.y = {-extent, extent};
}

ImRect MapView::picture() const {
  return {{axes_.rect.Min.x - kLeft - 4, axes_.rect.Min.y - 10},
          {axes_.rect.Max.x + 10, axes_.rect.Max.y + kBottom + 4 + kScale}};
}

void MapView::update(FieldPainter* painter) {
  const double extent = extent_of(model_.document());
  if (extent != shown_extent_) {
    shown_extent_ = extent;
    reset_view();
  }
  fields_.update(model_, view_.subject(model_.document()), axes_.x, axes_.y, painter);
}

float MapView::draw(Ui& ui, ImVec2 at, float width, FieldPainter* painter) {
  const float side = width - kLeft;
  axes_.rect = {{at.x + kLeft, at.y}, {at.x + kLeft + side, at.y + side}};
  const Caption caption = caption_of(ui);
  operate(ui, axes_.rect);
  ScreenCanvas canvas(ui.list(), ui.type(), painter);
  paint(ui, canvas);
  if (!caption.text.empty()) draw_caption(ui, caption);
  ImVec2 pen{at.x, axes_.rect.Max.y + kBottom + 4 + kScale + 4};
  pen.y += draw_options(ui, pen, width);
  return pen.y - at.y;
}

// Says whose map it is where that is not the network's. With a button that leads back, where the
// neuron has been chosen; it lies on the map, and so is asked before it.
MapView::Caption MapView::caption_of(Ui& ui) {
  constexpr float pad = 10, height = 28;
  const MapSubject subject = view_.subject(model_.document());
  if (!subject.unit) return {};
  const bool chosen = view_.selected == subject.unit;
  Caption caption;
  caption.text = ui.tr(Str::train_map_unit, {std::to_string(subject.unit->unit + 1),
                                             std::to_string(subject.unit->layer + 1)});
  const float width = ui.type().width(style::caption_strong, caption.text) + 2 * pad;
  const ImVec2 corner{axes_.rect.Min.x + 8, axes_.rect.Min.y + 8};
  caption.rect = {corner, {corner.x + width + (chosen ? height - pad : 0), corner.y + height}};
  if (!chosen) return caption;
  caption.back = {{caption.rect.Max.x - height, corner.y}, caption.rect.Max};
  const Interaction state =
      ui.interact("train.map.back", *caption.back, Role::button, ui.tr(Str::train_map_back));
  caption.hovered = state.hovered || state.focused;
  ui.tooltip(ui.tr(Str::train_map_back));
  if (state.clicked) view_.later([this] { view_.selected.reset(); });
  return caption;
}

void MapView::draw_caption(Ui& ui, const Caption& caption) {
  const ImRect& rect = caption.rect;
  ui.list()->AddRectFilled(rect.Min, rect.Max, faded(ui.tone(Tone::raised), 0.94f), 8);
  ui.type().draw_middle(ui.list(), {rect.Min.x + 10, rect.GetCenter().y}, style::caption_strong,
                        ui.tone(Tone::text), caption.text);
  if (!caption.back) return;
  if (caption.hovered) {
    ui.list()->AddRectFilled(caption.back->Min, caption.back->Max, ui.tone(Tone::hover), 8);
  }
  draw_icon(ui.list(), Icon::close, caption.back->GetCenter(), ui.tone(Tone::muted));
}

void MapView::operate(Ui& ui, ImRect rect) {
  const MapSubject subject = view_.subject(model_.document());
  const std::string label =
      subject.unit ? ui.tr(Str::train_map_of_unit, {std::to_string(subject.unit->unit + 1),
                                                    std::to_string(subject.unit->layer + 1)})
                   : std::string(ui.tr(Str::train_map));
  const Interaction state = ui.interact("train.map", rect, Role::image, label);
  ui.focus_ring(rect, 2);
  const ImGuiIO& io = ImGui::GetIO();
  if (const Zoom zoom = ui.zoom(state); zoom.factor != 1) axes_.zoom(zoom.about, zoom.factor);
  if (view_.tool == MapTool::look || io.KeyCtrl) {
    if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Arrow);
    pan(rect, state.held);
    if (state.hovered && !state.held) read_off(ui, io.MousePos);
    return;
  }
  if (ImGui::IsItemActivated()) last_brush_ = {-1e4f, -1e4f};
  if (state.held && rect.Contains(io.MousePos)) brush(io.MousePos);
  if (ImGui::IsItemDeactivated()) model_.end_gesture();
  if (state.hovered && view_.tool == MapTool::erase) {
    ui.list()->AddCircle(io.MousePos, kEraser, ui.tone(Tone::text), 0, 1.5f);
  }
}

void MapView::pan(ImRect rect, bool held) {
  const ImGuiIO& io = ImGui::GetIO();
  if (held && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) axes_.pan(io.MouseDelta);
  if (ImGui::GetFocusID() != item_id("train.map") || !GImGui->NavCursorVisible) return;
  if (ImGui::IsKeyPressed(ImGuiKey_Equal)) axes_.zoom(rect.GetCenter(), 1 / 1.25);
  if (ImGui::IsKeyPressed(ImGuiKey_Minus)) axes_.zoom(rect.GetCenter(), 1.25);
}

// Adds a point of the brush's class, or removes the points under the eraser. The data become the
// person's own by it.
void MapView::brush(ImVec2 at) {
  if (std::hypot(at.x - last_brush_.x, at.y - last_brush_.y) < kBrushStep) return;
  last_brush_ = at;
  const double x = std::round(axes_.plane_x(at.x) * 1000) / 1000;
  const double y = std::round(axes_.plane_y(at.y) * 1000) / 1000;
  const double reach =
      static_cast<double>(kEraser) * axes_.x.length() / static_cast<double>(axes_.rect.GetWidth());
  const bool erases = view_.tool == MapTool::erase;
  view_.attempt({}, [this, x, y, reach, erases] {
    const int label = view_.brush_class;
    return model_.draw_points([&](std::vector<DataPoint>& points) {
      if (!erases) return points.push_back({x, y, static_cast<double>(label)});
      std::erase_if(points,
                    [&](const DataPoint& p) { return std::hypot(p.x - x, p.y - y) < reach; });
    });
  });
}

void MapView::paint(const Ui& ui, Canvas& canvas) const {
  const int classes = fields_.classes();
  FieldLook look = classes > 0 ? class_look(ui.theme, classes) : signed_look(ui.theme, kStrength);
  look.discrete = view_.discrete;
  look.contours = view_.contours && !view_.discrete ? 0.35f : 0;
  const bool of_unit = view_.subject(model_.document()).unit.has_value();
  look.border_width = of_unit ? 0 : 1.5f * ui.density();  // a unit decides nothing
  const bool of_values = model_.trainer().data().problem == Problem::regression;
  if (of_values) look.border = faded(look.border, 0.5f);
  const FieldPainter::Place place{0, axes_.rect.Min, axes_.rect.Max, {0, 0}, {1, 1}, 0, 1};
  canvas.field(TrainFields::kMapKey, fields_.map_grid(), look, {&place, 1});
  const ImU32 ink = ui.tone(Tone::muted);
  for (const Tick& tick : linear_ticks(axes_.x, axes_.rect.GetWidth(), 64)) {
    const float x = axes_.screen_x(tick.value);
    canvas.line({x, axes_.rect.Max.y}, {x, axes_.rect.Max.y + 4}, {ink, 1});
    canvas.text({x, axes_.rect.Max.y + 14}, style::caption, ink, tick.label, 0.5f);
  }
  for (const Tick& tick : linear_ticks(axes_.y, axes_.rect.GetHeight(), 64)) {
    const float y = axes_.screen_y(tick.value);
    canvas.line({axes_.rect.Min.x - 4, y}, {axes_.rect.Min.x, y}, {ink, 1});
    canvas.text({axes_.rect.Min.x - 7, y}, style::caption, ink, tick.label, 1);
  }
  canvas.begin_clip(axes_.rect.Min, axes_.rect.Max);
  paint_overlay(ui, canvas);
  paint_points(ui, canvas);
  canvas.end_clip();
  paint_scale(ui, canvas);
}

// The points, those for testing in outline; those that are taken for another class in a ring.
void MapView::paint_points(const Ui& ui, Canvas& canvas) const {
  const DataSet& data = model_.trainer().data();
  const std::vector<bool>& wrong = fields_.misclassified();
  const bool classes = data.problem == Problem::classification;
  const float scale = label_scale(model_.trainer());
  const size_t count = std::min(data.points.size(), kMostPoints);
  for (size_t i = 0; i < count; ++i) {
    const bool tests = i >= data.train_count;
    if (tests && !view_.show_test) continue;
    const DataPoint& point = data.points[i];
    const ImVec2 at = axes_.place(point.x, point.y);
    const auto index = static_cast<size_t>(classes ? point.label : 0);
    const ImU32 colour = classes ? class_colour(ui.theme, index)
                                 : signed_colour(ui.theme, static_cast<float>(point.label) / scale);
    const bool missed = i < wrong.size() && wrong[i] && !view_.subject(model_.document()).unit;
    const ImU32 outline = ui.tone(missed ? Tone::text : Tone::raised);
    draw_marker(canvas, index, at, missed ? 4.0f : 3.5f, colour, outline);
    if (tests) draw_marker(canvas, index, at, 1.75f, ui.tone(Tone::raised), 0);
  }
}

// Where the collapsed network's output is 0: w·x + w′·y + b = 0.
void MapView::paint_overlay(const Ui& ui, Canvas& canvas) const {
  if (overlay_.size() != 3) return;
  const double wx = overlay_[0], wy = overlay_[1], b = overlay_[2];
  std::vector<ImVec2> ends;
  const bool steep = std::fabs(wx) > std::fabs(wy);
  if (wx == 0 && wy == 0) return;
  for (const bool first : {true, false}) {
    const Span& along = steep ? axes_.y : axes_.x;
    const double t = first ? along.min : along.max;
    ends.push_back(steep ? axes_.place(-(wy * t + b) / wx, t) : axes_.place(t, -(wx * t + b) / wy));
  }
  canvas.polyline(ends, {ui.tone(Tone::warning), 3, true});
}

// What the network says of the point under the pointer.
void MapView::read_off(Ui& ui, ImVec2 at) const {
  const double x = axes_.plane_x(at.x), y = axes_.plane_y(at.y);
  const std::string place = "(" + number_text(x, 3) + ", " + number_text(y, 3) + ")";
  const std::vector<float> inputs = point_inputs(model_.document(), x, y);
  const MapSubject subject = view_.subject(model_.document());
  if (subject.unit) {
    train::UnitValues values;
    model_.trainer().activations(inputs, values);
    const float a = values[subject.unit->layer][subject.unit->unit];
    return ui.hint(at, place + " → " + number_text(static_cast<double>(a)));
  }
  std::vector<float> out = model_.trainer().predict(inputs);
  const float scale = label_scale(model_.trainer());
  map_values(model_.trainer(), scale, out);
  if (out.size() > 1) {
    const auto best = static_cast<size_t>(std::ranges::max_element(out) - out.begin());
    return ui.hint(
        at, place + " → " +
                ui.tr(Str::train_class_at, {std::to_string(best),
                                            number_text(100 * static_cast<double>(out[best]), 3)}));
  }
  if (model_.trainer().data().problem == Problem::regression) {
    return ui.hint(at, place + " → " + number_text(static_cast<double>(out[0] * scale)));
  }
  const double share = (static_cast<double>(out[0]) + 1) / 2;
  ui.hint(at, place + " → " + ui.tr(Str::train_blue_at, {number_text(100 * share, 3)}));
}

// What the colours stand for.
void MapView::paint_scale(const Ui& ui, Canvas& canvas) const {
  const TextStyle style = style::caption;
  const ImU32 ink = ui.tone(Tone::muted);
  const float y = axes_.rect.Max.y + kBottom + 4 + kScale / 2;
  if (fields_.classes() > 0) {
    float x = axes_.rect.Min.x;
    for (size_t k = 0; k < static_cast<size_t>(fields_.classes()); ++k) {
      const std::string name = std::to_string(k);
      draw_marker(canvas, k, {x + 5, y}, 4.5f, class_colour(ui.theme, k), 0);
      canvas.text({x + 14, y}, style, ink, name);
      x += 26 + ui.type().width(style, name);
    }
    return;
  }
  const bool classes = model_.trainer().data().problem == Problem::classification;
  const bool named = !view_.subject(model_.document()).unit && classes;
  const auto scale = static_cast<double>(fields_.scale());
  const std::string low = named ? std::string(ui.tr(Str::train_orange)) : number_text(-scale, 3);
  const std::string high = named ? std::string(ui.tr(Str::train_blue)) : number_text(scale, 3);
  canvas.text({axes_.rect.Min.x, y}, style, ink, low);
  canvas.text({axes_.rect.Max.x, y}, style, ink, high, 1);
  const float left = axes_.rect.Min.x + ui.type().width(style, low) + 8;
  const float right = axes_.rect.Max.x - ui.type().width(style, high) - 8;
  constexpr int steps = 64;
  for (int i = 0; i < steps; ++i) {
    const float share = static_cast<float>(i) / steps;
    const float t = 2 * static_cast<float>(i) / (steps - 1) - 1;
    // Each reaches to the end, so that no seam shows between it and the next.
    canvas.fill_rect({left + share * (right - left), y - 4}, {right, y + 4},
                     signed_colour(ui.theme, kStrength * t));
  }
}

float MapView::draw_options(Ui& ui, ImVec2 at, float width) {
  const float left = at.x, top = at.y;
  const auto option = [&](std::string_view id, Str label, bool& on) {
    const float needed = checkbox_width(ui, ui.tr(label));
    if (at.x + needed > left + width && at.x > left) at = {left, at.y + kControlHeight};
    if (checkbox(ui, id, at, ui.tr(label), on)) {
      on = !on;
      ui.keep_moving();
    }
    at.x += needed + 16;
  };
  option("train.map.test", Str::train_show_test, view_.show_test);
  option("train.map.discrete", Str::train_discrete, view_.discrete);
  if (axes_.x.length() != 2 * shown_extent_ || axes_.x.min != -shown_extent_) {
    const float needed = button_width(ui, ui.tr(Str::functions_reset_view));
    if (at.x + needed > left + width) at = {left, at.y + kControlHeight};
    if (button(ui, "train.map.reset", at, ui.tr(Str::functions_reset_view), {ButtonKind::quiet})) {
      reset_view();
      ui.keep_moving();
    }
  }
  return at.y + kControlHeight - top;
}

}  // namespace lab
