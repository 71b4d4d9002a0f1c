#pragma once

#include <imgui.h>

#include <array>
#include <span>

namespace lab {

// Numbers on grids, to be coloured for every pixel between them. A field has `slices` grids of
// width × height numbers; each grid runs row by row from the bottom, its outer points lie on the
// edges of the rectangle it is drawn in.
struct FieldGrid {
  int width = 0, height = 0, slices = 1;
  std::span<const float> values;  // slices × height × width
};

// What takes the place of the numbers of a slice that are exactly 0 where the line between the
// signs is looked for. 0 is on the negative side, as it is where a class is told from an output;
// over an area of zeros the line runs as far outside as the numbers beyond its edge are large.
inline float beside_zero(const FieldGrid& grid, int slice) {
  const auto width = static_cast<size_t>(grid.width), height = static_cast<size_t>(grid.height);
  const auto numbers = grid.values.subspan(static_cast<size_t>(slice) * width * height);
  float sum = 0, count = 0;
  const auto look = [&](float a, float b) {
    if (a != 0 || !(b > 0)) return;
    sum += b;
    count += 1;
  };
  for (size_t y = 0; y < height; ++y) {
    for (size_t x = 0; x < width; ++x) {
      const float here = numbers[y * width + x];
      for (const size_t other :
           {x + 1 < width ? y * width + x + 1 : 0, y + 1 < height ? (y + 1) * width + x : 0}) {
        if (other == 0) continue;
        look(here, numbers[other]);
        look(numbers[other], here);
      }
    }
  }
  return count > 0 ? -sum / count : 0.0f;
}

// How numbers become colours.
struct FieldLook {
  static constexpr int kRamp = 33, kMostClasses = 10;

  // 0: every slice is a picture of its own, of numbers from −1 to 1, coloured by `ramp`. From 2 on:
  // that many slices are the probabilities of classes, which make one picture.
  int classes = 0;
  std::array<ImU32, kRamp> ramp{};                  // the colours of −1 … 1
  std::array<ImU32, kMostClasses> class_colours{};  // of certainty
  ImU32 ground = 0;                                 // of a class as likely as the others
  bool discrete = false;                            // only whether above 0, or which class
  float contours = 0;                               // opacity of lines at ±¼, ±½, ±¾
  ImU32 border = 0;        // of the line between the signs or classes; transparent: none
  float border_width = 0;  // framebuffer pixels
};

// Draws fields within ImGui's draw lists. Each platform with a graphics card has one.
class FieldPainter {
 public:
  virtual ~FieldPainter() = default;

  // Keeps the field under a key until another takes its place. Scenes share keys: `owner` is whose
  // field it is, and holds() whether it is still.
  virtual void set(unsigned key, const void* owner, const FieldGrid& grid) = 0;
  virtual bool holds(unsigned key, const void* owner) const = 0;
  // One slice (or the classes) in a rectangle of the list; `from` and `to` are the shares of the
  // field at its lower left and upper right, {0, 0} and {1, 1} for all of it.
  struct Place {
    int slice = 0;
    ImVec2 min, max;
    ImVec2 from{0, 0}, to{1, 1};
    float rounding = 0;
    float opacity = 1;
  };
  virtual void draw(ImDrawList& list, unsigned key, const FieldLook& look,
                    std::span<const Place> places) = 0;
};

}  // namespace lab
