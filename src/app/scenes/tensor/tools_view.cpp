#include <algorithm>
#include <cmath>

#include "app/scenes/tensor/tensor_scene.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"
#include "core/pytorch_code.h"

namespace lab {

struct TensorScene::AxisRow {
  std::string_view id;
  Str name, fewer, more;
};

namespace {

constexpr float kButton = 32, kScaleWidth = 120, kScaleHeight = 10;
constexpr float kStepperWidth = 3 * kButton;

}  // namespace

// The shape of the input, what can be done with all of it, and the colour scale. Returns the
// height.
float TensorScene::draw_tools(Ui& ui, Platform& platform, ImVec2 at, float width) {
  constexpr AxisRow axes[] = {
      {"rows", Str::tensor_rows, Str::tensor_fewer_rows, Str::tensor_more_rows},
      {"columns", Str::tensor_columns, Str::tensor_fewer_columns, Str::tensor_more_columns}};
  const size_t counts[] = {model_.rows(), model_.columns()};
  constexpr size_t most[] = {TensorModel::kMaxRows, TensorModel::kMaxColumns};
  const float top = at.y, left = at.x, right = at.x + width;
  const auto make_room = [&](float needed) {
    if (at.x + needed > right && at.x > left) at = {left, at.y + kButton + 8};
  };
  int change[2] = {0, 0};
  for (size_t axis = 0; axis < 2; ++axis) {
    const float needed = ui.type().width(style::body, ui.tr(axes[axis].name)) + kStepperWidth + 6;
    make_room(needed);
    change[axis] = draw_stepper(ui, at, axes[axis], counts[axis], most[axis]);
    at.x += needed + 18;
  }
  if (change[0] != 0 || change[1] != 0) {
    const size_t rows = counts[0] + static_cast<size_t>(change[0]);
    const size_t columns = counts[1] + static_cast<size_t>(change[1]);
    later([this, rows, columns] { model_.resize(rows, columns); });
  }

  const std::string_view edit = ui.tr(Str::tensor_edit_text);
  const float edit_width = button_width(ui, edit, {.icon = Icon::edit});
  make_room(edit_width + 8 + 4 * kButton);
  if (button(ui, "tensor.edit_text", at, edit, {.icon = Icon::edit})) open_text_dialog();
  at.x += edit_width + 8;
  const auto tool = [&](std::string_view id, Icon icon, Str label, bool enabled) {
    const ImRect rect(at, {at.x + kButton, at.y + kButton});
    at.x += kButton;
    return icon_button(ui, id, rect, icon, ui.tr(label), enabled);
  };
  if (tool("tensor.copy_input", Icon::copy, Str::tensor_copy_input, true)) {
    platform.set_clipboard(tensor_literal(model_.document().input));
  }
  if (tool("tensor.undo", Icon::undo, Str::undo, model_.can_undo())) {
    later([this] { model_.undo(); });
  }
  if (tool("tensor.redo", Icon::redo, Str::redo, model_.can_redo())) {
    later([this] { model_.redo(); });
  }
  if (tool("tensor.reset", Icon::reset, Str::tensor_reset, true)) {
    later([this] { model_.reset(); });
    complaint_.clear();
  }
  make_room(kScaleWidth + 40);
  draw_colour_scale(ui, {at.x == left ? left + kScaleWidth + 8 : right - 8, at.y});
  return at.y + kButton - top;
}

int TensorScene::draw_stepper(Ui& ui, ImVec2 at, const AxisRow& axis, size_t count, size_t most) {
  const std::string id = "tensor." + std::string(axis.id);
  const float middle = at.y + kButton / 2;
  const std::string_view name = ui.tr(axis.name);
  ui.type().draw_middle(ui.list(), {at.x, middle}, style::body, ui.tone(Tone::muted), name);
  float x = at.x + ui.type().width(style::body, name) + 6;
  const auto square = [&] { return ImRect({x, at.y}, {x + kButton, at.y + kButton}); };
  int change = 0;
  if (icon_button(ui, id + ".fewer", square(), Icon::minus, ui.tr(axis.fewer), count > 1)) {
    change = -1;
  }
  x += kButton;
  const std::string number = std::to_string(count);
  const float width = ui.type().width(style::body, number);
  ui.type().draw_middle(ui.list(), {x + (kButton - width) / 2, middle}, style::body,
                        ui.tone(Tone::text), number);
  ui.record(id, square(), Role::text, name, number);
  x += kButton;
  if (icon_button(ui, id + ".more", square(), Icon::plus, ui.tr(axis.more), count < most)) {
    change = 1;
  }
  return change;
}

void TensorScene::draw_colour_scale(Ui& ui, ImVec2 right_top) const {
  const double limit = static_cast<double>(value_limit());
  const std::string low = number_text(-limit, 3), high = number_text(limit, 3);
  const ImRect bar({right_top.x - kScaleWidth, right_top.y + 2},
                   {right_top.x, right_top.y + 2 + kScaleHeight});
  constexpr int steps = 24;
  for (int i = 0; i < steps; ++i) {
    const float from = static_cast<float>(i) / steps, to = static_cast<float>(i + 1) / steps;
    const ImU32 left = signed_colour(ui.theme, 2 * from - 1);
    const ImU32 right = signed_colour(ui.theme, 2 * to - 1);
    ui.list()->AddRectFilledMultiColor({bar.Min.x + from * kScaleWidth, bar.Min.y},
                                       {bar.Min.x + to * kScaleWidth, bar.Max.y}, left, right,
                                       right, left);
  }
  const auto tick = [&](float fraction, std::string_view label) {
    const float x = bar.Min.x + fraction * kScaleWidth;
    const float room = ui.type().width(style::caption, label);
    const float most = bar.Max.x + 8 - room;  // it stays in its panel
    ui.text({std::min(x - room / 2, most), bar.Max.y + 1}, style::caption, Tone::muted, label);
  };
  tick(0, low);
  tick(0.5f, "0");
  tick(1, high);
  ui.record("tensor.scale", bar, Role::image, ui.tr(Str::scale_label, {low, high}));
}

}  // namespace lab
