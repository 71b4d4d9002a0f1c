#pragma once

#include "app/plot/canvas.h"

namespace lab {

// Draws into an ImGui draw list, which must outlive it.
class ScreenCanvas final : public Canvas {
 public:
  // Without a painter fields are left out.
  ScreenCanvas(ImDrawList* list, const Type& type, FieldPainter* painter = nullptr)
      : Canvas(type), list_(list), painter_(painter) {}

  void line(ImVec2 from, ImVec2 to, const Stroke& stroke) override;
  void polyline(std::span<const ImVec2> points, const Stroke& stroke) override;
  void fill_rect(ImVec2 min, ImVec2 max, ImU32 colour, float rounding) override;
  void dot(ImVec2 centre, float radius, ImU32 colour, float ring, ImU32 inside) override;
  void polygon(std::span<const ImVec2> points, ImU32 colour) override;
  void field(unsigned key, const FieldGrid& grid, const FieldLook& look,
             std::span<const FieldPainter::Place> places) override;
  void text_on(ImVec2 baseline, TextStyle style, ImU32 colour, std::string_view text) override;
  void begin_clip(ImVec2 min, ImVec2 max) override;
  void end_clip() override;

 private:
  ImDrawList* list_;
  FieldPainter* painter_;
};

}  // namespace lab
