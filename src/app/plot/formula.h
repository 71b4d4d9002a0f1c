#pragma once

#include "app/plot/canvas.h"
#include "app/ui/math_text.h"

namespace lab {

// Draws a typeset formula whose baseline starts at a point.
void draw_formula(Canvas& canvas, ImVec2 baseline, ImU32 colour, const MathBox& box);

}  // namespace lab
