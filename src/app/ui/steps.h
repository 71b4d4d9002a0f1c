#pragma once

#include <optional>
#include <string_view>

#include "app/ui/ui.h"

// What the controls share that hold a number between two bounds.

namespace lab {

// The step of a control over [min, max]: about a hundredth of the range, a power of ten; a tenth of
// that when `fine`.
float step_size(float min, float max, bool fine);

// The value so many steps on, on the grid of whole steps and within the bounds.
float stepped(float value, float steps, float step, float min, float max);

// Steps that keys ask of the item that has the keyboard focus, those of HTML's sliders: →, ↑ and +
// go one up, ←, ↓ and − one down, Page Up and Page Down ten, Home and End infinitely many. From then
// on these keys are the item's, and move neither the focus nor the page.
float key_steps(ImGuiID item);

// Adds the bounds, and the number where its value is not just that, to the control recorded last.
void record_range(Ui& ui, float min, float max, std::optional<float> now = std::nullopt);
// The number that an action sets the control to, within the bounds.
std::optional<float> number_set(const Ui& ui, std::string_view id, float min, float max);

}  // namespace lab
