#include "app/ui/outlines.h"

#include <cmath>

// The same library that ImGui draws its glyphs with, which keeps its copy to itself.
#define STB_TRUETYPE_IMPLEMENTATION
#define STBTT_STATIC
#include <imstb_truetype.h>

namespace lab {
namespace {

// Writes a font's shapes as paths, scaled to Outlines::kEm.
class PathWriter {
 public:
  explicit PathWriter(const stbtt_fontinfo& font)
      : scale_(stbtt_ScaleForMappingEmToPixels(&font, Outlines::kEm)) {}

  int length(int units) const {
    return static_cast<int>(std::lround(scale_ * static_cast<float>(units)));
  }
  std::string path(const stbtt_fontinfo& font, int glyph) {
    stbtt_vertex* vertices = nullptr;
    const int count = stbtt_GetGlyphShape(&font, glyph, &vertices);
    for (int i = 0; i < count; ++i) add(vertices[i]);
    stbtt_FreeShape(&font, vertices);
    return path_.empty() ? path_ : path_ + "Z";
  }

 private:
  void add(const stbtt_vertex& v) {
    switch (v.type) {
      case STBTT_vmove:
        path_ += path_.empty() ? "M" : "ZM";
        break;
      case STBTT_vline:
        path_ += "L";
        break;
      case STBTT_vcurve:
        path_ += "Q";
        point(v.cx, v.cy);
        path_ += " ";
        break;
      case STBTT_vcubic:
        path_ += "C";
        point(v.cx, v.cy);
        path_ += " ";
        point(v.cx1, v.cy1);
        path_ += " ";
        break;
      default:
        return;
    }
    point(v.x, v.y);
  }
  void point(int x, int y) {
    path_ += std::to_string(length(x)) + " " + std::to_string(length(y));
  }

  float scale_;
  std::string path_;
};

}  // namespace

// The first of a face's fonts that has the character, as ImGui takes it.
const Outlines::Glyph& Outlines::of(Face face, unsigned character) {
  const auto [known, fresh] = known_.try_emplace({face, character});
  Glyph& glyph = known->second;
  if (!fresh) return glyph;
  for (const ImFontConfig* source : type_.font(face)->Sources) {
    const auto* bytes = static_cast<const unsigned char*>(source->FontData);
    stbtt_fontinfo font;
    if (stbtt_InitFont(&font, bytes, stbtt_GetFontOffsetForIndex(bytes, 0)) == 0) continue;
    const int index = stbtt_FindGlyphIndex(&font, static_cast<int>(character));
    if (index == 0) continue;
    int advance = 0, bearing = 0;
    stbtt_GetGlyphHMetrics(&font, index, &advance, &bearing);
    PathWriter writer(font);
    glyph = {writer.path(font, index), writer.length(advance)};
    return glyph;
  }
  // What no font has, ImGui shows as its fallback character.
  const unsigned fallback = type_.font(face)->FallbackChar;
  if (fallback != character && fallback != 0) glyph = of(face, fallback);
  return glyph;
}

}  // namespace lab
