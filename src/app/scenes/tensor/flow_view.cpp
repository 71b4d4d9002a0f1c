#include <algorithm>
#include <cmath>

#include "app/plot/screen_canvas.h"
#include "app/scenes/tensor/tensor_scene.h"
#include "app/ui/widgets.h"

namespace lab {

struct TensorScene::Flow {
  GridShape shape;
  float left, width;      // of the room inside the panel
  ImVec2 pen;             // top left of what comes next
  float line_height = 0;  // of what stands on the present line

  void next_line(float gap) {
    pen = {left, pen.y + line_height + gap};
    line_height = 0;
  }
  bool fits(float more) const { return pen.x + more <= left + width + 0.5f; }
};

namespace {

constexpr float kPanelPad = 20, kNarrowPad = 12, kNarrow = 640;
constexpr float kChipWidth = 176, kChipHeight = 188, kWideChipHeight = 116;
constexpr float kArrow = 28;

void paint_arrow(const Ui& ui, Canvas& canvas, ImVec2 from, ImVec2 to) {
  const Stroke stroke{ui.tone(Tone::muted), 1.5f};
  const bool down = to.y - from.y > to.x - from.x;
  const ImVec2 left = down ? ImVec2{to.x - 4, to.y - 5} : ImVec2{to.x - 5, to.y - 4};
  const ImVec2 right = down ? ImVec2{to.x + 4, to.y - 5} : ImVec2{to.x - 5, to.y + 4};
  const ImVec2 head[] = {left, to, right};
  canvas.line(from, to, stroke);
  canvas.polyline(head, stroke);
}

}  // namespace

// The panel with the input, every layer and what it makes of it, and the tools. Returns its height.
float TensorScene::draw_flow(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const bool narrow = frame.width < kNarrow;
  const float pad = narrow ? kNarrowPad : kPanelPad;
  Flow flow{};
  flow.left = at.x + pad;
  flow.width = frame.width - 2 * pad;
  flow.pen = {flow.left, at.y + pad};
  flow.shape = grid_shape(narrow ? flow.width : flow.width - 2 * kArrow - kChipWidth, narrow);
  flow_ = {flow.shape, {}, {}, {}};

  // The panel lies under what is drawn on it, but only then is its height known.
  ImDrawList* list = ui.list();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  if (narrow) {
    draw_column(ui, flow);
  } else {
    draw_lines(ui, flow);
  }
  flow.next_line(0);
  if (frame.shows("tools")) {
    flow.pen.y += 20;
    flow.pen.y += draw_tools(ui, frame.platform, flow.pen, flow.width);
  }
  flow.pen.y +=
      error_line(ui, "tensor.error", {flow.left, flow.pen.y + 12}, flow.width, complaint_);
  const ImRect rect(at, {at.x + frame.width, flow.pen.y + pad});
  list->ChannelsSetCurrent(0);
  panel(ui, rect);
  list->ChannelsMerge();
  return rect.GetHeight();
}

void TensorScene::place_stage(Ui& ui, Flow& flow, size_t stage) {
  flow_.stages.push_back(flow.pen);
  draw_stage(ui, flow.pen, flow.shape, stage);
}

void TensorScene::place_layer(Ui& ui, ImRect rect, size_t index) {
  flow_.layers.push_back(rect);
  draw_layer(ui, rect, index);
}

void TensorScene::place_arrow(Ui& ui, ImVec2 from, ImVec2 to) {
  flow_.arrows.emplace_back(from, to);
  ScreenCanvas canvas(ui.list(), ui.type());
  paint_arrow(ui, canvas, from, to);
}

ImRect TensorScene::flow_picture(const Ui& ui) const {
  if (flow_.stages.empty()) return {};
  ImRect all(flow_.stages.front(), flow_.stages.front());
  for (const ImVec2& at : flow_.stages) {
    all.Add(at);
    all.Add({at.x + flow_.shape.width, at.y + stage_height(ui, flow_.shape)});
  }
  for (const ImRect& rect : flow_.layers) all.Add(rect);
  return {{all.Min.x, all.Min.y - 8}, {all.Max.x + 12, all.Max.y + 12}};
}

// The stages and the layers between them, without what operates them.
void TensorScene::paint_flow(const Ui& ui, Canvas& canvas) const {
  const float limit = value_limit();
  for (size_t stage = 0; stage < flow_.stages.size(); ++stage) {
    const ImVec2 at = flow_.stages[stage];
    paint_stage_heads(ui, canvas, at, flow_.shape, stage);
    for (size_t r = 0; r < model_.rows(); ++r) {
      for (size_t c = 0; c < model_.columns(); ++c) {
        const CellIndex cell{r, c};
        paint_cell(ui, canvas, cell_rect(ui, at, flow_.shape, cell), stage, cell, limit);
      }
    }
  }
  for (size_t i = 0; i < flow_.layers.size(); ++i) {
    const ImRect& rect = flow_.layers[i];
    canvas.fill_rect(rect.Min, rect.Max, ui.tone(Tone::surface), 10);
    paint_layer(ui, canvas, rect, i);
    paint_layer_params(ui, canvas, rect, i);
  }
  for (const auto& [from, to] : flow_.arrows) paint_arrow(ui, canvas, from, to);
}

// Everything in one column, with arrows pointing down.
void TensorScene::draw_column(Ui& ui, Flow& flow) {
  const auto arrow_down = [&] {
    const float x = flow.left + flow.width / 2;
    place_arrow(ui, {x, flow.pen.y + 8}, {x, flow.pen.y + 28});
    flow.pen.y += 36;
  };
  place_stage(ui, flow, 0);
  flow.line_height = stage_height(ui, flow.shape);
  for (size_t k = 0; k < model_.document().chain.size(); ++k) {
    flow.next_line(0);
    arrow_down();
    place_layer(ui, {flow.pen, {flow.pen.x + flow.width, flow.pen.y + kWideChipHeight}}, k);
    flow.pen.y += kWideChipHeight;
    arrow_down();
    place_stage(ui, flow, k + 1);
    flow.line_height = stage_height(ui, flow.shape);
  }
  flow.next_line(16);
  draw_add_layer(ui, flow.pen);
  flow.line_height = kControlHeight;
}

// Stages and layers in reading order: a layer and its result stand beside what came before while
// they fit, else on the next line.
void TensorScene::draw_lines(Ui& ui, Flow& flow) {
  const float heading = ui.line_height(style::strong) + 8;
  const float unit = 2 * kArrow + kChipWidth + flow.shape.width;
  const float line_height = std::max(stage_height(ui, flow.shape), heading + kChipHeight);
  place_stage(ui, flow, 0);
  flow.pen.x += flow.shape.width;
  flow.line_height = line_height;
  for (size_t k = 0; k < model_.document().chain.size(); ++k) {
    if (!flow.fits(unit)) flow.next_line(24);
    flow.line_height = line_height;
    const float top = flow.pen.y + heading;
    const float middle = top + 22 + std::min(flow.shape.height - 22, kChipHeight - 44) / 2;
    const auto arrow = [&] {
      place_arrow(ui, {flow.pen.x + 8, middle}, {flow.pen.x + kArrow - 4, middle});
      flow.pen.x += kArrow;
    };
    arrow();
    place_layer(ui, {{flow.pen.x, top}, {flow.pen.x + kChipWidth, top + kChipHeight}}, k);
    flow.pen.x += kChipWidth;
    arrow();
    place_stage(ui, flow, k + 1);
    flow.pen.x += flow.shape.width;
  }
  const float add = button_width(ui, ui.tr(Str::layer_add), {.icon = Icon::plus});
  if (flow.fits(kArrow + add)) {
    draw_add_layer(ui, {flow.pen.x + kArrow, flow.pen.y + heading});
  } else {
    flow.next_line(16);
    draw_add_layer(ui, flow.pen);
    flow.line_height = kControlHeight;
  }
}

}  // namespace lab
