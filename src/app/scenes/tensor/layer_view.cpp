#include <algorithm>
#include <array>
#include <cmath>

#include "app/plot/formula.h"
#include "app/plot/screen_canvas.h"
#include "app/scenes/tensor/tensor_scene.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kPad = 12;
constexpr float kToolSize = 28;

bool is_wide(const ImRect& rect) {
  return rect.GetWidth() > 240;
}

// The name of a layer's function as far as there is room for it.
std::string layer_name(const Ui& ui, const ImRect& rect, const Activation& activation) {
  const float room = (is_wide(rect) ? rect.GetWidth() / 2 : rect.GetWidth()) - kPad - 32;
  return ui.type().fit(style::strong, room, activation.name.in(ui.language));
}

}  // namespace

// A card: the function's name (press it to choose another), its formula, its curve with the traced
// number on it, and the buttons that move or remove the layer.
void TensorScene::draw_layer(Ui& ui, ImRect rect, size_t index) {
  const Activation& activation = *model_.document().chain[index].activation;
  const std::string id = "tensor.layer." + std::to_string(index);
  ui.list()->AddRectFilled(rect.Min, rect.Max, ui.tone(Tone::surface), 10);

  const float name_width = ui.type().width(style::strong, layer_name(ui, rect, activation));
  const ImRect head({rect.Min.x + 4, rect.Min.y + 4},
                    {rect.Min.x + kPad + name_width + 28, rect.Min.y + 4 + kControlHeight});
  const std::string label = ui.tr(Str::layer_choose, {std::to_string(index + 1)});
  const Interaction state = ui.interact(id, head, Role::button, label);
  ui.last_control().value = std::string(activation.id);
  ui.last_control().expanded = is_menu_open(id + ".menu");
  if (state.hovered) ui.list()->AddRectFilled(head.Min, head.Max, ui.tone(Tone::hover), 8);
  draw_icon(ui.list(), Icon::down, {rect.Min.x + kPad + name_width + 14, head.GetCenter().y + 1},
            ui.tone(Tone::muted));
  ui.focus_ring(head, 8);
  ui.tooltip(label);
  if (state.clicked) open_menu(id + ".menu");
  if (const auto picked = pick_activation(ui, id + ".menu", head, &activation)) {
    later([this, index, chosen = *picked] { model_.set_layer(index, *chosen); });
  }
  ScreenCanvas canvas(ui.list(), ui.type());
  paint_layer(ui, canvas, rect, index);
  draw_layer_params(ui, rect, index);
  draw_layer_tools(ui, rect, index);
}

// The name, the formula and the curve, whatever they stand on.
void TensorScene::paint_layer(const Ui& ui, Canvas& canvas, ImRect rect, size_t index) const {
  const Activation& activation = *model_.document().chain[index].activation;
  const bool wide = is_wide(rect);
  const float head = rect.Min.y + 4 + kControlHeight;
  canvas.text({rect.Min.x + kPad, head - kControlHeight / 2}, style::strong, ui.tone(Tone::text),
              layer_name(ui, rect, activation));
  const MathBox formula = typeset(ui.type(), 17, activation.tex);
  const ImVec2 baseline{rect.Min.x + kPad, head + 10 + formula.ascent};
  const float room = (wide ? rect.GetWidth() / 2 : rect.GetWidth()) - 2 * kPad;
  if (formula.width <= room) draw_formula(canvas, baseline, ui.tone(Tone::muted), formula);
  const ImRect curve = wide ? ImRect({rect.GetCenter().x, rect.Min.y + kPad},
                                     {rect.Max.x - kPad, rect.Max.y - kToolSize - 12})
                            : ImRect({rect.Min.x + kPad, baseline.y + formula.descent + 10},
                                     {rect.Max.x - kPad, rect.Max.y - kToolSize - 10});
  if (curve.GetHeight() > 24) paint_curve(ui, canvas, curve, index);
  if (!wide) return;
  // The traced number's step, since the panel that spells it out is out of sight.
  const size_t cell = model_.offset(focus_);
  const std::string step =
      number_text(static_cast<double>(model_.stages()[index].data[cell])) + " → " +
      number_text(static_cast<double>(model_.stages()[index + 1].data[cell]));
  canvas.text({rect.Min.x + kPad, rect.Max.y - 6 - kToolSize / 2}, style::body,
              ui.tone(Tone::text), step);
}

// What the controls of the parameters say, for files.
void TensorScene::paint_layer_params(const Ui& ui, Canvas& canvas, ImRect rect,
                                     size_t index) const {
  const ChainLayer& layer = model_.document().chain[index];
  std::string tex;
  for (size_t i = 0; i < layer.activation->params.size(); ++i) {
    tex += (i > 0 ? ",\\quad " : "") + std::string(layer.activation->params[i].symbol) + " = " +
           number_tex(static_cast<double>(layer.params[i]));
  }
  if (tex.empty()) return;
  const MathBox box = typeset(ui.type(), 15, tex);
  const float left = is_wide(rect) ? rect.Max.x - kPad - box.width : rect.Min.x + kPad;
  draw_formula(canvas, {left, rect.Max.y - 16}, ui.tone(Tone::muted), box);
}

// The first two parameters, to be dragged, left of the tools.
void TensorScene::draw_layer_params(Ui& ui, ImRect rect, size_t index) {
  const ChainLayer& layer = model_.document().chain[index];
  const size_t shown = std::min<size_t>(layer.activation->params.size(), 2);
  const float room = rect.GetWidth() - 3 * kToolSize - 2 * kPad;
  const float width = shown > 0 ? std::min(84.0f, room / static_cast<float>(shown)) : 0;
  float x = rect.GetWidth() > 240
                ? rect.Max.x - 6 - 3 * kToolSize - static_cast<float>(shown) * width - 4
                : rect.Min.x + kPad - 6;
  for (size_t i = 0; i < shown; ++i, x += width) {
    const ActivationParamSpec& spec = layer.activation->params[i];
    const std::string id =
        "tensor.layer." + std::to_string(index) + ".param." + std::string(spec.id);
    const ImRect at({x, rect.Max.y - 6 - kToolSize}, {x + width - 2, rect.Max.y - 6});
    const DragResult drag = drag_number(ui, id, at, spec.symbol, spec.name.in(ui.language),
                                        layer.params[i], spec.min, spec.max);
    if (drag.value != layer.params[i]) {
      later([this, index, i, value = drag.value] { model_.set_param(index, i, value, true); });
    }
    if (drag.ended) model_.end_gesture();
  }
}

void TensorScene::draw_layer_tools(Ui& ui, ImRect rect, size_t index) {
  const std::string id = "tensor.layer." + std::to_string(index);
  const std::string number = std::to_string(index + 1);
  const size_t layers = model_.document().chain.size();
  float x = rect.Max.x - 6 - 3 * kToolSize;
  const auto square = [&] {
    const ImRect at({x, rect.Max.y - 6 - kToolSize}, {x + kToolSize, rect.Max.y - 6});
    x += kToolSize;
    return at;
  };
  if (icon_button(ui, id + ".earlier", square(), Icon::left, ui.tr(Str::layer_earlier, {number}),
                  index > 0)) {
    later([this, index] { model_.move_layer(index, index - 1); });
  }
  if (icon_button(ui, id + ".later", square(), Icon::right, ui.tr(Str::layer_later, {number}),
                  index + 1 < layers)) {
    later([this, index] { model_.move_layer(index, index + 1); });
  }
  if (icon_button(ui, id + ".remove", square(), Icon::close, ui.tr(Str::layer_remove, {number}))) {
    later([this, index] { model_.remove_layer(index); });
  }
}

// f over [-4, 4] (further when the traced number lies outside), with the traced point on it.
void TensorScene::paint_curve(const Ui& ui, Canvas& canvas, ImRect rect, size_t index) const {
  constexpr size_t kSamples = 129;
  const ChainLayer& layer = model_.document().chain[index];
  const float traced = model_.stages()[index].data[model_.offset(focus_)];
  const float reach = std::isfinite(traced) ? std::max(4.0f, std::fabs(traced) * 1.15f) : 4.0f;
  std::array<float, kSamples> x, y;
  for (size_t i = 0; i < kSamples; ++i) {
    x[i] = reach * (2.0f * static_cast<float>(i) / (kSamples - 1) - 1.0f);
  }
  layer.activation->evaluate(layer.params, x, y);
  float low = 0, high = 0;
  for (float value : y) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (high - low < 1e-6f) high = low + 1;
  const auto place = [&](float px, float py) {
    return ImVec2{rect.Min.x + (px / reach + 1) / 2 * rect.GetWidth(),
                  rect.Max.y - (py - low) / (high - low) * rect.GetHeight()};
  };
  const ImU32 axis = ui.tone(Tone::line);
  canvas.line(place(-reach, 0), place(reach, 0), {axis, 1});
  canvas.line(place(0, low), place(0, high), {axis, 1});
  std::array<ImVec2, kSamples> points;
  size_t count = 0;
  for (size_t i = 0; i < kSamples; ++i) {
    if (std::isfinite(y[i])) points[count++] = place(x[i], y[i]);
  }
  canvas.polyline(std::span(points).first(count), {ui.tone(Tone::accent), 2});
  const float result = model_.stages()[index + 1].data[model_.offset(focus_)];
  if (!std::isfinite(traced) || !std::isfinite(result)) return;
  const ImVec2 dot = place(traced, result);
  canvas.dot(dot, 5, ui.tone(Tone::surface));
  canvas.dot(dot, 3.5f, ui.tone(Tone::text));
}

void TensorScene::draw_add_layer(Ui& ui, ImVec2 at) {
  const std::string id = "tensor.layer.add";
  const bool room = model_.document().chain.size() < TensorModel::kMaxLayers;
  const ButtonLook look{.icon = Icon::plus, .enabled = room};
  const bool pressed = button(ui, id, at, ui.tr(Str::layer_add), look);
  ui.last_control().expanded = is_menu_open(id + ".menu");
  if (pressed) open_menu(id + ".menu");
  const ImRect anchor(at, {at.x, at.y + kControlHeight});
  if (const auto picked = pick_activation(ui, id + ".menu", anchor, nullptr)) {
    later([this, chosen = *picked] { model_.add_layer(*chosen); });
  }
}

// A menu of the registry and of the person's own formulas.
std::optional<const Activation*> TensorScene::pick_activation(Ui& ui, const std::string& id,
                                                              ImRect anchor,
                                                              const Activation* chosen) {
  std::vector<const Activation*> rows;
  for (const Activation& row : activations()) rows.push_back(&row);
  for (const auto& formula : formulas_.all()) rows.push_back(&formula->row());
  std::vector<Choice> choices;
  for (const Activation* row : rows) choices.push_back({row->id, row->name.in(ui.language)});
  const auto current = static_cast<size_t>(std::ranges::find(rows, chosen) - rows.begin());
  const std::optional<size_t> picked = menu(ui, id, anchor, choices, current);
  if (!picked) return {};
  return rows[*picked];
}

}  // namespace lab
