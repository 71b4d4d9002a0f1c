#include <cmath>

#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kPad = 12, kMark = 16;

}  // namespace

float chip_width(const Ui& ui, std::string_view label, bool marked) {
  return std::ceil(ui.type().width(style::body, label)) + 2 * kPad + (marked ? kMark : 0);
}

bool chip(Ui& ui, std::string_view id, ImVec2 at, std::string_view label, bool on,
          std::optional<ImU32> mark) {
  const ImRect rect(at, {at.x + chip_width(ui, label, mark.has_value()), at.y + kControlHeight});
  const Interaction state = ui.interact(id, rect, Role::checkbox, label);
  ui.last_control().value = on ? "true" : "false";
  const float rounding = kControlHeight / 2;
  const float hover = ui.ease(item_id(id), state.hovered ? 1.0f : 0.0f);
  const ImU32 ground = on ? ui.tone(Tone::accent_soft) : faded(ui.tone(Tone::hover), hover);
  ui.list()->AddRectFilled(rect.Min, rect.Max, ground, rounding);
  ui.list()->AddRect(rect.Min, rect.Max, ui.tone(on ? Tone::accent : Tone::line), rounding);
  float x = rect.Min.x + kPad;
  if (mark) {
    ui.list()->AddCircleFilled({x + 4, rect.GetCenter().y}, 5, *mark);
    x += kMark;
  }
  ui.type().draw_middle(ui.list(), {x, rect.GetCenter().y}, style::body, ui.tone(Tone::text),
                        label);
  ui.focus_ring(rect, rounding);
  return state.clicked;
}

}  // namespace lab
