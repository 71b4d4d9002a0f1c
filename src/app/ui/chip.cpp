#include <cmath>

#include "app/ui/icons.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kPad = 12, kMark = 16, kCross = 20;

// The chip, with `room` for something behind its label.
bool draw_chip(Ui& ui, std::string_view id, ImVec2 at, std::string_view label, bool on,
               std::optional<ImU32> mark, float room) {
  const float width = chip_width(ui, label, mark.has_value());
  const ImRect rect(at, {at.x + width + room, at.y + kControlHeight});
  const ImRect target(at, {at.x + width - (room > 0 ? kPad / 2 : 0), at.y + kControlHeight});
  const Interaction state = ui.interact(id, target, Role::checkbox, label);
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

}  // namespace

float chip_width(const Ui& ui, std::string_view label, bool marked) {
  return std::ceil(ui.type().width(style::body, label)) + 2 * kPad + (marked ? kMark : 0);
}

bool chip(Ui& ui, std::string_view id, ImVec2 at, std::string_view label, bool on,
          std::optional<ImU32> mark) {
  return draw_chip(ui, id, at, label, on, mark, 0);
}

float removable_chip_width(const Ui& ui, std::string_view label, bool marked) {
  return chip_width(ui, label, marked) + kCross;
}

ChipAction removable_chip(Ui& ui, std::string_view id, ImVec2 at, std::string_view label, bool on,
                          std::optional<ImU32> mark, const ChipCross& cross) {
  const bool clicked = draw_chip(ui, id, at, label, on, mark, kCross);
  const float right = at.x + removable_chip_width(ui, label, mark.has_value());
  const ImRect rect({right - kCross - kPad / 2, at.y}, {right, at.y + kControlHeight});
  const Interaction state = ui.interact(cross.id, rect, Role::button, cross.label);
  const ImVec2 centre{rect.Min.x + kCross / 2, rect.GetCenter().y};
  const float hover = ui.ease(item_id(cross.id), state.hovered ? 1.0f : 0.0f);
  ui.list()->AddCircleFilled(centre, kCross / 2, faded(ui.tone(Tone::line), hover));
  draw_icon(ui.list(), Icon::close, centre, ui.tone(state.hovered ? Tone::text : Tone::muted));
  ui.focus_ring(rect, kControlHeight / 2);
  return state.clicked ? ChipAction::remove : clicked ? ChipAction::toggle : ChipAction::none;
}

}  // namespace lab
