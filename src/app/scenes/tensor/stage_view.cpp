#include <algorithm>
#include <cmath>

#include "app/plot/screen_canvas.h"
#include "app/scenes/tensor/tensor_scene.h"
#include "app/ui/number.h"

namespace lab {
namespace {

std::string cell_id(size_t stage, CellIndex cell) {
  const std::string place = std::to_string(cell.row) + "." + std::to_string(cell.column);
  return stage == 0 ? "tensor.cell." + place
                    : "tensor.stage." + std::to_string(stage) + "." + place;
}

// The number with as many digits as there is room for: all it has, or at least two, or none, since
// one rounded digit would mislead.
std::string fitting(const Ui& ui, TextStyle style, float value, float width) {
  const std::string full = number_text(static_cast<double>(value), 4);
  for (int digits = 4; digits >= 1; --digits) {
    std::string text = number_text(static_cast<double>(value), digits);
    const bool honest = digits >= 2 || text == full;
    if (honest && ui.type().width(style, text) <= width) return text;
  }
  return {};
}

// Diagonal hatching: no gradient passes here. Shape, not colour, says so.
void hatch(Canvas& canvas, ImRect rect, ImU32 ink) {
  canvas.begin_clip(rect.Min, rect.Max);
  const float height = rect.GetHeight();
  for (float x = rect.Min.x - height; x < rect.Max.x; x += 7) {
    canvas.line({x, rect.Max.y}, {x + height, rect.Min.y}, {ink, 1});
  }
  canvas.end_clip();
}

}  // namespace

TensorScene::GridShape TensorScene::grid_shape(float available, bool narrow) const {
  const auto rows = static_cast<float>(model_.rows());
  const auto columns = static_cast<float>(model_.columns());
  const float widest = narrow ? 160 : columns <= 3 ? 92.0f : 76.0f;
  GridShape shape{};
  shape.index_width = 28;
  const float room = std::floor((available - shape.index_width) / columns);
  shape.cell = {std::clamp(room, 18.0f, widest), model_.rows() > 12 ? 32.0f : 44.0f};
  shape.width = shape.index_width + shape.cell.x * columns;
  shape.height = 22 + shape.cell.y * rows;
  return shape;
}

float TensorScene::stage_height(const Ui& ui, const GridShape& shape) {
  return ui.line_height(style::strong) + 8 + shape.height;
}

const Tensor& TensorScene::shown(size_t stage) const {
  return gradient_ ? model_.gradients()[stage] : model_.stages()[stage];
}

// The colour scale is common to all stages, so that equal numbers look equal.
float TensorScene::value_limit() const {
  float limit = 0;
  for (size_t stage = 0; stage < model_.stages().size(); ++stage) {
    for (float value : shown(stage).data) {
      if (std::isfinite(value)) limit = std::max(limit, std::fabs(value));
    }
  }
  return limit;
}

void TensorScene::draw_stage(Ui& ui, ImVec2 at, const GridShape& shape, size_t stage) {
  ScreenCanvas canvas(ui.list(), ui.type());
  paint_stage_heads(ui, canvas, at, shape, stage);
  const float limit = value_limit();
  for (size_t r = 0; r < model_.rows(); ++r) {
    for (size_t c = 0; c < model_.columns(); ++c) {
      draw_cell(ui, cell_rect(ui, at, shape, {r, c}), stage, {r, c}, limit);
    }
  }
}

// The place of a cell in a stage whose heading starts at `at`.
ImRect TensorScene::cell_rect(const Ui& ui, ImVec2 at, const GridShape& shape,
                              CellIndex cell) const {
  const float x = at.x + shape.index_width + static_cast<float>(cell.column) * shape.cell.x;
  const float y =
      at.y + ui.line_height(style::strong) + 8 + 22 + static_cast<float>(cell.row) * shape.cell.y;
  return {{x + 1, y + 1}, {x + shape.cell.x - 1, y + shape.cell.y - 1}};
}

// The name of a stage, its shape, and the numbers of its columns and rows.
void TensorScene::paint_stage_heads(const Ui& ui, Canvas& canvas, ImVec2 at, const GridShape& shape,
                                    size_t stage) const {
  const size_t layers = model_.document().chain.size();
  std::string name(ui.tr(Str::tensor_input));
  if (stage > 0) {
    name = ui.tr(Str::tensor_after,
                 {model_.document().chain[stage - 1].activation->name.in(ui.language)});
    if (stage == layers) name = ui.tr(Str::tensor_output);
  }
  if (gradient_) name = ui.tr(Str::tensor_gradient_at, {name});
  const ImU32 quiet = ui.tone(Tone::muted);
  const float line = ui.line_height(style::strong), left = at.x + shape.index_width;
  canvas.text({left, at.y + line / 2}, style::strong, ui.tone(Tone::text), name);
  const float name_width = ui.type().width(style::strong, name);
  const std::string size =
      ui.tr(Str::tensor_shape, {std::to_string(model_.rows()), std::to_string(model_.columns())});
  if (name_width + 12 + ui.type().width(style::caption, size) < shape.width - shape.index_width) {
    canvas.text({left + name_width + 10, at.y + 1 + ui.line_height(style::caption) / 2},
                style::caption, quiet, size);
  }
  const auto ink = [&](bool traced) { return ui.tone(traced ? Tone::text : Tone::muted); };
  for (size_t c = 0; c < model_.columns(); ++c) {
    const ImVec2 above{cell_rect(ui, at, shape, {0, c}).GetCenter().x,
                       at.y + line + 8 + ui.line_height(style::caption) / 2};
    canvas.text(above, style::caption, ink(c == focus_.column), std::to_string(c), 0.5f);
  }
  for (size_t r = 0; r < model_.rows(); ++r) {
    const ImVec2 beside{left - 10, cell_rect(ui, at, shape, {r, 0}).GetCenter().y};
    canvas.text(beside, style::caption, ink(r == focus_.row), std::to_string(r), 1);
  }
}

void TensorScene::draw_cell(Ui& ui, ImRect rect, size_t stage, CellIndex cell, float limit) {
  const float value = shown(stage).data[model_.offset(cell)];
  const bool editable = stage == 0 && !gradient_;
  const std::string id = cell_id(stage, cell);
  const std::string_view stage_name =
      stage == 0 ? ui.tr(Str::tensor_input) : ui.tr(Str::tensor_output);
  const std::string label =
      ui.tr(Str::tensor_cell, {stage_name, std::to_string(cell.row), std::to_string(cell.column)});
  if (editable && editing_ == cell) {
    draw_editor(ui, rect, cell);
    return;
  }
  const Interaction state = ui.interact(id, rect, editable ? Role::textbox : Role::cell, label);
  ui.last_control().value = number_plain(value);
  // A resting pointer must not take the trace back from the keyboard.
  const bool entered = state.hovered && pointed_ != id;
  if (state.hovered) pointed_ = id;
  if (!state.hovered && pointed_ == id) pointed_.clear();
  if (entered || state.focused || state.clicked) focus_ = cell;
  if (editable) {
    operate_input_cell(ui, state, cell);
    if (const auto text = ui.text_set(id)) {
      edit_text_ = *text;
      commit_edit(cell);
    }
  }

  ScreenCanvas canvas(ui.list(), ui.type());
  paint_cell(ui, canvas, rect, stage, cell, limit);
  const float on = ui.ease(item_id(id), focus_ == cell ? 1.0f : 0.0f);
  if (on > 0) {
    ui.list()->AddRect(rect.Min, rect.Max, faded(ui.tone(Tone::text), on), 6, 0, 2);
  }
  ui.focus_ring(rect, 6);
}

void TensorScene::paint_cell(const Ui& ui, Canvas& canvas, ImRect rect, size_t stage,
                             CellIndex cell, float limit) const {
  const float value = shown(stage).data[model_.offset(cell)];
  const ImU32 ground = signed_colour(ui.theme, limit > 0 ? value / limit : 0);
  canvas.fill_rect(rect.Min, rect.Max, ground, 6);
  const ImU32 ink = text_on(ground);
  if (gradient_ && stage < model_.document().chain.size() && model_.blocked(stage, cell)) {
    hatch(canvas, rect, faded(ink, 0.28f));
  }
  const float width = rect.GetWidth();
  const TextStyle style{Face::ui, width >= 56 ? 15.0f : width >= 40 ? 13.0f : 10.5f};
  const std::string text = fitting(ui, style, value, width - (width >= 40 ? 6 : 0));
  canvas.text(rect.GetCenter(), style, ink, text, 0.5f);
}

// A click types, a sideways drag with the mouse scrubs, a typed digit starts typing.
void TensorScene::operate_input_cell(Ui& ui, const Interaction& state, CellIndex cell) {
  const float value = model_.document().input.data[model_.offset(cell)];
  if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  const ImGuiIO& io = ImGui::GetIO();
  const bool mouse = io.MouseSource == ImGuiMouseSource_Mouse;
  if (state.held && mouse && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 4)) {
    if (!scrub_from_) scrub_from_ = value;
    const float pixels = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, 4).x;
    const float step = io.KeyShift ? 0.01f : 0.1f;
    const float places = io.KeyShift ? 100.0f : 10.0f;
    const float moved = *scrub_from_ + std::round(pixels / 5) * step;
    model_.set_cell(cell, std::round(moved * places) / places, true);
    complaint_.clear();
  } else if (state.clicked && !scrub_from_) {
    begin_edit(cell, number_plain(value));
  }
  if (scrub_from_ && !io.MouseDown[0]) {
    scrub_from_.reset();
    model_.end_gesture();
  }
  if (!state.focused || io.KeyCtrl || io.InputQueueCharacters.empty()) return;
  const ImWchar typed = io.InputQueueCharacters.front();
  const bool starts_number = (typed >= '0' && typed <= '9') || typed == '-' || typed == '.';
  if (starts_number) begin_typing(cell);
  ui.keep_moving();
}

}  // namespace lab
