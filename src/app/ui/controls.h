#pragma once

#include <imgui.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

// ARIA's names for what a control is (https://www.w3.org/TR/wai-aria-1.2/#role_definitions).
enum class Role {
  button,
  cell,     // gridcell that only shows
  textbox,  // text or number that can be typed
  tab,
  radio,
  checkbox,
  slider,
  menuitem,
  text,  // static text that tests and screen readers want
  image,
};

std::string_view role_name(Role role);

// The numbers a slider can be set to, and the one it is set to where the control's value is not
// just that.
struct ControlRange {
  float min, max, step;
  std::optional<float> now = std::nullopt;
};

// What a test, a screen reader or a person's script can know about one control of the last frame.
struct Control {
  std::string id;  // stable and language-free, e.g. "tensor.cell.0.1"
  Role role;
  std::string label;  // what a screen reader says, in the interface's language
  std::string value;  // text of a textbox, "true"/"false" for a chosen radio or tab, else empty
  ImVec2 min, max;    // CSS px, relative to the top left of the view
  bool enabled = true;
  bool focused = false;
  std::optional<ControlRange> range = std::nullopt;  // of a slider, when both ends are finite
  std::optional<bool> expanded = std::nullopt;       // of a button with a menu: whether it is open
  bool multiline = false;                            // of a textbox: takes line breaks
  bool live = false;   // a screen reader says so when the value changes
  bool zooms = false;  // takes pinches, and the wheel while Ctrl is held
  ImGuiID item = 0;    // ImGui's id of the interactive item; 0 for static text
};

// The controls of one frame in drawing order.
class Controls {
 public:
  void clear() { controls_.clear(); }
  Control& add(Control control) { return controls_.emplace_back(std::move(control)); }
  const std::vector<Control>& all() const { return controls_; }
  std::vector<Control>& all() { return controls_; }
  const Control* find(std::string_view id) const;
  // Lengths are multiplied by `scale`.
  std::string json(float scale = 1) const;

 private:
  std::vector<Control> controls_;
};

}  // namespace lab
