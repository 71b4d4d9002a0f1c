#include "app/ui/palette.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace lab {
namespace {

struct ToneRow {
  unsigned light, dark, light_contrast, dark_contrast;  // 0xRRGGBBAA, in the order of Theme

  ImU32 colour(Theme theme) const;
};

// In the order of Tone.
constexpr ToneRow kTones[] = {
    {0xF6F6F3FF, 0x131417FF, 0xFFFFFFFF, 0x000000FF},  // surface
    {0xFFFFFFFF, 0x1B1D21FF, 0xFFFFFFFF, 0x000000FF},  // raised
    {0xF1F1EDFF, 0x101114FF, 0xFFFFFFFF, 0x000000FF},  // sunken
    {0x1B1C1FFF, 0xE8E9ECFF, 0x000000FF, 0xFFFFFFFF},  // text
    {0x5D6168FF, 0x9EA3ACFF, 0x1D1F22FF, 0xE0E0E0FF},  // muted
    {0xE0E0DBFF, 0x31343AFF, 0x6B6E73FF, 0x9A9A9AFF},  // line
    {0xECECE7FF, 0x282B31FF, 0xE2E2E2FF, 0x333333FF},  // hover
    {0x3A4FC4FF, 0x94A6FFFF, 0x3142B7FF, 0x9EB0FFFF},  // accent
    {0xE9ECFBFF, 0x262C47FF, 0xDDE3FFFF, 0x1D2550FF},  // accent_soft
    {0xFFFFFFFF, 0x11142BFF, 0xFFFFFFFF, 0x000000FF},  // on_accent
    {0x1F6FD1FF, 0x5AA5F5FF, 0x004BAAFF, 0x6EBAFFFF},  // positive
    {0xC75A0AFF, 0xF0934AFF, 0x952B00FF, 0xFB9D55FF},  // negative
    {0xEFEFEBFF, 0x2B2E34FF, 0xFFFFFFFF, 0x1C1C1CFF},  // neutral
    {0x1A7A48FF, 0x61CB93FF, 0x005D2DFF, 0x61CB93FF},  // good
    {0xB3261EFF, 0xFF8D82FF, 0xA20E0CFF, 0xFF978CFF},  // warning
    {0x14161E26, 0x00000080, 0x00000000, 0x00000000},  // shadow
};
static_assert(std::size(kTones) == static_cast<size_t>(Tone::count_));

// Masataka Okabe and Kei Ito, "Color Universal Design", 2008, in an order whose neighbours differ
// most; darkened where the original is too light for white.
constexpr ToneRow kSeries[kSeriesColours] = {
    {0x0067B1FF, 0x56A8F0FF, 0x005AA3FF, 0x5EB0F8FF},  // blue
    {0xC9540AFF, 0xFF8F4FFF, 0xA33000FF, 0xFF8F4FFF},  // vermilion
    {0x00835DFF, 0x35C79BFF, 0x006643FF, 0x35C79BFF},  // bluish green
    {0xA8497FFF, 0xE59CC8FF, 0x93366CFF, 0xE59CC8FF},  // reddish purple
    {0x96690BFF, 0xF0B63CFF, 0x7B5000FF, 0xF0B63CFF},  // orange
    {0x1F7FA8FF, 0x7FD0F7FF, 0x005F86FF, 0x7FD0F7FF},  // sky blue
    {0x4A4D55FF, 0xC9CDD4FF, 0x4A4D55FF, 0xC9CDD4FF},  // grey for black
    {0x7A7200FF, 0xEFE35AFF, 0x625A00FF, 0xEFE35AFF},  // yellow
};

constexpr ToneRow kClasses[kClassColours] = {
    {0xC75A0AFF, 0xF0934AFF, 0x952B00FF, 0xFB9D55FF},  // orange, as negative
    {0x1F6FD1FF, 0x5AA5F5FF, 0x004BAAFF, 0x6EBAFFFF},  // blue, as positive
    {0x00835DFF, 0x35C79BFF, 0x006643FF, 0x35C79BFF},  // bluish green
    {0xA8497FFF, 0xE59CC8FF, 0x93366CFF, 0xE59CC8FF},  // reddish purple
    {0x7A7200FF, 0xEFE35AFF, 0x625A00FF, 0xEFE35AFF},  // yellow
    {0x1F7FA8FF, 0x7FD0F7FF, 0x005F86FF, 0x7FD0F7FF},  // sky blue
    {0x4A4D55FF, 0xC9CDD4FF, 0x4A4D55FF, 0xC9CDD4FF},  // grey
    {0x9A2F22FF, 0xFF8173FF, 0x86180DFF, 0xFF8173FF},  // red
    {0x5B4BB5FF, 0xB3A6FFFF, 0x4A3AA3FF, 0xB3A6FFFF},  // violet
    {0x5E7A1FFF, 0xAFCF66FF, 0x44600AFF, 0xAFCF66FF},  // olive
};

ImU32 from_hex(unsigned rgba) {
  return IM_COL32(rgba >> 24 & 0xFF, rgba >> 16 & 0xFF, rgba >> 8 & 0xFF, rgba & 0xFF);
}

ImU32 ToneRow::colour(Theme theme) const {
  switch (theme) {
    case Theme::light:
      return from_hex(light);
    case Theme::dark:
      return from_hex(dark);
    case Theme::light_contrast:
      return from_hex(light_contrast);
    case Theme::dark_contrast:
      return from_hex(dark_contrast);
  }
  return 0;
}

float channel(ImU32 colour, int shift) {
  return static_cast<float>(colour >> shift & 0xFF) / 255.0f;
}

float to_linear(float c) {
  return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
}

float to_srgb(float c) {
  c = std::clamp(c, 0.0f, 1.0f);
  return c <= 0.0031308f ? c * 12.92f : 1.055f * std::pow(c, 1 / 2.4f) - 0.055f;
}

struct Lab {
  float l, a, b;
};

// Björn Ottosson, "A perceptual color space for image processing", 2020.
Lab to_oklab(ImU32 colour) {
  const float r = to_linear(channel(colour, IM_COL32_R_SHIFT));
  const float g = to_linear(channel(colour, IM_COL32_G_SHIFT));
  const float b = to_linear(channel(colour, IM_COL32_B_SHIFT));
  const float l = std::cbrt(0.4122214708f * r + 0.5363325363f * g + 0.0514459929f * b);
  const float m = std::cbrt(0.2119034982f * r + 0.6806995451f * g + 0.1073969566f * b);
  const float s = std::cbrt(0.0883024619f * r + 0.2817188376f * g + 0.6299787005f * b);
  return {0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s,
          1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s,
          0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s};
}

ImU32 from_oklab(const Lab& c) {
  const float l = std::pow(c.l + 0.3963377774f * c.a + 0.2158037573f * c.b, 3.0f);
  const float m = std::pow(c.l - 0.1055613458f * c.a - 0.0638541728f * c.b, 3.0f);
  const float s = std::pow(c.l - 0.0894841775f * c.a - 1.2914855480f * c.b, 3.0f);
  const auto byte = [](float linear) { return static_cast<int>(to_srgb(linear) * 255 + 0.5f); };
  return IM_COL32(byte(4.0767416621f * l - 3.3077115913f * m + 0.2309699292f * s),
                  byte(-1.2684380046f * l + 2.6097574011f * m - 0.3413193965f * s),
                  byte(-0.0041960863f * l - 0.7034186147f * m + 1.7076147010f * s), 255);
}

ImU32 mix(ImU32 from, ImU32 to, float t) {
  const Lab a = to_oklab(from), b = to_oklab(to);
  return from_oklab({a.l + (b.l - a.l) * t, a.a + (b.a - a.a) * t, a.b + (b.b - a.b) * t});
}

float luminance(ImU32 colour) {
  return 0.2126f * to_linear(channel(colour, IM_COL32_R_SHIFT)) +
         0.7152f * to_linear(channel(colour, IM_COL32_G_SHIFT)) +
         0.0722f * to_linear(channel(colour, IM_COL32_B_SHIFT));
}

}  // namespace

ImU32 tone(Theme theme, Tone role) {
  return kTones[static_cast<size_t>(role)].colour(theme);
}

ImU32 signed_colour(Theme theme, float t) {
  if (std::isnan(t)) return tone(theme, Tone::warning);
  const Tone end = t < 0 ? Tone::negative : Tone::positive;
  return mix(tone(theme, Tone::neutral), tone(theme, end), std::min(std::fabs(t), 1.0f));
}

ImU32 series_colour(Theme theme, size_t index) {
  return kSeries[index % kSeriesColours].colour(theme);
}

ImU32 class_colour(Theme theme, size_t index) {
  return kClasses[index % kClassColours].colour(theme);
}

float contrast(ImU32 a, ImU32 b) {
  const float la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05f) / (std::min(la, lb) + 0.05f);
}

ImU32 text_on(ImU32 ground) {
  // Pure black and white: one of them always reaches √21 = 4.58.
  return contrast(IM_COL32_BLACK, ground) >= contrast(IM_COL32_WHITE, ground) ? IM_COL32_BLACK
                                                                              : IM_COL32_WHITE;
}

ImU32 faded(ImU32 colour, float opacity) {
  const float alpha = channel(colour, IM_COL32_A_SHIFT) * std::clamp(opacity, 0.0f, 1.0f);
  return (colour & ~IM_COL32_A_MASK) | static_cast<ImU32>(alpha * 255 + 0.5f) << IM_COL32_A_SHIFT;
}

}  // namespace lab
