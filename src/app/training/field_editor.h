#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ui/ui.h"
#include "core/experiment/fields.h"

namespace lab {

// An editor of one field of a document, with its name above it: a menu, a box, or a number that is
// typed or stepped by the buttons beside it. It is kFieldRow high. What a person sets the field to,
// as set_field() reads it. `helps`: the pointer brings up what the field is, below it.
inline constexpr float kFieldRow = 60;
float field_editor_width(const Ui& ui, const Field& field);
std::optional<std::string> field_editor(Ui& ui, std::string_view id, const Field& field,
                                        const Experiment& experiment, ImVec2 at, float width,
                                        bool helps = true);

// The number a text says, also one that begins with its point; not-a-number where it says none.
double decimal_of(std::string_view text);

}  // namespace lab
