#pragma once

#include <string>
#include <vector>

#include "app/plot/canvas.h"

namespace lab {

// The name of a curve, to stand beside its end.
struct EndLabel {
  ImVec2 end;  // of the curve
  std::string name;
  ImU32 colour;
};

// Writes names to the right of `left`, each as near to its curve's end as the others let it, within
// [top, bottom]; a thin line leads to a name that had to move.
void draw_end_labels(Canvas& canvas, std::vector<EndLabel> labels, float left, float top,
                     float bottom);

}  // namespace lab
