#include "app/plot/svg_canvas.h"

#include "app/plot/field_image.h"
#include "core/text_number.h"

namespace lab {
namespace {

std::string number(float value) {
  std::string text = fixed_text(static_cast<double>(value), 2);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

// attribute="#rrggbb" with an opacity where the colour is not opaque.
std::string paint(std::string_view attribute, ImU32 colour) {
  constexpr char hex[] = "0123456789abcdef";
  std::string text = " " + std::string(attribute) + "=\"#";
  for (int shift : {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT}) {
    text += hex[colour >> (shift + 4) & 15];
    text += hex[colour >> shift & 15];
  }
  text += '"';
  const ImU32 alpha = colour >> IM_COL32_A_SHIFT & 255;
  if (alpha < 255) {
    text += " " + std::string(attribute) + "-opacity=\"" + number(static_cast<float>(alpha) / 255) +
            "\"";
  }
  return text;
}

std::string stroke_attributes(const Stroke& stroke) {
  return " fill=\"none\"" + paint("stroke", stroke.colour) + " stroke-width=\"" +
         number(stroke.width) + "\" stroke-linejoin=\"round\"" +
         (stroke.dashed ? " stroke-dasharray=\"6 4\"" : "");
}

std::string escaped(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else if (c == '&') {
      result += "&amp;";
    } else {
      result += c;
    }
  }
  return result;
}

std::string_view family(Face face) {
  if (face == Face::mono) return "'JetBrains Mono', monospace";
  if (face == Face::math_italic || face == Face::math_roman) return "'Latin Modern Math', serif";
  return "Inter, 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";
}

}  // namespace

SvgCanvas::SvgCanvas(ImVec2 origin, ImVec2 size, ImU32 ground) : origin_(origin) {
  const std::string width = number(size.x), height = number(size.y);
  svg_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height +
         "\" viewBox=\"0 0 " + width + " " + height + "\">\n<rect width=\"100%\" height=\"100%\"" +
         paint("fill", ground) + "/>\n";
}

std::string SvgCanvas::point(ImVec2 at) const {
  return number(at.x - origin_.x) + "," + number(at.y - origin_.y);
}

void SvgCanvas::line(ImVec2 from, ImVec2 to, const Stroke& stroke) {
  const ImVec2 points[] = {from, to};
  polyline(points, stroke);
}

void SvgCanvas::polyline(std::span<const ImVec2> points, const Stroke& stroke) {
  svg_ += "<polyline points=\"";
  for (size_t i = 0; i < points.size(); ++i) svg_ += (i > 0 ? " " : "") + point(points[i]);
  svg_ += "\"" + stroke_attributes(stroke) + "/>\n";
}

void SvgCanvas::fill_rect(ImVec2 min, ImVec2 max, ImU32 colour) {
  svg_ += "<rect x=\"" + number(min.x - origin_.x) + "\" y=\"" + number(min.y - origin_.y) +
          "\" width=\"" + number(max.x - min.x) + "\" height=\"" + number(max.y - min.y) + "\"" +
          paint("fill", colour) + "/>\n";
}

void SvgCanvas::dot(ImVec2 centre, float radius, ImU32 colour, float ring, ImU32 inside) {
  svg_ += "<circle cx=\"" + number(centre.x - origin_.x) + "\" cy=\"" +
          number(centre.y - origin_.y) + "\" r=\"" + number(radius) + "\"" +
          paint("fill", ring > 0 ? inside : colour);
  if (ring > 0) svg_ += paint("stroke", colour) + " stroke-width=\"" + number(ring) + "\"";
  svg_ += "/>\n";
}

void SvgCanvas::polygon(std::span<const ImVec2> points, ImU32 colour) {
  svg_ += "<polygon points=\"";
  for (size_t i = 0; i < points.size(); ++i) svg_ += (i > 0 ? " " : "") + point(points[i]);
  svg_ += "\"" + paint("fill", colour) + "/>\n";
}

void SvgCanvas::field(unsigned, const FieldGrid& grid, const FieldLook& look,
                      std::span<const FieldPainter::Place> places) {
  for (const FieldPainter::Place& place : places) {
    svg_ += "<image x=\"" + number(place.min.x - origin_.x) + "\" y=\"" +
            number(place.min.y - origin_.y) + "\" width=\"" + number(place.max.x - place.min.x) +
            "\" height=\"" + number(place.max.y - place.min.y) +
            "\" preserveAspectRatio=\"none\" href=\"" + field_data_uri(grid, look, place.slice) +
            "\"/>\n";
    if (look.classes > 0 || look.border_width == 0) continue;
    for (const FieldSegment& piece : field_border(grid, place.slice)) {
      const auto on_page = [&](ImVec2 share) {
        return ImVec2{place.min.x + share.x * (place.max.x - place.min.x),
                      place.max.y - share.y * (place.max.y - place.min.y)};
      };
      line(on_page(piece.from), on_page(piece.to), {look.border, 1.5f});
    }
  }
}

void SvgCanvas::text(ImVec2 at, TextStyle style, ImU32 colour, std::string_view text,
                     float anchor) {
  const std::string_view side = anchor < 0.25f ? "start" : anchor > 0.75f ? "end" : "middle";
  svg_ += "<text x=\"" + number(at.x - origin_.x) + "\" y=\"" +
          number(at.y - origin_.y + style.size * 0.36f) + "\" font-family=\"" +
          std::string(family(style.face)) + "\" font-size=\"" + number(style.size) + "\"" +
          (style.face == Face::ui_semibold ? " font-weight=\"600\"" : "") + " text-anchor=\"" +
          std::string(side) + "\"" + paint("fill", colour) + ">" + escaped(text) + "</text>\n";
}

void SvgCanvas::begin_clip(ImVec2 min, ImVec2 max) {
  const std::string id = "clip" + std::to_string(++clips_);
  svg_ += "<clipPath id=\"" + id + "\"><rect x=\"" + number(min.x - origin_.x) + "\" y=\"" +
          number(min.y - origin_.y) + "\" width=\"" + number(max.x - min.x) + "\" height=\"" +
          number(max.y - min.y) + "\"/></clipPath>\n<g clip-path=\"url(#" + id + ")\">\n";
}

void SvgCanvas::end_clip() {
  svg_ += "</g>\n";
}

std::string SvgCanvas::finish() {
  return svg_ + "</svg>\n";
}

}  // namespace lab
