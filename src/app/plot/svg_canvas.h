#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "app/plot/canvas.h"
#include "app/plot/field_image.h"
#include "app/ui/outlines.h"

namespace lab {

// Writes an SVG document of a given size; `origin` is what becomes its top left corner. Text is set
// in outlines, so that it has the same shapes on every machine and in print.
class SvgCanvas final : public Canvas {
 public:
  // `title` says what it shows; `name` keeps its ids apart from those of other pictures in a page.
  SvgCanvas(const Type& type, ImVec2 origin, ImVec2 size, ImU32 ground, std::string_view name,
            std::string_view title);

  void line(ImVec2 from, ImVec2 to, const Stroke& stroke) override;
  void polyline(std::span<const ImVec2> points, const Stroke& stroke) override;
  void fill_rect(ImVec2 min, ImVec2 max, ImU32 colour, float rounding) override;
  void dot(ImVec2 centre, float radius, ImU32 colour, float ring, ImU32 inside) override;
  void polygon(std::span<const ImVec2> points, ImU32 colour) override;
  // An image of the numbers, with the border between the signs as lines.
  void field(unsigned key, const FieldGrid& grid, const FieldLook& look,
             std::span<const FieldPainter::Place> places) override;
  void text_on(ImVec2 baseline, TextStyle style, ImU32 colour, std::string_view text) override;
  void begin_clip(ImVec2 min, ImVec2 max) override;
  void end_clip() override;

  // The whole document; call once, last.
  std::string finish();

 private:
  std::string point(ImVec2 at) const;
  // x, y, width and height of a part of the picture.
  std::string place(ImVec2 min, ImVec2 max) const;
  std::string glyph_id(Face face, unsigned character) const;
  void field_lines(const FieldPainter::Place& place, std::span<const FieldSegment> segments,
                   const Stroke& stroke);
  void open_clip(ImVec2 min, ImVec2 max, float rounding);

  ImVec2 origin_;
  std::string name_, svg_;
  Outlines outlines_;
  std::set<std::pair<Face, unsigned>> glyphs_;  // that are in use
  int clips_ = 0;
};

}  // namespace lab
