#include "app/plot/screen_canvas.h"

#include <cmath>
#include <vector>

namespace lab {
namespace {

constexpr float kDash = 6, kGap = 4;
// Points nearer than this have no direction to speak of, and ImGui draws a notch between them.
constexpr float kNearest = 0.1f;

// Walks along the points and draws every other stretch.
void draw_dashes(ImDrawList* list, std::span<const ImVec2> points, const Stroke& stroke) {
  std::vector<ImVec2> dash;
  bool on = true;
  float left = kDash;  // of the present stretch
  const auto finish = [&] {
    if (dash.size() > 1) {
      list->AddPolyline(dash.data(), static_cast<int>(dash.size()), stroke.colour, 0, stroke.width);
    }
    dash.clear();
  };
  const auto add = [&](ImVec2 at) {
    if (dash.empty() || std::hypot(at.x - dash.back().x, at.y - dash.back().y) > kNearest) {
      dash.push_back(at);
    }
  };
  if (!points.empty()) add(points[0]);
  for (size_t i = 1; i < points.size(); ++i) {
    ImVec2 from = points[i - 1];
    const ImVec2 to = points[i];
    float length = std::hypot(to.x - from.x, to.y - from.y);
    while (length > left) {
      const float share = left / length;
      from = {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
      length -= left;
      if (on) add(from);
      if (on) finish();
      on = !on;
      if (on) add(from);
      left = on ? kDash : kGap;
    }
    left -= length;
    if (on) add(to);
  }
  finish();
}

}  // namespace

void ScreenCanvas::line(ImVec2 from, ImVec2 to, const Stroke& stroke) {
  const ImVec2 points[] = {from, to};
  polyline(points, stroke);
}

void ScreenCanvas::polyline(std::span<const ImVec2> points, const Stroke& stroke) {
  if (stroke.dashed) {
    draw_dashes(list_, points, stroke);
  } else {
    list_->AddPolyline(points.data(), static_cast<int>(points.size()), stroke.colour, 0,
                       stroke.width);
  }
}

void ScreenCanvas::fill_rect(ImVec2 min, ImVec2 max, ImU32 colour, float rounding) {
  list_->AddRectFilled(min, max, colour, rounding);
}

void ScreenCanvas::dot(ImVec2 centre, float radius, ImU32 colour, float ring, ImU32 inside) {
  list_->AddCircleFilled(centre, radius, ring > 0 ? inside : colour);
  if (ring > 0) list_->AddCircle(centre, radius, colour, 0, ring);
}

void ScreenCanvas::polygon(std::span<const ImVec2> points, ImU32 colour) {
  list_->AddConvexPolyFilled(points.data(), static_cast<int>(points.size()), colour);
}

void ScreenCanvas::field(unsigned key, const FieldGrid&, const FieldLook& look,
                         std::span<const FieldPainter::Place> places) {
  if (painter_) painter_->draw(*list_, key, look, places);
}

void ScreenCanvas::text_on(ImVec2 baseline, TextStyle style, ImU32 colour, std::string_view text) {
  type().draw(list_, baseline, style, colour, text);
}

void ScreenCanvas::begin_clip(ImVec2 min, ImVec2 max) {
  list_->PushClipRect(min, max, true);
}

void ScreenCanvas::end_clip() {
  list_->PopClipRect();
}

}  // namespace lab
