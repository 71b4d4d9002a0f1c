#pragma once

#include <imgui.h>
#include <imgui_internal.h>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/text/text.h"
#include "app/ui/control_action.h"
#include "app/ui/controls.h"
#include "app/ui/palette.h"
#include "app/ui/type.h"
#include "core/error.h"

namespace lab {

// What a person did to an interactive region this frame.
struct Interaction {
  bool hovered = false;  // the pointer is on it
  bool held = false;     // the pointer went down on it and is still down
  bool clicked = false;  // released over it, or activated by keyboard
  bool focused = false;  // has the keyboard focus
};

// By how much the stretch in view becomes longer, below 1 when zoomed in, and about which place.
struct Zoom {
  double factor = 1;
  ImVec2 about;
};

// The context every panel draws with: language, colours, type, the control records and the easings.
// It lives as long as the app; begin_frame() is called once a frame.
class Ui {
 public:
  void load_fonts() { type_.load(); }
  void begin_frame(float pixel_ratio, bool reduced_motion);

  Language language = Language::en;
  Theme theme = Theme::light;

  std::string_view tr(Str id) const { return lab::tr(language, id); }
  std::string tr(Str id, std::initializer_list<std::string_view> args) const {
    return lab::tr(language, id, args);
  }
  ImU32 tone(Tone role) const { return lab::tone(theme, role); }
  const Type& type() const { return type_; }
  ImDrawList* list() const { return ImGui::GetWindowDrawList(); }
  float pixel() const { return 1.0f / density_; }  // one framebuffer pixel in CSS px
  // Framebuffer pixels per CSS px that text and edges are drawn for.
  float density() const { return density_; }
  void set_density(float pixel_ratio);
  // … that PNG files of figures have, by the person's choice; 0: nobody has chosen.
  float picture_scale = 0;
  // Line box height of a style: 1.45 em, Chinese 1.6 em.
  float line_height(TextStyle style) const;

  // Text whose line box starts at `top_left`. Returns the width drawn.
  float text(ImVec2 top_left, TextStyle style, Tone role, std::string_view text);
  // Wrapped text; returns the height of its lines.
  float paragraph(ImVec2 top_left, float width, TextStyle style, Tone role, std::string_view text);
  float paragraph_height(float width, TextStyle style, std::string_view text) const;

  // Makes `rect` an interactive item with that stable id and records it as a control. The record's
  // value may be filled in afterwards through last_control().
  Interaction interact(std::string_view id, ImRect rect, Role role, std::string_view label,
                       bool enabled = true);
  // From now on everything that interact() makes can be looked at but not operated, until it is
  // called with false.
  void disable(bool on) { disabled_ = on; }
  // What is drawn and recorded between the two appears `by` times as large, from the room's top
  // left corner on, and is cut off at the room's edges; the pointer hits what it points at.
  void begin_scaled(ImRect room, float by);
  void end_scaled();
  // Where a place between the two appears; which one appears there.
  ImRect on_screen(ImRect rect) const;
  ImVec2 from_screen(ImVec2 place) const;
  // Windows of their own, such as menus, are not scaled.
  void begin_unscaled();
  void end_unscaled();
  // Records something that is read but not operated.
  void record(std::string_view id, ImRect rect, Role role, std::string_view label,
              std::string_view value = {});
  // Records an item ImGui's own widget has just made (a text field).
  void record_item(std::string_view id, Role role, std::string_view label, std::string_view value);
  Control& last_control() { return *last_control_; }
  const Controls& controls() const { return controls_; }

  // Lines up something to do to a control; each frame does one.
  void act(ControlAction action) { actions_.push_back(std::move(action)); }
  // Whether this frame's action is that one on that control. interact() asks by itself for presses
  // and for the focus.
  bool acts(ControlAction::Kind kind, std::string_view id) const;
  // The text or number that this frame's action sets the control to.
  std::optional<std::string> text_set(std::string_view id) const;

  // A pinch at that place of the view, for the next frame's items; units as of the wheel.
  void zoom_at(ImVec2 place, float units);
  // For the last interaction: makes pinches, and the wheel while Ctrl is held, its own. Returns
  // what they do this frame.
  Zoom zoom(const Interaction& state);

  // Draws the focus ring when the last interaction has the keyboard focus and it should show.
  void focus_ring(ImRect rect, float rounding);
  // Shows `text` at once, below a point.
  void hint(ImVec2 at, std::string_view text);
  // Shows `text` beside the last item once the pointer has rested on it.
  void tooltip(std::string_view text);

  // A value that eases towards `target` over about 150 ms; at once with reduced motion.
  float ease(ImGuiID key, float target);
  // What a person is typing into a field, kept from frame to frame.
  std::string& draft(ImGuiID field) { return drafts_[field]; }
  bool moving() const { return moving_ || !actions_.empty() || next_pinch_.units != 0; }
  // Asks for more frames although nothing eases (a timer is running).
  void keep_moving() { moving_ = true; }

 private:
  void draw_tip(ImRect anchor, std::string_view text);
  void enter_scale();
  void leave_scale();
  ImVec2 origin() const { return ImGui::GetMainViewport()->Pos; }

  Type type_;
  Controls controls_;
  Control* last_control_ = nullptr;
  struct Pinch {
    ImVec2 place;
    float units = 0;
  };
  struct Scaled {
    ImVec2 from;
    float by;
    int vertices, commands;  // of the draw list, at the beginning
    size_t records;
    ImVec2 mouse;
    float density;
    struct Range {
      size_t begin, end;
    };
    std::vector<Range> unscaled = {};  // of the records
    int windows = 0;                   // that have begun and not ended
  };
  std::optional<Scaled> scaled_;
  Pinch pinch_, next_pinch_;             // of this frame, of the next one
  std::deque<ControlAction> actions_;    // of the frames to come
  std::optional<ControlAction> action_;  // of this frame
  std::unordered_map<ImGuiID, float> eased_;
  std::unordered_map<ImGuiID, std::string> drafts_;
  float density_ = 1;
  bool reduced_motion_ = false;
  bool disabled_ = false;
  bool moving_ = false;
};

// ImGui's id of a control. Ids are global, not stacked: a control keeps its id wherever it is
// drawn.
ImGuiID item_id(std::string_view id);
// A label for ImGui's own widgets that shows nothing and, under PushOverrideID(0), gives item_id().
std::string hidden_label(std::string_view id);

}  // namespace lab
