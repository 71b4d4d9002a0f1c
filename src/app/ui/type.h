#pragma once

#include <imgui.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

// The faces the project ships; see src/tools/make_fonts.py.
enum class Face { ui, ui_semibold, mono, math_italic, math_roman, count_ };

// A face at an em size in CSS px. Design sizes are 13, 15, 18 and 24.
struct TextStyle {
  Face face = Face::ui;
  float size = 15;
};

namespace style {
inline constexpr TextStyle caption{Face::ui, 13};
inline constexpr TextStyle caption_strong{Face::ui_semibold, 13};
inline constexpr TextStyle body{Face::ui, 15};
inline constexpr TextStyle strong{Face::ui_semibold, 15};
inline constexpr TextStyle heading{Face::ui_semibold, 18};
inline constexpr TextStyle title{Face::ui_semibold, 24};
inline constexpr TextStyle code{Face::mono, 13};
}  // namespace style

// Whether a line may end between two characters: after spaces and beside Chinese characters, but
// never before closing punctuation or after opening punctuation.
bool may_break_between(unsigned previous, unsigned next);

// Measures and draws text. Positions are baselines or line boxes as named; lengths are CSS px.
class Type {
 public:
  // Adds the faces to the current ImGui context's font atlas.
  void load();
  // Framebuffer pixels per CSS px at which glyphs are drawn from now on. ImGui keeps this up only
  // for fonts on its stack, which ours are not.
  void set_density(float pixel_ratio);

  ImFont* font(Face face) const { return fonts_[static_cast<size_t>(face)]; }
  // Distance from the top of the drawn line to its baseline, as ImGui places it.
  float ascent(TextStyle style) const;
  float width(TextStyle style, std::string_view text) const;

  // Draws one line with its baseline at `baseline`, starting at its x.
  void draw(ImDrawList* list, ImVec2 baseline, TextStyle style, ImU32 colour,
            std::string_view text) const;
  // Where the baseline of a line lies whose capitals are centred vertically on `middle`: on a whole
  // CSS px, so that the letters' feet are sharp.
  static float baseline_of(float middle, TextStyle style);
  // Draws one line centred vertically on the capital letters at `middle`.y.
  void draw_middle(ImDrawList* list, ImVec2 middle, TextStyle style, ImU32 colour,
                   std::string_view text) const;

  // The text, cut short with an ellipsis where it is wider than `width`.
  std::string fit(TextStyle style, float width, std::string_view text) const;

  // Breaks text into lines no wider than `width`: at spaces, between Chinese characters, never
  // before closing punctuation or after opening punctuation; a newline always breaks. A single word
  // wider than the line is cut. The views point into `text`.
  std::vector<std::string_view> wrap(TextStyle style, float width, std::string_view text) const;

 private:
  std::array<ImFont*, static_cast<size_t>(Face::count_)> fonts_{};
};

}  // namespace lab
