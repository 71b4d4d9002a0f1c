#include <cmath>

#include "app/ui/math_text.h"
#include "app/ui/number.h"
#include "app/ui/steps.h"
#include "app/ui/widgets.h"

namespace lab {

DragResult drag_number(Ui& ui, std::string_view id, ImRect rect, std::string_view symbol,
                       std::string_view label, float value, float min, float max) {
  const Interaction state = ui.interact(id, rect, Role::slider, label);
  ui.last_control().value = number_plain(value);
  record_range(ui, min, max, value);
  if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  const ImGuiIO& io = ImGui::GetIO();
  DragResult result{value};
  const float step = step_size(min, max, io.KeyShift);
  if (state.held && io.MouseDelta.x != 0) {
    // What is left of a step waits in the item's own storage until the pointer has moved on.
    float& rest = *ImGui::GetStateStorage()->GetFloatRef(item_id(id), 0.0f);
    rest += io.MouseDelta.x / 4;
    const float whole = std::trunc(rest);
    rest -= whole;
    if (whole != 0) result.value = stepped(value, whole, step, min, max);
  }
  if (const float steps = state.focused ? key_steps(item_id(id)) : 0; steps != 0) {
    result.value = stepped(value, steps, step, min, max);
  }
  result.ended = state.clicked || (ImGui::IsItemDeactivated());
  if (const auto set = number_set(ui, id, min, max)) result = {*set, true};

  const float hover = ui.ease(item_id(id), state.hovered || state.held ? 1.0f : 0.0f);
  ui.list()->AddRectFilled(rect.Min, rect.Max, faded(ui.tone(Tone::hover), hover), 6);
  const MathBox box = typeset(ui.type(), 16, symbol);
  const float middle = rect.GetCenter().y;
  draw_math(ui.type(), ui.list(), {rect.Min.x + 6, std::round(middle + 4)}, ui.tone(Tone::muted),
            box);
  ui.type().draw_middle(ui.list(), {rect.Min.x + 12 + box.width, middle}, style::body,
                        ui.tone(Tone::text), number_text(static_cast<double>(value), 3));
  ui.focus_ring(rect, 6);
  ui.tooltip(label);
  return result;
}

}  // namespace lab
