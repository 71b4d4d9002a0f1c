#include <algorithm>
#include <cmath>

#include "app/ui/number.h"
#include "app/ui/steps.h"
#include "app/ui/widgets.h"

namespace lab {

DragResult slider(Ui& ui, std::string_view id, ImRect rect, std::string_view label, float value,
                  float min, float max) {
  const Interaction state = ui.interact(id, rect, Role::slider, label);
  ui.last_control().value = number_plain(value);
  record_range(ui, min, max, value);
  const ImGuiIO& io = ImGui::GetIO();
  const float step = step_size(min, max, io.KeyShift);
  constexpr float knob = 8;
  const float left = rect.Min.x + knob, width = rect.GetWidth() - 2 * knob;
  DragResult result{value};
  if (state.held) {
    const float share = std::clamp((io.MousePos.x - left) / width, 0.0f, 1.0f);
    result.value = stepped(min + share * (max - min), 0, step, min, max);
  } else if (const float steps = state.focused ? key_steps(item_id(id)) : 0; steps != 0) {
    result.value = stepped(value, steps, step, min, max);
  }
  result.ended = ImGui::IsItemDeactivated();
  if (const auto set = number_set(ui, id, min, max)) result = {*set, true};

  const float middle = rect.GetCenter().y;
  const float at = left + std::clamp((value - min) / (max - min), 0.0f, 1.0f) * width;
  ImDrawList* list = ui.list();
  list->AddRectFilled({left, middle - 2}, {left + width, middle + 2}, ui.tone(Tone::line), 2);
  list->AddRectFilled({left, middle - 2}, {at, middle + 2}, ui.tone(Tone::accent), 2);
  const float grow = ui.ease(item_id(id), state.hovered || state.held ? 1.0f : 0.0f);
  list->AddCircleFilled({at, middle}, knob - 1 + grow, ui.tone(Tone::accent));
  list->AddCircleFilled({at, middle}, 3.5f, ui.tone(Tone::raised));
  ui.focus_ring({{at - knob, middle - knob}, {at + knob, middle + knob}}, knob);
  return result;
}

DragResult named_slider(Ui& ui, std::string_view id, ImVec2 at, float width, std::string_view label,
                        float value, float min, float max) {
  const ImRect track({at.x + kSliderName, at.y},
                     {at.x + width - kSliderNumber, at.y + kControlHeight});
  const DragResult result = slider(ui, id, track, label, value, min, max);
  const std::string number = number_text(static_cast<double>(result.value), 4);
  ui.type().draw_middle(
      ui.list(), {at.x + width - ui.type().width(style::body, number), at.y + kControlHeight / 2},
      style::body, ui.tone(Tone::text), number);
  return result;
}

}  // namespace lab
