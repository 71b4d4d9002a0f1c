#pragma once

#include <string>

#include "app/plot/canvas.h"

namespace lab {

// Writes an SVG document of a given size; `origin` is what becomes its top left corner.
class SvgCanvas final : public Canvas {
 public:
  SvgCanvas(ImVec2 origin, ImVec2 size, ImU32 ground);

  void line(ImVec2 from, ImVec2 to, const Stroke& stroke) override;
  void polyline(std::span<const ImVec2> points, const Stroke& stroke) override;
  void fill_rect(ImVec2 min, ImVec2 max, ImU32 colour) override;
  void dot(ImVec2 centre, float radius, ImU32 colour, float ring, ImU32 inside) override;
  void polygon(std::span<const ImVec2> points, ImU32 colour) override;
  // An image of the numbers, with the border between the signs as lines.
  void field(unsigned key, const FieldGrid& grid, const FieldLook& look,
             std::span<const FieldPainter::Place> places) override;
  void text(ImVec2 at, TextStyle style, ImU32 colour, std::string_view text, float anchor) override;
  void begin_clip(ImVec2 min, ImVec2 max) override;
  void end_clip() override;

  // The whole document; call once, last.
  std::string finish();

 private:
  std::string point(ImVec2 at) const;

  ImVec2 origin_;
  std::string svg_;
  int clips_ = 0;
};

}  // namespace lab
