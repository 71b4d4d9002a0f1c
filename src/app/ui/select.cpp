#include <cmath>

#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kRounding = 8, kPad = 10, kBox = 18;

}  // namespace

std::optional<size_t> select(Ui& ui, std::string_view id, ImVec2 at, float width,
                             std::string_view label, std::span<const Choice> choices,
                             size_t chosen) {
  const ImRect rect(at, {at.x + width, at.y + kControlHeight});
  const std::string menu_id = std::string(id) + ".menu";
  const std::string_view shown = chosen < choices.size() ? choices[chosen].label : "";
  const Interaction state = ui.interact(id, rect, Role::button, label);
  ui.last_control().value = chosen < choices.size() ? std::string(choices[chosen].id) : "";
  const float hover = ui.ease(item_id(id), state.hovered ? 1.0f : 0.0f);
  ui.list()->AddRectFilled(rect.Min, rect.Max, ui.tone(Tone::sunken), kRounding);
  ui.list()->AddRectFilled(rect.Min, rect.Max, faded(ui.tone(Tone::hover), hover), kRounding);
  const float middle = rect.GetCenter().y;
  ui.type().draw_middle(ui.list(), {at.x + kPad, middle}, style::body, ui.tone(Tone::text),
                        ui.type().fit(style::body, width - 2 * kPad - 16, shown));
  draw_icon(ui.list(), Icon::down, {rect.Max.x - kPad - 4, middle + 1}, ui.tone(Tone::muted));
  ui.focus_ring(rect, kRounding);
  if (state.clicked) open_menu(menu_id);
  return menu(ui, menu_id, rect, choices, chosen);
}

float checkbox_width(const Ui& ui, std::string_view label) {
  return kBox + 8 + std::ceil(ui.type().width(style::body, label));
}

bool checkbox(Ui& ui, std::string_view id, ImVec2 at, std::string_view label, bool on) {
  const ImRect rect(at, {at.x + checkbox_width(ui, label), at.y + kControlHeight});
  const Interaction state = ui.interact(id, rect, Role::checkbox, label);
  ui.last_control().value = on ? "true" : "false";
  const float middle = rect.GetCenter().y;
  const ImRect box({at.x, middle - kBox / 2}, {at.x + kBox, middle + kBox / 2});
  const float ticked = ui.ease(item_id(id), on ? 1.0f : 0.0f);
  ui.list()->AddRectFilled(box.Min, box.Max, ui.tone(state.hovered ? Tone::hover : Tone::sunken),
                           5);
  ui.list()->AddRectFilled(box.Min, box.Max, faded(ui.tone(Tone::accent), ticked), 5);
  if (!on) ui.list()->AddRect(box.Min, box.Max, ui.tone(Tone::line), 5);
  if (on) draw_icon(ui.list(), Icon::check, box.GetCenter(), ui.tone(Tone::on_accent));
  ui.type().draw_middle(ui.list(), {at.x + kBox + 8, middle}, style::body, ui.tone(Tone::text),
                        label);
  ui.focus_ring(rect, 5);
  return state.clicked;
}

}  // namespace lab
