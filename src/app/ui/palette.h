#pragma once

#include <imgui.h>

namespace lab {

// What a colour is for. Panels, widgets and plots name roles, never colours.
enum class Tone {
  surface,  // the page
  raised,   // panels on the page
  sunken,   // wells: code, text fields
  text,
  muted,        // secondary text, still 4.5:1 on surface and raised
  line,         // hairlines and quiet outlines
  hover,        // a control under the pointer
  accent,       // the one accent: primary actions, selection, focus
  accent_soft,  // the accent as a quiet ground
  on_accent,    // text on accent
  positive,     // signed quantities above zero
  negative,     // and below
  neutral,      // and at zero
  good,
  warning,
  shadow,
  count_
};

// The last two are for people who ask their system for more contrast.
enum class Theme { light, dark, light_contrast, dark_contrast };

constexpr bool is_dark(Theme theme) {
  return theme == Theme::dark || theme == Theme::dark_contrast;
}
constexpr bool has_contrast(Theme theme) {
  return theme == Theme::light_contrast || theme == Theme::dark_contrast;
}
constexpr Theme theme_of(bool dark, bool contrast) {
  if (contrast) return dark ? Theme::dark_contrast : Theme::light_contrast;
  return dark ? Theme::dark : Theme::light;
}

ImU32 tone(Theme theme, Tone role);

// The colour of a signed quantity: `t` in [-1, 1], negative orange – neutral – positive blue,
// interpolated in OKLab so that equal steps look equal. Not-a-number gives the warning tone.
ImU32 signed_colour(Theme theme, float t);

// Colours that tell series apart: an Okabe–Ito order, with 3:1 on `raised` in both themes. Series
// beyond the eighth start again; each also carries its name.
inline constexpr size_t kSeriesColours = 8;
ImU32 series_colour(Theme theme, size_t index);

// The colours of classes, for as many as data can have; class 0 and 1 are as the negative and the
// positive side of signed quantities. Each class also has a marker shape (plot/markers.h).
inline constexpr size_t kClassColours = 10;
ImU32 class_colour(Theme theme, size_t index);

// Black or white text, whichever reads better on that ground.
ImU32 text_on(ImU32 ground);

// Relative luminance contrast of two opaque colours, 1 to 21 (WCAG 2.1).
float contrast(ImU32 a, ImU32 b);

// The colour with its alpha multiplied by `opacity` in [0, 1].
ImU32 faded(ImU32 colour, float opacity);

}  // namespace lab
