#include "app/plot/svg_canvas.h"

#include <imgui_internal.h>

#include "app/ui/palette.h"
#include "core/text_number.h"

namespace lab {
namespace {

std::string number(float value, int decimals = 2) {
  std::string text = fixed_text(static_cast<double>(value), decimals);
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
    } else if (c == '"') {
      result += "&quot;";
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace

SvgCanvas::SvgCanvas(const Type& type, ImVec2 origin, ImVec2 size, ImU32 ground,
                     std::string_view name, std::string_view title)
    : Canvas(type), origin_(origin), name_(name), outlines_(type) {
  // Programs of print know only the older way to refer to things, with xlink.
  const std::string width = number(size.x), height = number(size.y);
  svg_ =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
      " width=\"" +
      width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height +
      "\" role=\"img\">\n<title>" + escaped(title) + "</title>\n<rect width=\"" + width +
      "\" height=\"" + height + "\"" + paint("fill", ground) + "/>\n";
}

std::string SvgCanvas::point(ImVec2 at) const {
  return number(at.x - origin_.x) + "," + number(at.y - origin_.y);
}

std::string SvgCanvas::place(ImVec2 min, ImVec2 max) const {
  return " x=\"" + number(min.x - origin_.x) + "\" y=\"" + number(min.y - origin_.y) +
         "\" width=\"" + number(max.x - min.x) + "\" height=\"" + number(max.y - min.y) + "\"";
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

void SvgCanvas::fill_rect(ImVec2 min, ImVec2 max, ImU32 colour, float rounding) {
  const std::string round = rounding > 0 ? " rx=\"" + number(rounding) + "\"" : "";
  svg_ += "<rect" + place(min, max) + round + paint("fill", colour) + "/>\n";
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
    if (place.rounding > 0) open_clip(place.min, place.max, place.rounding);
    const std::string opacity =
        place.opacity < 1 ? " opacity=\"" + number(place.opacity) + "\"" : "";
    svg_ += "<image" + this->place(place.min, place.max) + opacity +
            " preserveAspectRatio=\"none\" xlink:href=\"" +
            field_data_uri(grid, look, place.slice) + "\"/>\n";
    if (place.rounding > 0) end_clip();
    const Stroke border{look.border, 1.5f};
    if (look.classes > 0) {
      if (look.border_width > 0) field_lines(place, class_borders(grid, look.classes), border);
      continue;
    }
    if (look.contours > 0) {
      const Stroke contour{faded(look.border, look.contours), 1};
      for (const float level : {-0.75f, -0.5f, -0.25f, 0.25f, 0.5f, 0.75f}) {
        field_lines(place, field_border(grid, place.slice, level), contour);
      }
    }
    if (look.border_width > 0) field_lines(place, field_border(grid, place.slice), border);
  }
}

void SvgCanvas::field_lines(const FieldPainter::Place& place,
                            std::span<const FieldSegment> segments, const Stroke& stroke) {
  const auto on_page = [&](ImVec2 share) {
    return ImVec2{place.min.x + share.x * (place.max.x - place.min.x),
                  place.max.y - share.y * (place.max.y - place.min.y)};
  };
  std::string path;
  for (const FieldSegment& piece : segments) {
    path += "M" + point(on_page(piece.from)) + "L" + point(on_page(piece.to));
  }
  if (!path.empty()) svg_ += "<path d=\"" + path + "\"" + stroke_attributes(stroke) + "/>\n";
}

std::string SvgCanvas::glyph_id(Face face, unsigned character) const {
  return name_ + "-" + std::to_string(static_cast<int>(face)) + "-" + std::to_string(character);
}

void SvgCanvas::text_on(ImVec2 baseline, TextStyle style, ImU32 colour, std::string_view text) {
  const std::string scale = number(style.size / Outlines::kEm, 7);
  svg_ += "<g" + paint("fill", colour) + " transform=\"translate(" + point(baseline) + ") scale(" +
          scale + " -" + scale + ")\" aria-label=\"" + escaped(text) + "\">";
  int x = 0;
  for (const char *at = text.data(), *end = at + text.size(); at < end;) {
    unsigned character = 0;
    at += ImTextCharFromUtf8(&character, at, end);
    const Outlines::Glyph& glyph = outlines_.of(style.face, character);
    if (!glyph.path.empty()) {
      glyphs_.emplace(style.face, character);
      svg_ += "<use xlink:href=\"#" + glyph_id(style.face, character) + "\" x=\"" +
              std::to_string(x) + "\"/>";
    }
    x += glyph.advance;
  }
  svg_ += "</g>\n";
}

void SvgCanvas::open_clip(ImVec2 min, ImVec2 max, float rounding) {
  const std::string id = name_ + "-clip-" + std::to_string(++clips_);
  const std::string round = rounding > 0 ? " rx=\"" + number(rounding) + "\"" : "";
  svg_ += "<clipPath id=\"" + id + "\"><rect" + place(min, max) + round +
          "/></clipPath>\n<g clip-path=\"url(#" + id + ")\">\n";
}

void SvgCanvas::begin_clip(ImVec2 min, ImVec2 max) {
  open_clip(min, max, 0);
}

void SvgCanvas::end_clip() {
  svg_ += "</g>\n";
}

std::string SvgCanvas::finish() {
  svg_ += "<defs>\n";
  for (const auto& [face, character] : glyphs_) {
    svg_ += "<path id=\"" + glyph_id(face, character) + "\" d=\"" +
            outlines_.of(face, character).path + "\"/>\n";
  }
  return svg_ + "</defs>\n</svg>\n";
}

}  // namespace lab
