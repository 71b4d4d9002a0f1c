#include "app/scenes/tensor/tensor_scene.h"

#include <algorithm>
#include <cmath>

#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kGroupGap = 24, kPanelPad = 20;
constexpr float kChipWidth = 176, kArrow = 28, kWideChipHeight = 112;

void draw_arrow(Ui& ui, ImVec2 from, ImVec2 to) {
  const ImU32 ink = ui.tone(Tone::muted);
  ImDrawList* list = ui.list();
  list->AddLine(from, to, ink, 1.5f);
  const bool down = to.y - from.y > to.x - from.x;
  const ImVec2 left = down ? ImVec2{to.x - 4, to.y - 5} : ImVec2{to.x - 5, to.y - 4};
  const ImVec2 right = down ? ImVec2{to.x + 4, to.y - 5} : ImVec2{to.x - 5, to.y + 4};
  const ImVec2 head[] = {left, to, right};
  list->AddPolyline(head, 3, ink, 0, 1.5f);
}

}  // namespace

float TensorScene::draw(Ui& ui, const SceneFrame& frame) {
  keep_focus_inside();
  handle_keys(ui);
  ImVec2 at = frame.top_left;
  at.y += draw_heading(ui, frame) + kGroupGap;
  at.y += draw_flow(ui, frame, at) + kGroupGap;
  at.y += draw_trace(ui, at, frame.width) + kGroupGap;
  at.y += draw_result(ui, frame, at);
  draw_text_dialog(ui);
  return at.y - frame.top_left.y;
}

void TensorScene::keep_focus_inside() {
  focus_.row = std::min(focus_.row, model_.rows() - 1);
  focus_.column = std::min(focus_.column, model_.columns() - 1);
  if (editing_ && (editing_->row >= model_.rows() || editing_->column >= model_.columns())) {
    editing_.reset();
  }
}

void TensorScene::handle_keys(Ui&) {
  if (ImGui::GetIO().WantTextInput || ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  const ImGuiInputFlags repeat = ImGuiInputFlags_Repeat;
  const bool redo = ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z, repeat) ||
                    ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Y, repeat);
  if (redo) {
    model_.redo();
  } else if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Z, repeat)) {
    model_.undo();
  }
}

float TensorScene::draw_heading(Ui& ui, const SceneFrame& frame) {
  const Choice choices[] = {{"values", ui.tr(Str::tensor_view_values)},
                            {"gradient", ui.tr(Str::tensor_view_gradient)}};
  const float control = segmented_width(ui, choices);
  const bool beside = frame.width - control > 520;
  const float text_width =
      beside ? std::min(frame.width - control - kGroupGap, 620.0f) : frame.width;
  ImVec2 at = frame.top_left;
  at.y += ui.paragraph(at, text_width, style::title, Tone::text, ui.tr(Str::tensor_title));
  at.y += 4;
  at.y += ui.paragraph(at, text_width, style::body, Tone::muted, ui.tr(Str::tensor_lead));
  ImVec2 corner{frame.top_left.x + frame.width - control, at.y - kControlHeight};
  if (!beside) corner = {frame.top_left.x, at.y + 16};
  gradient_ = segmented(ui, "tensor.view", corner, choices, gradient_ ? 1 : 0) == 1;
  return std::max(at.y, corner.y + kControlHeight) - frame.top_left.y;
}

// Stages and layers in reading order: beside each other while they fit, then on the next line. On a
// narrow screen everything stands in one column.
float TensorScene::draw_flow(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const bool narrow = frame.width < 640;
  const float pad = narrow ? 12 : kPanelPad;
  const float inner = frame.width - 2 * pad;
  const GridShape shape = grid_shape(narrow ? inner : inner - 2 * kArrow - kChipWidth);
  const size_t layers = model_.document().chain.size();
  const float left = at.x + pad;

  // The panel lies under what is drawn on it, but only then is its height known.
  ImDrawList* list = ui.list();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  ImVec2 pen{left, at.y + pad};
  float line_height = stage_height(ui, shape, 0);
  draw_stage(ui, pen, shape, 0);
  pen.x += shape.width;
  const auto next_line = [&](float gap) {
    pen = {left, pen.y + line_height + gap};
    line_height = 0;
  };
  for (size_t k = 0; k < layers; ++k) {
    if (narrow) {
      next_line(8);
      draw_arrow(ui, {left + inner / 2, pen.y}, {left + inner / 2, pen.y + 20});
      pen.y += 28;
      draw_layer(ui, {pen, {pen.x + inner, pen.y + kWideChipHeight}}, k);
      pen.y += kWideChipHeight + 8;
      draw_arrow(ui, {left + inner / 2, pen.y}, {left + inner / 2, pen.y + 20});
      pen.y += 28;
    } else {
      const float unit = kArrow + kChipWidth + kArrow + shape.width;
      if (pen.x + unit > left + inner + 0.5f) next_line(kGroupGap);
      const float grid_top = pen.y + ui.line_height(style::strong) + 8;
      const float chip_height = std::max(shape.height, 180.0f);
      const float middle = std::round(grid_top + std::min(chip_height, 240.0f) / 2);
      draw_arrow(ui, {pen.x + 8, middle}, {pen.x + kArrow - 4, middle});
      pen.x += kArrow;
      draw_layer(
          ui, {{pen.x, grid_top}, {pen.x + kChipWidth, grid_top + std::min(chip_height, 240.0f)}},
          k);
      pen.x += kChipWidth;
      draw_arrow(ui, {pen.x + 8, middle}, {pen.x + kArrow - 4, middle});
      pen.x += kArrow;
    }
    draw_stage(ui, pen, shape, k + 1);
    line_height = std::max(line_height, stage_height(ui, shape, k + 1));
    pen.x += shape.width;
  }
  const std::string_view add = ui.tr(Str::layer_add);
  const float add_width = button_width(ui, add, {.icon = Icon::plus});
  if (layers < TensorModel::kMaxLayers) {
    if (narrow || pen.x + kArrow + add_width > left + inner) {
      next_line(16);
      line_height = kControlHeight;
      draw_add_layer(ui, {pen, {pen.x + add_width, pen.y + kControlHeight}});
    } else {
      const float top = pen.y + ui.line_height(style::strong) + 8;
      draw_add_layer(ui,
                     {{pen.x + kArrow, top}, {pen.x + kArrow + add_width, top + kControlHeight}});
    }
  }
  pen.y += line_height;
  pen.y += draw_error(ui, {left, pen.y + 12}, inner);
  list->ChannelsSetCurrent(0);
  panel(ui, {at, {at.x + frame.width, pen.y + pad}});
  list->ChannelsMerge();
  return pen.y + pad - at.y;
}

float TensorScene::draw_error(Ui& ui, ImVec2 at, float width) {
  if (error_.empty()) return 0;
  const float height = ui.paragraph(at, width, style::body, Tone::warning, error_);
  ui.record("tensor.error", {at, {at.x + width, at.y + height}}, Role::text, error_, error_);
  return height + 12;
}

std::string TensorScene::sentence(Language language) const {
  return model_.sentence(language, gradient_);
}

void TensorScene::write_state(JsonWriter& json) const {
  const TensorDocument& document = model_.document();
  json.key("input").begin_object();
  json.key("shape").begin_array();
  for (int64_t extent : document.input.shape) json.value(extent);
  json.end_array();
  json.key("data").begin_array();
  for (float value : document.input.data) json.value(value);
  json.end_array();
  json.end_object();
  json.key("layers").begin_array();
  for (const ChainLayer& layer : document.chain) {
    json.begin_object();
    json.member("activation", layer.activation->id);
    json.key("params").begin_object();
    for (size_t i = 0; i < layer.activation->params.size(); ++i) {
      json.member(layer.activation->params[i].id, layer.params[i]);
    }
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.key("cell").begin_array().value(focus_.row).value(focus_.column).end_array();
  json.member("show", gradient_ ? "gradient" : "values");
  json.member("tab", tab_ == Tab::code ? "code" : "printed");
  json.member("output", model_.printed_output());
}

}  // namespace lab
