#pragma once

#include <span>

#include "app/plot/figure.h"

namespace lab {

// The button that opens the list of a scene's figures, a square of kControlHeight.
void draw_figures_button(Ui& ui, ImVec2 at);
// The list itself, while it is open: every figure as SVG and PNG, and how large PNG files are.
void draw_figures_dialog(Ui& ui, Platform& platform, std::span<const Figure> figures);

}  // namespace lab
