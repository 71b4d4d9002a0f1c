#include "app/ui/icons.h"

#include <cmath>
#include <initializer_list>

namespace lab {
namespace {

constexpr float kStroke = 1.5f;
constexpr float kPi = 3.14159265f;

void arrow_back(ImDrawList* list, ImVec2 c, ImU32 colour, float side) {
  const float from = side < 0 ? -kPi / 2 : kPi / 2;
  list->PathArcTo({c.x, c.y + 1}, 5, from, from + kPi);
  list->PathStroke(colour, 0, kStroke);
  list->AddLine({c.x, c.y + 6}, {c.x + side * 3, c.y + 6}, colour, kStroke);
  const ImVec2 tip{c.x + side * 6, c.y - 4};
  list->AddLine({c.x, c.y - 4}, tip, colour, kStroke);
  list->AddLine(tip, {tip.x - side * 3, tip.y - 3}, colour, kStroke);
  list->AddLine(tip, {tip.x - side * 3, tip.y + 3}, colour, kStroke);
}

void sun(ImDrawList* list, ImVec2 c, ImU32 colour) {
  list->AddCircle(c, 3.2f, colour, 0, kStroke);
  for (int ray = 0; ray < 8; ++ray) {
    const float angle = static_cast<float>(ray) * kPi / 4;
    const ImVec2 out{std::cos(angle), std::sin(angle)};
    list->AddLine({c.x + out.x * 5.6f, c.y + out.y * 5.6f},
                  {c.x + out.x * 7.4f, c.y + out.y * 7.4f}, colour, kStroke);
  }
}

void moon(ImDrawList* list, ImVec2 c, ImU32 colour) {
  // Two arcs with common end points: the outer limb and the terminator.
  list->PathArcTo(c, 6.2f, kPi * 0.05f, kPi * 1.45f, 24);
  const ImVec2 inner{c.x + 3.2f, c.y - 3.0f};
  list->PathArcTo(inner, 5.0f, kPi * 1.18f, kPi * 0.32f, 20);
  list->PathStroke(colour, ImDrawFlags_Closed, kStroke);
}

}  // namespace

void draw_icon(ImDrawList* list, Icon icon, ImVec2 c, ImU32 colour) {
  const auto line = [&](float x0, float y0, float x1, float y1) {
    list->AddLine({c.x + x0, c.y + y0}, {c.x + x1, c.y + y1}, colour, kStroke);
  };
  const auto corner = [&](float x0, float y0, float x1, float y1, float x2, float y2) {
    const ImVec2 points[] = {{c.x + x0, c.y + y0}, {c.x + x1, c.y + y1}, {c.x + x2, c.y + y2}};
    list->AddPolyline(points, 3, colour, 0, kStroke);
  };
  switch (icon) {
    case Icon::plus:
      line(-5, 0, 5, 0), line(0, -5, 0, 5);
      break;
    case Icon::minus:
      line(-5, 0, 5, 0);
      break;
    case Icon::close:
      line(-4, -4, 4, 4), line(-4, 4, 4, -4);
      break;
    case Icon::left:
      corner(2, -4.5f, -2.5f, 0, 2, 4.5f);
      break;
    case Icon::right:
      corner(-2, -4.5f, 2.5f, 0, -2, 4.5f);
      break;
    case Icon::down:
      corner(-4.5f, -2, 0, 2.5f, 4.5f, -2);
      break;
    case Icon::check:
      corner(-5, 0, -1.5f, 4, 5, -4);
      break;
    case Icon::copy:
      list->AddRect({c.x - 2.5f, c.y - 2.5f}, {c.x + 6, c.y + 6}, colour, 2, 0, kStroke);
      corner(-4.5f, 3, -5.5f, 2.5f, -5.5f, -5.5f), corner(-5.5f, -5.5f, 2.5f, -5.5f, 3, -4.5f);
      break;
    case Icon::edit:
      corner(-5.5f, 5.5f, -5, 2.5f, 2.5f, -5), line(2.5f, -5, 5, -2.5f);
      corner(5, -2.5f, -2.5f, 5, -5.5f, 5.5f);
      break;
    case Icon::sun:
      sun(list, c, colour);
      break;
    case Icon::moon:
      moon(list, c, colour);
      break;
    case Icon::reset:
      list->PathArcTo(c, 5.5f, -kPi * 0.35f, kPi * 1.25f, 24);
      list->PathStroke(colour, 0, kStroke);
      corner(-0.5f, -7.5f, 2.5f, -4.8f, -0.5f, -2.2f);
      break;
    case Icon::screen:
      list->AddRect({c.x - 6.5f, c.y - 6}, {c.x + 6.5f, c.y + 3}, colour, 1.5f, 0, kStroke);
      line(0, 3, 0, 6), line(-3.5f, 6, 3.5f, 6);
      break;
    case Icon::play:
      list->AddTriangleFilled({c.x - 4, c.y - 6}, {c.x - 4, c.y + 6}, {c.x + 6, c.y}, colour);
      break;
    case Icon::pause:
      list->AddRectFilled({c.x - 5, c.y - 6}, {c.x - 1.5f, c.y + 6}, colour, 1);
      list->AddRectFilled({c.x + 1.5f, c.y - 6}, {c.x + 5, c.y + 6}, colour, 1);
      break;
    case Icon::step:
      list->AddTriangleFilled({c.x - 5, c.y - 5.5f}, {c.x - 5, c.y + 5.5f}, {c.x + 3, c.y}, colour);
      line(5, -5.5f, 5, 5.5f);
      break;
    case Icon::epoch:
      list->AddTriangleFilled({c.x - 7, c.y - 5}, {c.x - 7, c.y + 5}, {c.x - 0.5f, c.y}, colour);
      list->AddTriangleFilled({c.x - 0.5f, c.y - 5}, {c.x - 0.5f, c.y + 5}, {c.x + 6, c.y}, colour);
      line(7, -5, 7, 5);
      break;
    case Icon::brush:
      corner(-1, 1, 5.5f, -6, 6.5f, -5), line(6.5f, -5, 0.5f, 2.5f);
      list->AddCircleFilled({c.x - 2.5f, c.y + 3}, 3, colour);
      corner(-3, 6, -5, 6.5f, -6.5f, 6);
      break;
    case Icon::erase: {
      const ImVec2 box[] = {
          {c.x - 6, c.y + 1}, {c.x + 1, c.y - 6}, {c.x + 6, c.y - 1}, {c.x - 1, c.y + 6}};
      list->AddPolyline(box, 4, colour, ImDrawFlags_Closed, kStroke);
      line(-2.5f, -2.5f, 2.5f, 2.5f);
      break;
    }
    case Icon::dice:
      list->AddRect({c.x - 6, c.y - 6}, {c.x + 6, c.y + 6}, colour, 3, 0, kStroke);
      for (const float at : {-2.6f, 0.0f, 2.6f}) {
        list->AddCircleFilled({c.x + at, c.y + at}, 1.2f, colour);
      }
      break;
    case Icon::lock:
      list->AddRectFilled({c.x - 5, c.y - 1}, {c.x + 5, c.y + 6}, colour, 1.5f);
      list->PathArcTo({c.x, c.y - 1.5f}, 3.2f, -kPi, 0);
      list->PathStroke(colour, 0, kStroke);
      break;
    case Icon::download:
      line(0, -6, 0, 3), corner(-4, -1, 0, 3, 4, -1), line(-6, 6, 6, 6);
      break;
    case Icon::share:  // out of a tray
      line(0, 2, 0, -7), corner(-3.5f, -3.5f, 0, -7, 3.5f, -3.5f);
      corner(-5.5f, -1, -5.5f, 6, 5.5f, 6), line(5.5f, 6, 5.5f, -1);
      break;
    case Icon::embed:  // </>
      corner(-3.5f, -4.5f, -7, 0, -3.5f, 4.5f), corner(3.5f, -4.5f, 7, 0, 3.5f, 4.5f);
      line(1.5f, -5.5f, -1.5f, 5.5f);
      break;
    case Icon::undo:
      arrow_back(list, c, colour, -1);
      break;
    case Icon::redo:
      arrow_back(list, c, colour, 1);
      break;
  }
}

}  // namespace lab
