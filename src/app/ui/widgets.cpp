#include "app/ui/widgets.h"

#include <algorithm>
#include <cmath>

namespace lab {
namespace {

constexpr float kRounding = 8;
constexpr float kPad = 12;
constexpr float kIconSlot = 22;

std::string child_id(std::string_view group, std::string_view id) {
  return std::string(group) + "." + std::string(id);
}

// Colours of a button: its ground at rest and how it answers the pointer.
void draw_button_ground(Ui& ui, ImRect rect, ButtonKind kind, float hover, bool held) {
  if (kind == ButtonKind::primary) {
    ui.list()->AddRectFilled(rect.Min, rect.Max,
                             faded(ui.tone(Tone::accent), 1 - 0.12f * hover - (held ? 0.1f : 0)),
                             kRounding);
    return;
  }
  const float strength = held ? 1.0f : hover;
  if (strength > 0) {
    ui.list()->AddRectFilled(rect.Min, rect.Max, faded(ui.tone(Tone::hover), strength), kRounding);
  }
  if (kind == ButtonKind::outline) {
    ui.list()->AddRect(rect.Min, rect.Max, ui.tone(Tone::line), kRounding);
  }
}

}  // namespace

float button_width(const Ui& ui, std::string_view label, const ButtonLook& look) {
  return std::ceil(ui.type().width(style::body, label)) + 2 * kPad + (look.icon ? kIconSlot : 0);
}

bool button(Ui& ui, std::string_view id, ImVec2 at, std::string_view label,
            const ButtonLook& look) {
  const ImRect rect(at, {at.x + button_width(ui, label, look), at.y + kControlHeight});
  const Interaction state = ui.interact(id, rect, Role::button, label, look.enabled);
  const float hover = ui.ease(item_id(id), state.hovered ? 1.0f : 0.0f);
  draw_button_ground(ui, rect, look.kind, hover, state.held);
  const bool primary = look.kind == ButtonKind::primary;
  const ImU32 ink = faded(ui.tone(primary ? Tone::on_accent : Tone::text), look.enabled ? 1 : 0.4f);
  float x = rect.Min.x + kPad;
  const float middle = rect.GetCenter().y;
  if (look.icon) {
    draw_icon(ui.list(), *look.icon, {x + 7, middle}, ink);
    x += kIconSlot;
  }
  ui.type().draw_middle(ui.list(), {x, middle}, style::body, ink, label);
  ui.focus_ring(rect, kRounding);
  return state.clicked;
}

bool icon_button(Ui& ui, std::string_view id, ImRect rect, Icon icon, std::string_view label,
                 bool enabled) {
  const Interaction state = ui.interact(id, rect, Role::button, label, enabled);
  const float hover = ui.ease(item_id(id), state.hovered ? 1.0f : 0.0f);
  draw_button_ground(ui, rect, ButtonKind::quiet, hover, state.held);
  const ImU32 ink = state.hovered ? ui.tone(Tone::text) : ui.tone(Tone::muted);
  draw_icon(ui.list(), icon, rect.GetCenter(), faded(ink, enabled ? 1 : 0.35f));
  ui.focus_ring(rect, kRounding);
  if (enabled) ui.tooltip(label);
  return state.clicked;
}

float segmented_width(const Ui& ui, std::span<const Choice> choices) {
  float width = 4;
  for (const Choice& choice : choices) {
    width += std::ceil(ui.type().width(style::body, choice.label)) + 2 * kPad;
  }
  return width;
}

size_t segmented(Ui& ui, std::string_view group, ImVec2 at, std::span<const Choice> choices,
                 size_t chosen) {
  const float width = segmented_width(ui, choices);
  const ImRect track(at, {at.x + width, at.y + kControlHeight});
  ui.list()->AddRectFilled(track.Min, track.Max, ui.tone(Tone::hover), kRounding);
  float x = at.x + 2;
  size_t result = chosen;
  for (size_t i = 0; i < choices.size(); ++i) {
    const float segment = std::ceil(ui.type().width(style::body, choices[i].label)) + 2 * kPad;
    const ImRect rect({x, at.y + 2}, {x + segment, track.Max.y - 2});
    const std::string id = child_id(group, choices[i].id);
    const Interaction state = ui.interact(id, rect, Role::radio, choices[i].label);
    ui.last_control().value = i == chosen ? "true" : "false";
    if (state.clicked) result = i;
    const float on = ui.ease(item_id(id), i == chosen ? 1.0f : 0.0f);
    if (on > 0) {
      ui.list()->AddRectFilled(rect.Min, rect.Max, faded(ui.tone(Tone::raised), on), kRounding - 2);
      ui.list()->AddRect(rect.Min, rect.Max, faded(ui.tone(Tone::line), on), kRounding - 2);
    }
    const Tone ink = i == chosen || state.hovered ? Tone::text : Tone::muted;
    ui.type().draw_middle(ui.list(), {x + kPad, rect.GetCenter().y}, style::body, ui.tone(ink),
                          choices[i].label);
    ui.focus_ring(rect, kRounding - 2);
    x += segment;
  }
  return result;
}

float tabs_width(const Ui& ui, std::span<const Choice> choices) {
  float width = 0;
  for (const Choice& choice : choices) {
    width += std::ceil(ui.type().width(style::strong, choice.label)) + 2 * kPad;
  }
  return width;
}

size_t tabs(Ui& ui, std::string_view group, ImVec2 at, float height,
            std::span<const Choice> choices, size_t chosen) {
  float x = at.x;
  size_t result = chosen;
  for (size_t i = 0; i < choices.size(); ++i) {
    const float width = std::ceil(ui.type().width(style::strong, choices[i].label)) + 2 * kPad;
    const ImRect rect({x, at.y}, {x + width, at.y + height});
    const std::string id = child_id(group, choices[i].id);
    const Interaction state = ui.interact(id, rect, Role::tab, choices[i].label);
    ui.last_control().value = i == chosen ? "true" : "false";
    if (state.clicked) result = i;
    const float on = ui.ease(item_id(id), i == chosen ? 1.0f : 0.0f);
    const Tone ink = i == chosen || state.hovered ? Tone::text : Tone::muted;
    ui.type().draw_middle(ui.list(), {x + kPad, rect.GetCenter().y}, style::strong, ui.tone(ink),
                          choices[i].label);
    if (on > 0) {
      ui.list()->AddRectFilled({x + kPad, rect.Max.y - 2}, {rect.Max.x - kPad, rect.Max.y},
                               faded(ui.tone(Tone::accent), on), 1);
    }
    ui.focus_ring(ImRect(rect.Min, {rect.Max.x, rect.Max.y - 4}), kRounding);
    x += width;
  }
  return result;
}

float error_line(Ui& ui, std::string_view id, ImVec2 at, float width, const Complaint& complaint) {
  if (!complaint) return 0;
  const std::string text = complaint.in(ui.language);
  const float height = ui.paragraph(at, width, style::body, Tone::warning, text);
  ui.record(id, {at, {at.x + width, at.y + height}}, Role::text, text, text);
  ui.last_control().live = true;
  return height + 12;
}

float error_above(Ui& ui, std::string_view id, ImVec2 at, float width, const Complaint& complaint) {
  return complaint.place().empty() ? error_line(ui, id, at, width, complaint) : 0;
}

float error_beside(Ui& ui, std::string_view control, ImVec2 at, float width,
                   const Complaint& complaint) {
  if (complaint.place() != control) return 0;
  return error_line(ui, std::string(control) + ".error", at, width, complaint);
}

void panel(Ui& ui, ImRect rect) {
  ui.list()->AddRectFilled(rect.Min, rect.Max, ui.tone(Tone::raised), 12);
  // Where panels have the page's colour, an outline tells them from it.
  if (has_contrast(ui.theme)) ui.list()->AddRect(rect.Min, rect.Max, ui.tone(Tone::line), 12);
}

float in_panel(Ui& ui, ImVec2 at, float width, const std::function<float(ImVec2, float)>& draw) {
  const float pad = width < 640 ? 12 : 16;
  ImDrawList* list = ui.list();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  const float height = draw({at.x + pad, at.y + pad}, width - 2 * pad) + 2 * pad;
  list->ChannelsSetCurrent(0);
  panel(ui, {at, {at.x + width, at.y + height}});
  list->ChannelsMerge();
  return height;
}

}  // namespace lab
