#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/complaint.h"
#include "app/ui/icons.h"
#include "app/ui/ui.h"

namespace lab {

inline constexpr float kControlHeight = 32;

enum class ButtonKind { quiet, outline, primary };

struct ButtonLook {
  ButtonKind kind = ButtonKind::outline;
  std::optional<Icon> icon = std::nullopt;
  bool enabled = true;
};

// Width a button needs for its label, in CSS px.
float button_width(const Ui& ui, std::string_view label, const ButtonLook& look = {});

// A labelled button at `at`, kControlHeight high. True when activated.
bool button(Ui& ui, std::string_view id, ImVec2 at, std::string_view label,
            const ButtonLook& look = {});

// A square button that shows only an icon; `label` is its tooltip and its name for screen readers.
bool icon_button(Ui& ui, std::string_view id, ImRect rect, Icon icon, std::string_view label,
                 bool enabled = true);

// One choice of a segmented control or a tab bar. The control's id is `<group>.<id>`.
struct Choice {
  std::string_view id;
  std::string_view label;
};

float segmented_width(const Ui& ui, std::span<const Choice> choices);
// A row of choices of which one is set. Returns the index now chosen.
size_t segmented(Ui& ui, std::string_view group, ImVec2 at, std::span<const Choice> choices,
                 size_t chosen);

float tabs_width(const Ui& ui, std::span<const Choice> choices);
// A tab bar of the given height whose chosen tab is underlined. Returns the index now chosen.
size_t tabs(Ui& ui, std::string_view group, ImVec2 at, float height,
            std::span<const Choice> choices, size_t chosen);

// Opens a pop-up menu below `anchor` on the next frame.
void open_menu(std::string_view id);
bool is_menu_open(std::string_view id);
// Draws the menu if it is open, in as many columns as the window's height asks for. Returns the
// index a person picked.
std::optional<size_t> menu(Ui& ui, std::string_view id, ImRect anchor,
                           std::span<const Choice> choices, size_t chosen);

// A field that shows what is chosen and opens a menu of the choices, `width` wide and
// kControlHeight high. Returns the index a person picked.
std::optional<size_t> select(Ui& ui, std::string_view id, ImVec2 at, float width,
                             std::string_view label, std::span<const Choice> choices,
                             size_t chosen);

// A box that is ticked or not, with its label on the right. True when it was activated.
float checkbox_width(const Ui& ui, std::string_view label);
bool checkbox(Ui& ui, std::string_view id, ImVec2 at, std::string_view label, bool on);

// A number that is dragged sideways (with Shift more finely) or stepped with + and − while it has
// the keyboard focus. `symbol` is TeX.
struct DragResult {
  float value;
  bool ended = false;  // the pointer was let go
};
DragResult drag_number(Ui& ui, std::string_view id, ImRect rect, std::string_view symbol,
                       std::string_view label, float value, float min, float max);

// A number on a track between its bounds.
DragResult slider(Ui& ui, std::string_view id, ImRect rect, std::string_view label, float value,
                  float min, float max);
// The same, kControlHeight high, with the number behind it and room for its name before it.
inline constexpr float kSliderName = 28, kSliderNumber = 64;
DragResult named_slider(Ui& ui, std::string_view id, ImVec2 at, float width, std::string_view label,
                        float value, float min, float max);

// A field for one line of text, kControlHeight high, that shows `hint` while it is empty. True when
// Enter was pressed in it.
bool text_field(Ui& ui, std::string_view id, ImVec2 at, float width, std::string_view label,
                std::string_view hint, std::string& text);

// A field for something short that shows `current` until a person types. What was entered with
// Enter or by leaving the field, if that differs.
std::optional<std::string> entry_field(Ui& ui, std::string_view id, ImVec2 at, float width,
                                       std::string_view label, std::string_view current);

// A small rounded choice that is on or off, with a mark of a colour where one is given. True when
// it was activated.
float chip_width(const Ui& ui, std::string_view label, bool marked);
bool chip(Ui& ui, std::string_view id, ImVec2 at, std::string_view label, bool on,
          std::optional<ImU32> mark = std::nullopt);

// A chip with a cross behind its label, a control of its own that takes it away.
enum class ChipAction { none, toggle, remove };
struct ChipCross {
  std::string_view id, label;
};
float removable_chip_width(const Ui& ui, std::string_view label, bool marked);
ChipAction removable_chip(Ui& ui, std::string_view id, ImVec2 at, std::string_view label, bool on,
                          std::optional<ImU32> mark, const ChipCross& cross);

// A field for text of several lines. The text is changed in place.
void text_area(Ui& ui, std::string_view id, ImRect rect, std::string_view label, std::string& text);

// Preformatted text in a well, scaled down where a line would not fit, and cut after `most` lines.
// Returns the height.
float code_well(Ui& ui, ImVec2 at, float width, std::string_view text, size_t most = 1000);

// What is wrong, if anything, as a paragraph. Returns the height with the space below it.
float error_line(Ui& ui, std::string_view id, ImVec2 at, float width, const Complaint& complaint);
// … where no control tells it; and where that control does, recorded as `<control>.error`.
float error_above(Ui& ui, std::string_view id, ImVec2 at, float width, const Complaint& complaint);
float error_beside(Ui& ui, std::string_view control, ImVec2 at, float width,
                   const Complaint& complaint);

// A quiet surface that holds a group of things.
void panel(Ui& ui, ImRect rect);
// Draws something on one that becomes as high as it needs; `draw` gets the place inside and its
// width, and returns the height used. Returns the panel's height.
float in_panel(Ui& ui, ImVec2 at, float width, const std::function<float(ImVec2, float)>& draw);

// Begins and ends a pop-up of that content size below (or above) an anchor. Returns false while it
// is closed; open_menu(id) opens it.
bool begin_popover(Ui& ui, std::string_view id, ImRect anchor, ImVec2 size);
void end_popover(Ui& ui);

// Begins and ends a modal dialog of that content size, centred in the view. Returns false while it
// is closed; open_menu(id) opens it.
bool begin_dialog(Ui& ui, std::string_view id, ImVec2 size);
void end_dialog(Ui& ui);

}  // namespace lab
