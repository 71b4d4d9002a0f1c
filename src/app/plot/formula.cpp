#include "app/plot/formula.h"

namespace lab {

void draw_formula(Canvas& canvas, ImVec2 baseline, ImU32 colour, const MathBox& box) {
  for (const MathBox::Run& run : box.runs) {
    canvas.text_on({baseline.x + run.at.x, baseline.y + run.at.y}, run.style, colour, run.text);
  }
  for (const MathBox::Stroke& stroke : box.strokes) {
    std::vector<ImVec2> points = stroke.points;
    for (ImVec2& point : points) point = {point.x + baseline.x, point.y + baseline.y};
    canvas.polyline(points, {colour, stroke.thickness});
  }
}

}  // namespace lab
