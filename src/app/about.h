#pragma once

#include "app/ui/ui.h"

namespace lab {

// A button that opens a dialog with what the program is made of, centred vertically on `left_middle`.
void draw_about(Ui& ui, ImVec2 left_middle);
float about_width(const Ui& ui);

}  // namespace lab
