#pragma once

#include <span>

#include "app/plot/canvas.h"

namespace lab {

// Draws the marker of a class: a shape of about that radius, which tells classes apart where
// colours do not. `outline` separates it from what is below; transparent: none.
void draw_marker(Canvas& canvas, size_t class_index, ImVec2 centre, float radius, ImU32 colour,
                 ImU32 outline);

}  // namespace lab
