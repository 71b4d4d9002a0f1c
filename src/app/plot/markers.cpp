#include "app/plot/markers.h"

#include <array>
#include <cmath>
#include <vector>

namespace lab {
namespace {

// A regular polygon or a star: `sides` corners, the first at `turn` (in turns from the top), every
// other one at `inner` times the radius.
struct Shape {
  int sides;  // 0: a disc
  float turn, size, inner;
};

constexpr std::array kShapes = {
    Shape{0, 0, 1, 1},         Shape{4, 0.125f, 1.15f, 1}, Shape{3, 0, 1.3f, 1},
    Shape{4, 0, 1.25f, 1},     Shape{3, 0.5f, 1.3f, 1},    Shape{5, 0, 1.15f, 1},
    Shape{6, 0, 1.1f, 1},      Shape{8, 0, 1.35f, 0.45f},  Shape{8, 0.125f, 1.35f, 0.45f},
    Shape{10, 0, 1.35f, 0.5f},
};

void fill(Canvas& canvas, const Shape& shape, ImVec2 centre, float radius, ImU32 colour) {
  if (shape.sides == 0) return canvas.dot(centre, radius, colour);
  std::vector<ImVec2> points;
  for (int i = 0; i < shape.sides; ++i) {
    const float angle =
        (static_cast<float>(i) / static_cast<float>(shape.sides) + shape.turn) * 6.2831853f;
    const float reach = radius * shape.size * (i % 2 == 1 ? shape.inner : 1);
    points.push_back({centre.x + reach * std::sin(angle), centre.y - reach * std::cos(angle)});
  }
  if (shape.inner == 1) return canvas.polygon(points, colour);
  // A star is not convex: each of its points apart, and what is between them.
  std::vector<ImVec2> middle;
  for (size_t i = 0; i < points.size(); i += 2) {
    const ImVec2& before = points[(i + points.size() - 1) % points.size()];
    const ImVec2 tip[] = {before, points[i], points[i + 1]};
    canvas.polygon(tip, colour);
    middle.push_back(points[i + 1]);
  }
  canvas.polygon(middle, colour);
}

}  // namespace

void draw_marker(Canvas& canvas, size_t class_index, ImVec2 centre, float radius, ImU32 colour,
                 ImU32 outline) {
  const Shape& shape = kShapes[class_index % kShapes.size()];
  if (outline >> IM_COL32_A_SHIFT != 0) fill(canvas, shape, centre, radius + 1, outline);
  fill(canvas, shape, centre, radius, colour);
}

}  // namespace lab
