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
