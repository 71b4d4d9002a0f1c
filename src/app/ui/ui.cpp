#include "app/ui/ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lab {
namespace {

constexpr float kEaseSeconds = 0.15f;  // until 95 % of the way is done

}  // namespace

std::string hidden_label(std::string_view id) {
  return "##" + std::string(id);
}

ImGuiID item_id(std::string_view id) {
  return ImHashStr(hidden_label(id).c_str());
}

void Ui::begin_frame(float pixel_ratio, bool reduced_motion) {
  set_density(pixel_ratio);
  reduced_motion_ = reduced_motion;
  moving_ = false;
  controls_.clear();
  last_control_ = nullptr;
  pinch_ = std::exchange(next_pinch_, {});
  action_.reset();
  if (actions_.empty()) return;
  action_ = std::move(actions_.front());
  actions_.pop_front();
}

bool Ui::acts(ControlAction::Kind kind, std::string_view id) const {
  return action_ && action_->kind == kind && action_->id == id;
}

std::optional<std::string> Ui::text_set(std::string_view id) const {
  if (disabled_ || !acts(ControlAction::Kind::set, id)) return {};
  return action_->text;
}

void Ui::set_density(float pixel_ratio) {
  density_ = pixel_ratio;
  type_.set_density(pixel_ratio);
  // Edges soften over one framebuffer pixel, not over one CSS px.
  ImGui::GetDrawListSharedData()->InitialFringeScale = 1.0f / pixel_ratio;
}

float Ui::line_height(TextStyle style) const {
  return std::round(style.size * (language == Language::zh ? 1.6f : 1.45f));
}

float Ui::text(ImVec2 top_left, TextStyle style, Tone role, std::string_view text) {
  const ImVec2 middle{top_left.x, top_left.y + line_height(style) / 2};
  type_.draw_middle(list(), middle, style, tone(role), text);
  return type_.width(style, text);
}

float Ui::paragraph(ImVec2 top_left, float width, TextStyle style, Tone role,
                    std::string_view text) {
  const float top = top_left.y;
  for (std::string_view line : type_.wrap(style, width, text)) {
    this->text(top_left, style, role, line);
    top_left.y += line_height(style);
  }
  return top_left.y - top;
}

float Ui::paragraph_height(float width, TextStyle style, std::string_view text) const {
  return static_cast<float>(type_.wrap(style, width, text).size()) * line_height(style);
}

Interaction Ui::interact(std::string_view id, ImRect rect, Role role, std::string_view label,
                         bool enabled) {
  enabled &= !disabled_;
  record(id, rect, role, label);
  const ImGuiID item = item_id(id);
  last_control_->item = item;
  last_control_->enabled = enabled;
  Interaction result;
  const bool visible = ImGui::ItemAdd(rect, item, nullptr, enabled ? 0 : ImGuiItemFlags_Disabled);
  if (!enabled) return result;
  if (acts(ControlAction::Kind::focus, id)) {
    ImGui::SetFocusID(item, GImGui->CurrentWindow);
    ImGui::SetNavCursorVisible(true);
  }
  result.clicked = acts(ControlAction::Kind::press, id);
  if (result.clicked) ImGui::ClosePopupsOverWindow(GImGui->CurrentWindow, false);
  if (!visible) return result;
  result.clicked |= ImGui::ButtonBehavior(rect, item, &result.hovered, &result.held);
  // ImGui also says so of what the keyboard is on, or holds, wherever the pointer may be.
  result.hovered &= GImGui->HoveredId == item;
  result.held &= GImGui->ActiveIdSource == ImGuiInputSource_Mouse;
  result.focused = ImGui::GetFocusID() == item && GImGui->NavCursorVisible;
  last_control_->focused = result.focused;
  if (result.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  return result;
}

void Ui::record(std::string_view id, ImRect rect, Role role, std::string_view label,
                std::string_view value) {
  const ImVec2 from = origin();
  last_control_ = &controls_.add({.id = std::string(id),
                                  .role = role,
                                  .label = std::string(label),
                                  .value = std::string(value),
                                  .min = {rect.Min.x - from.x, rect.Min.y - from.y},
                                  .max = {rect.Max.x - from.x, rect.Max.y - from.y}});
}

void Ui::record_item(std::string_view id, Role role, std::string_view label,
                     std::string_view value) {
  record(id, {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()}, role, label, value);
  last_control_->item = ImGui::GetItemID();
  last_control_->enabled = !disabled_;
  last_control_->focused = ImGui::IsItemFocused();
}

void Ui::zoom_at(ImVec2 place, float units) {
  ImGui::GetIO().AddMousePosEvent(place.x, place.y);
  next_pinch_ = {place, next_pinch_.units + units};
}

Zoom Ui::zoom(const Interaction& state) {
  last_control_->zooms = true;
  const ImRect rect = on_screen({last_control_->min, last_control_->max});
  const ImGuiIO& io = ImGui::GetIO();
  const bool pinched = pinch_.units != 0 && rect.Contains(pinch_.place);
  float units = pinched ? pinch_.units : 0;
  // The wheel is the page's, but with Ctrl it is the item's.
  if (io.KeyCtrl) ImGui::SetItemKeyOwner(ImGuiKey_MouseWheelY);
  if (state.hovered && io.KeyCtrl) units += io.MouseWheel;
  return {std::pow(1.15, static_cast<double>(-units)),
          pinched ? from_screen(pinch_.place) : io.MousePos};
}

void Ui::focus_ring(ImRect rect, float rounding) {
  if (last_control_ == nullptr || !last_control_->focused) return;
  rect.Expand(2);
  list()->AddRect(rect.Min, rect.Max, tone(Tone::accent), rounding + 2, 0, 2);
}

void Ui::tooltip(std::string_view text) {
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNone | ImGuiHoveredFlags_AllowWhenDisabled) &&
      !ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal | ImGuiHoveredFlags_AllowWhenDisabled)) {
    keep_moving();  // the delay is running
  }
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal | ImGuiHoveredFlags_AllowWhenDisabled)) {
    return;
  }
  draw_tip({ImGui::GetItemRectMin(), ImGui::GetItemRectMax()}, text);
}

void Ui::hint(ImVec2 at, std::string_view text) {
  draw_tip({at.x, at.y - 8, at.x, at.y + 8}, text);
}

void Ui::draw_tip(ImRect anchor, std::string_view text) {
  constexpr float pad = 10, max_width = 320;
  anchor = on_screen(anchor);
  begin_unscaled();
  const auto lines = type_.wrap(style::caption, max_width, text);
  float width = 0;
  for (std::string_view line : lines) width = std::max(width, type_.width(style::caption, line));
  const float height = static_cast<float>(lines.size()) * line_height(style::caption);
  const ImGuiViewport* viewport = ImGui::GetMainViewport();
  ImVec2 at{anchor.Min.x, anchor.Max.y + 8};
  at.x = std::clamp(
      at.x, viewport->Pos.x + 8,
      std::max(viewport->Pos.x + 8, viewport->Pos.x + viewport->Size.x - width - 2 * pad - 8));
  if (at.y + height + 2 * pad > viewport->Pos.y + viewport->Size.y) {
    at.y = anchor.Min.y - 8 - height - 2 * pad;
  }
  ImDrawList* above = ImGui::GetForegroundDrawList();
  above->AddRectFilled(at, {at.x + width + 2 * pad, at.y + height + 2 * pad - 4}, tone(Tone::text),
                       6);
  ImVec2 line_at{at.x + pad, at.y + pad - 2 + line_height(style::caption) / 2};
  for (std::string_view line : lines) {
    type_.draw_middle(above, line_at, style::caption, tone(Tone::surface), line);
    line_at.y += line_height(style::caption);
  }
  end_unscaled();
}

float Ui::ease(ImGuiID key, float target) {
  const auto [entry, fresh] = eased_.try_emplace(key, target);
  float& value = entry->second;
  if (fresh || reduced_motion_ || std::fabs(value - target) < 0.004f) {
    value = target;
    return value;
  }
  const float rate = 3.0f / kEaseSeconds;  // e^-3 is 5 %
  const float step = std::min(ImGui::GetIO().DeltaTime, 0.05f);
  value += (target - value) * (1 - std::exp(-rate * step));
  moving_ = true;
  return value;
}

}  // namespace lab
