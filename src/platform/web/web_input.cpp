#include "platform/web/web_input.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cfloat>

#include "platform/web/key_names.h"

namespace lab {
namespace {

ImGuiMouseSource source_of(const std::string& pointer_type) {
  if (pointer_type == "touch") return ImGuiMouseSource_TouchScreen;
  if (pointer_type == "pen") return ImGuiMouseSource_Pen;
  return ImGuiMouseSource_Mouse;
}

bool has(const auto& keys, ImGuiKey key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Keys by which an active text field edits and moves, whatever characters they also type.
constexpr std::array kEditingKeys = {
    ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow, ImGuiKey_DownArrow,
    ImGuiKey_PageUp,    ImGuiKey_PageDown,   ImGuiKey_Home,    ImGuiKey_End,
    ImGuiKey_Delete,    ImGuiKey_Backspace,  ImGuiKey_Enter,   ImGuiKey_KeypadEnter,
    ImGuiKey_Escape,
};

// Keys that move or press the control under the visible keyboard cursor.
constexpr std::array kNavigationKeys = {
    ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow, ImGuiKey_DownArrow,
    ImGuiKey_Space,     ImGuiKey_Enter,      ImGuiKey_Escape,
};

// Judged by the last frame: fields in editing, the keyboard cursor, open popups, and the shortcuts
// and key owners that widgets registered with ImGui.
bool app_uses(ImGuiKey key) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  const ImGuiKeyChord mods = g.IO.KeyMods;
  const bool held_alt = (mods & ImGuiMod_Alt) != 0 && !g.IO.ConfigMacOSXBehaviors;
  if (g.IO.WantTextInput && has(kEditingKeys, key) && !held_alt) return true;
  const bool plain = (mods & ~ImGuiMod_Shift) == 0;
  if (plain && g.NavCursorVisible && g.NavId != 0 && has(kNavigationKeys, key)) return true;
  if (plain && key == ImGuiKey_Escape && g.OpenPopupStack.Size > 0) return true;
  if (ImGui::GetKeyOwner(key) != ImGuiKeyOwner_NoOwner) return true;
  return ImGui::GetShortcutRoutingData(mods | key)->RoutingCurr != ImGuiKeyOwner_NoOwner;
}

// A window under the pointer that can still scroll this way, or a control that owns the wheel.
bool app_takes_wheel(float x, float y) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  const bool owned =
      (y != 0 && ImGui::GetKeyOwner(ImGuiKey_MouseWheelY) != ImGuiKeyOwner_NoOwner) ||
      (x != 0 && ImGui::GetKeyOwner(ImGuiKey_MouseWheelX) != ImGuiKeyOwner_NoOwner);
  if (owned) return true;
  for (const ImGuiWindow* window = g.HoveredWindow; window != nullptr;
       window = window->ParentWindow) {
    if ((window->Flags & ImGuiWindowFlags_NoScrollWithMouse) == 0) {
      if (y > 0 && window->Scroll.y > 0) return true;
      if (y < 0 && window->Scroll.y < window->ScrollMax.y) return true;
      if (x > 0 && window->Scroll.x > 0) return true;
      if (x < 0 && window->Scroll.x < window->ScrollMax.x) return true;
    }
    if ((window->Flags & ImGuiWindowFlags_ChildWindow) == 0) break;
  }
  return false;
}

}  // namespace

WebInput::WebInput(WebPlatform& platform, bool mac) : platform_(platform) {
  ImGui::GetIO().ConfigMacOSXBehaviors = mac;
}

void WebInput::pointer_move(float x, float y, const std::string& pointer_type) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(source_of(pointer_type));
  io.AddMousePosEvent(x / scale_, y / scale_);
}

void WebInput::pointer_buttons(unsigned buttons, const std::string& pointer_type) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(source_of(pointer_type));
  // DOM bits: 1 primary, 2 secondary, 4 auxiliary; ImGui counts left, right, middle.
  for (int button = 0; button < 3; ++button) {
    const unsigned bit = 1u << button;
    if ((buttons & bit) != (buttons_ & bit)) io.AddMouseButtonEvent(button, (buttons & bit) != 0);
  }
  buttons_ = buttons;
}

void WebInput::pointer_leave() {
  ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
}

bool WebInput::wheel(float x, float y, bool shift) {
  ImGuiIO& io = ImGui::GetIO();
  // With Shift the wheel turns sideways. ImGui does that by itself where the system doesn't (all
  // but Macs), and wants the turn upright; some browsers have laid it over already.
  const bool sideways = shift && !io.ConfigMacOSXBehaviors;
  const bool takes = sideways ? app_takes_wheel(x + y, 0) : app_takes_wheel(x, y);
  if (takes) io.AddMouseWheelEvent(sideways ? 0 : x, sideways ? x + y : y);
  return takes;
}

void WebInput::modifiers(bool control, bool shift, bool alt, bool meta) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Ctrl, control);
  io.AddKeyEvent(ImGuiMod_Shift, shift);
  io.AddKeyEvent(ImGuiMod_Alt, alt);
  io.AddKeyEvent(ImGuiMod_Super, meta);
}

bool WebInput::key(const std::string& code, const std::string& key, bool down) {
  const ImGuiKey named = key_from_dom(code, key);
  if (named == ImGuiKey_None) return false;
  ImGui::GetIO().AddKeyEvent(named, down);
  return app_uses(named);
}

void WebInput::command(const std::string& key) {
  ImGuiIO& io = ImGui::GetIO();
  const ImGuiKey modifier = io.ConfigMacOSXBehaviors ? ImGuiMod_Super : ImGuiMod_Ctrl;
  const ImGuiKey named = key_from_dom({}, key);
  io.AddKeyEvent(modifier, true);
  io.AddKeyEvent(named, true);
  io.AddKeyEvent(named, false);
  io.AddKeyEvent(modifier, false);
}

void WebInput::paste(const std::string& text) {
  platform_.set_pasted(text);
  command("v");
}

void WebInput::text(const std::string& text) {
  ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
}

void WebInput::focus(bool focused) {
  if (!focused) let_go();
  ImGui::GetIO().AddFocusEvent(focused);
}

// ImGui lets go of everything by itself when the focus goes, but not when it comes back within a
// frame.
void WebInput::let_go() {
  ImGuiIO& io = ImGui::GetIO();
  for (int button = 0; button < 3; ++button) io.AddMouseButtonEvent(button, false);
  buttons_ = 0;
  for (int key = ImGuiKey_NamedKey_BEGIN; key < ImGuiKey_ReservedForModCtrl; ++key) {
    io.AddKeyEvent(static_cast<ImGuiKey>(key), false);
  }
  modifiers(false, false, false, false);
}

bool WebInput::pending() const {
  return ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
}

}  // namespace lab
