#pragma once

#include <imgui.h>

#include <span>
#include <string_view>

#include "app/ui/type.h"
#include "platform/field_painter.h"

namespace lab {

// How a curve is drawn. Lengths are CSS px.
struct Stroke {
  ImU32 colour;
  float width = 1;
  bool dashed = false;
};

// What pictures are drawn on: the screen, or a file that shows the same.
class Canvas {
 public:
  explicit Canvas(const Type& type) : type_(type) {}
  virtual ~Canvas() = default;
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  virtual void line(ImVec2 from, ImVec2 to, const Stroke& stroke) = 0;
  virtual void polyline(std::span<const ImVec2> points, const Stroke& stroke) = 0;
  virtual void fill_rect(ImVec2 min, ImVec2 max, ImU32 colour, float rounding = 0) = 0;
  // A disc; with `ring` > 0 only its outline of that thickness, filled with `inside`.
  virtual void dot(ImVec2 centre, float radius, ImU32 colour, float ring = 0, ImU32 inside = 0) = 0;
  // A filled convex polygon.
  virtual void polygon(std::span<const ImVec2> points, ImU32 colour) = 0;
  // A field that the painter has under `key`, and its numbers for files.
  virtual void field(unsigned key, const FieldGrid& grid, const FieldLook& look,
                     std::span<const FieldPainter::Place> places) = 0;
  // One line of text whose baseline starts at a point.
  virtual void text_on(ImVec2 baseline, TextStyle style, ImU32 colour, std::string_view text) = 0;
  // One line of text, its capitals centred vertically on `at`.y; `anchor` is the share of its width
  // left of `at`.x: 0 starts there, 0.5 is centred, 1 ends there.
  void text(ImVec2 at, TextStyle style, ImU32 colour, std::string_view text, float anchor = 0) {
    text_on({at.x - anchor * type_.width(style, text), Type::baseline_of(at.y, style)}, style,
            colour, text);
  }
  // Everything until end_clip() shows only inside.
  virtual void begin_clip(ImVec2 min, ImVec2 max) = 0;
  virtual void end_clip() = 0;

  const Type& type() const { return type_; }

 private:
  const Type& type_;
};

}  // namespace lab
