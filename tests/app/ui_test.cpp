#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/scenes/scene.h"
#include "app/scenes/train/presets.h"
#include "app/text/text.h"
#include "app/ui/embolden.h"
#include "app/ui/font_bytes.h"
#include "app/ui/font_pack.h"
#include "app/ui/math_text.h"
#include "app/ui/number.h"
#include "app/ui/palette.h"
#include "core/activation/activation.h"
#include "core/error.h"
#include "core/experiment/fields.h"
#include "fonts_data.h"
#include "headless.h"

using namespace lab;

namespace {

// The faces in an ImGui context of their own.
struct Fonts {
  ImGuiContext* context = ImGui::CreateContext();
  Type type;

  Fonts() {
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    type.load();
  }
  ~Fonts() { ImGui::DestroyContext(context); }
};

}  // namespace

TEST_CASE("numbers are written for people") {
  CHECK(number_text(0.5) == "0.5");
  CHECK(number_text(-0.6) == "−0.6");
  CHECK(number_text(0.95257413) == "0.9526");
  CHECK(number_text(12345.678) == "12346");
  CHECK(number_text(123456.0) == "1.235 × 10⁵");
  CHECK(number_text(0.00012) == "0.00012");
  CHECK(number_text(-1.25e-5) == "−1.25 × 10⁻⁵");
  CHECK(number_text(0.0) == "0");
  CHECK(number_text(-0.0) == "0");
  CHECK(number_text(std::numeric_limits<double>::infinity()) == "∞");
  CHECK(number_text(std::nan("")) == "nan");
  CHECK(number_tex(-1.25e-5) == "-1.25 \\times 10^{-5}");
  CHECK(number_plain(-0.6f) == "-0.6");
}

TEST_CASE("text keeps its contrast in every theme, and has more of it for those who ask") {
  for (Theme theme : {Theme::light, Theme::dark, Theme::light_contrast, Theme::dark_contrast}) {
    const float enough_for_text = has_contrast(theme) ? 7.0f : 4.5f;
    for (Tone ground : {Tone::surface, Tone::raised, Tone::sunken}) {
      for (Tone ink : {Tone::text, Tone::muted, Tone::accent, Tone::warning}) {
        CAPTURE(static_cast<int>(theme));
        CAPTURE(static_cast<int>(ground));
        CAPTURE(static_cast<int>(ink));
        CHECK(contrast(tone(theme, ground), tone(theme, ink)) >= enough_for_text);
      }
    }
    CHECK(contrast(tone(theme, Tone::accent), tone(theme, Tone::on_accent)) >= enough_for_text);
    if (has_contrast(theme)) {
      CHECK(contrast(tone(theme, Tone::surface), tone(theme, Tone::line)) >= 4.5f);
    }
    for (Tone mark : {Tone::positive, Tone::negative, Tone::good}) {
      CHECK(contrast(tone(theme, Tone::raised), tone(theme, mark)) >= 3.0f);
    }
    for (size_t i = 0; i < kSeriesColours; ++i) {
      CHECK(contrast(tone(theme, Tone::raised), series_colour(theme, i)) >= 3.0f);
    }
    for (int i = -20; i <= 20; ++i) {
      const ImU32 ground = signed_colour(theme, static_cast<float>(i) / 20);
      CHECK(contrast(ground, text_on(ground)) >= 4.5f);
    }
  }
}

TEST_CASE("both languages have every text, with the same placeholders") {
  const auto placeholders = [](std::string_view text) {
    std::string found;
    for (size_t i = 0; i + 2 < text.size(); ++i) {
      if (text[i] == '{' && text[i + 2] == '}') found += text[i + 1];
    }
    std::ranges::sort(found);
    return found;
  };
  for (const Localized& row : interface_strings()) {
    CAPTURE(row.en);
    CHECK_FALSE(row.en.empty());
    CHECK_FALSE(row.zh.empty());
    CHECK(placeholders(row.en) == placeholders(row.zh));
  }
}

TEST_CASE("one is one, and not many") {
  const auto text = [](Str id, std::initializer_list<std::string_view> args) {
    return tr(Language::en, id, args);
  };
  CHECK(text(Str::see_regression, {"1", "0.5"}) == "After 1 epoch the mean loss is 0.5.");
  CHECK(text(Str::see_regression, {"2", "0.5"}) == "After 2 epochs the mean loss is 0.5.");
  CHECK(text(Str::see_nonfinite, {"1", "6"}) == "1 of 6 outputs is not a finite number.");
  CHECK(text(Str::see_nonfinite, {"11", "16"}) == "11 of 16 outputs are not finite numbers.");
  CHECK(text(Str::train_network, {"2", "1"}) == "Network with 2 hidden layers and 1 weight shown");
}

namespace {

// Characters of a text for which the face has no glyph.
std::string missing(const Type& type, Face face, std::string_view text) {
  std::string result;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    unsigned c = 0;
    const int length = ImTextCharFromUtf8(&c, at, end);
    const bool known = type.font(face)->IsGlyphInFont(static_cast<ImWchar>(c));
    if (!known && c != '\n') result.append(at, static_cast<size_t>(length));
    at += length;
  }
  return result;
}

}  // namespace

TEST_CASE("the fonts have a glyph for every character of every text") {
  const Fonts fonts;
  const Type& type = fonts.type;
  for (Face face : {Face::ui, Face::ui_semibold}) {
    const auto check = [&](const Localized& text) {
      CHECK(missing(type, face, text.en) == "");
      CHECK(missing(type, face, text.zh) == "");
    };
    for (const Localized& row : interface_strings()) check(row);
    for (const ErrorKind& kind : error_kinds()) check(kind.text);
    for (const Activation& row : activations()) {
      for (const Localized& text : {row.name, row.full_name, row.good_at, row.bad_at}) check(text);
      check(group_name(row.group));
      for (const ActivationParamSpec& param : row.params) check(param.name);
      for (std::string_view text : {row.id, row.pytorch, row.jax, row.keras}) {
        CHECK(missing(type, face, text) == "");
      }
    }
    for (const Field& field : fields()) {
      check(field.name);
      check(field.help);
      for (size_t i = 0; field.choice_name != nullptr && !field.id(i).empty(); ++i) {
        check(field.choice_name(i));
      }
    }
    for (const TrainPreset& preset : train_presets()) {
      check(preset.name);
      check(preset.lesson);
    }
    CHECK(missing(type, face, "0123456789 −+×÷·∞⁰¹²³⁴⁵⁶⁷⁸⁹⁻→") == "");
  }
  CHECK(missing(type, Face::ui, "🦆") == "🦆");
}

TEST_CASE("semibold Chinese is the regular one with heavier strokes") {
  const Fonts fonts;
  const std::string_view text = "激活函数";
  const float regular = fonts.type.width({Face::ui, 24}, text);
  CHECK(fonts.type.width({Face::ui_semibold, 24}, text) == regular);
  // Ink of a glyph: the coverage that its picture sums up to.
  const auto ink = [&](Face face) {
    ImFont* font = fonts.type.font(face);
    ImFontBaked* baked = font->GetFontBaked(48);
    const ImFontGlyph* glyph = baked->FindGlyphNoFallback(0x6D3B);
    REQUIRE(glyph != nullptr);
    const ImTextureData& texture = *ImGui::GetIO().Fonts->TexData;
    const int left = static_cast<int>(glyph->U0 * static_cast<float>(texture.Width) + 0.5f);
    const int right = static_cast<int>(glyph->U1 * static_cast<float>(texture.Width) + 0.5f);
    const int top = static_cast<int>(glyph->V0 * static_cast<float>(texture.Height) + 0.5f);
    const int bottom = static_cast<int>(glyph->V1 * static_cast<float>(texture.Height) + 0.5f);
    double sum = 0;
    for (int y = top; y < bottom; ++y) {
      for (int x = left; x < right; ++x) {
        const unsigned char* pixel =
            texture.Pixels + (y * texture.Width + x) * texture.BytesPerPixel;
        sum += pixel[texture.BytesPerPixel - 1];
      }
    }
    return sum / 255;
  };
  CHECK(ink(Face::ui_semibold) > 1.2 * ink(Face::ui));
  CHECK(ink(Face::ui_semibold) < 1.8 * ink(Face::ui));
  // Nonsense is given back as it is, and nothing is read beyond its end.
  const std::vector<unsigned char> nonsense = {1, 2, 3};
  CHECK(embolden(nonsense, 0.1f) == nonsense);
  const std::vector<unsigned char> whole = unpack_font(lab::fonts().front().packed);
  for (size_t size = 0; size < whole.size(); size += 97) {
    const std::vector<unsigned char> cut(whole.begin(), whole.begin() + static_cast<long>(size));
    CHECK(embolden(cut, 0.1f).size() >= size);
  }
}

TEST_CASE("packed fonts become the fonts that were packed") {
  for (const FontData& face : lab::fonts()) {
    CAPTURE(face.name);
    const std::vector<unsigned char> font = unpack_font(face.packed);
    const auto head = font_bytes::find_table(font, "head"),
               maxp = font_bytes::find_table(font, "maxp");
    const auto loca = font_bytes::find_table(font, "loca"),
               glyf = font_bytes::find_table(font, "glyf");
    REQUIRE(head);
    REQUIRE(maxp);
    REQUIRE(loca);
    REQUIRE(glyf);
    const size_t glyphs = font_bytes::read_u16(font, maxp->start + 4);
    REQUIRE(loca->size == 4 * (glyphs + 1));
    CHECK(font_bytes::read_u32(font, loca->start + 4 * glyphs) == glyf->size);
    // The whole font's bounds, which the packer has not touched, are those of its glyphs.
    int bounds[] = {0, 0, 0, 0};
    size_t drawn = 0;
    for (size_t i = 0; i < glyphs; ++i) {
      const size_t from = font_bytes::read_u32(font, loca->start + 4 * i);
      const size_t to = font_bytes::read_u32(font, loca->start + 4 * (i + 1));
      REQUIRE(from <= to);
      if (from == to) continue;
      const auto bound = [&](size_t k) {
        return font_bytes::read_i16(font, glyf->start + from + 2 + 2 * k);
      };
      for (size_t k = 0; k < 4; ++k) {
        const bool low = k < 2;
        if (drawn == 0) bounds[k] = bound(k);
        bounds[k] = low ? std::min(bounds[k], bound(k)) : std::max(bounds[k], bound(k));
      }
      ++drawn;
    }
    CHECK(drawn > glyphs / 2);
    for (size_t k = 0; k < 4; ++k) {
      CHECK(bounds[k] == font_bytes::read_i16(font, head->start + 36 + 2 * k));
    }
    // Cut short, nothing is read beyond its end.
    for (size_t size = 0; size < face.packed.size(); size += face.packed.size() / 50) {
      unpack_font(face.packed.first(size));
    }
  }
  const std::vector<unsigned char> nonsense = {1, 2, 3};
  CHECK(unpack_font(nonsense) == nonsense);
}

TEST_CASE("formulas are set from TeX") {
  const Fonts fonts;
  const Type& type = fonts.type;
  const auto text_of = [](const MathBox& box) {
    std::string text;
    for (const MathBox::Run& run : box.runs) text += run.text;
    return text;
  };
  CHECK(text_of(typeset(type, 18, "\\max(0, x)")) == "max(0,x)");
  CHECK(text_of(typeset(type, 18, "\\frac{1}{1 + e^{-x}}")) == "11+e−x");
  const MathBox fraction = typeset(type, 18, "\\frac{1}{1 + e^{-x}}");
  CHECK(fraction.strokes.size() == 1);
  CHECK(fraction.height() > typeset(type, 18, "x").height());
  const MathBox power = typeset(type, 18, "x^2");
  CHECK(power.runs[1].at.y < 0);
  CHECK(power.runs[1].style.size < 18);
  const MathBox cases =
      typeset(type, 18, "\\begin{cases} x & x > 0 \\\\ 0 & x \\le 0 \\end{cases}");
  CHECK(text_of(cases) == "xx>00x≤0");
  CHECK(cases.runs[4].at.y > cases.runs[0].at.y);
  CHECK(text_of(typeset(type, 18, std::string(4000, '{'))) == "");  // bounded, not a stack overflow
  // Every activation's formulas are drawn with glyphs that exist, and no command is left as its
  // name.
  for (const Activation& row : activations()) {
    for (std::string_view tex : {row.tex, row.tex_derivative}) {
      CAPTURE(tex);
      const MathBox box = typeset(type, 18, tex);
      CHECK(box.width > 0);
      for (const MathBox::Run& run : box.runs) {
        CAPTURE(run.text);
        CHECK(missing(type, run.style.face, run.text) == "");
      }
    }
  }
}

TEST_CASE("numbers are put into formulas so that they read right") {
  CHECK(substitute("\\max(0, x)", "x", "-0.6") == "\\max(0, {-0.6})");
  CHECK(substitute("\\frac{1}{1 + e^{-x}}", "x", "0") == "\\frac{1}{1 + e^{-{0}}}");
  CHECK(substitute("\\frac{1}{1 + e^{-x}}", "x", "-2") == "\\frac{1}{1 + e^{-(-2)}}");
  CHECK(substitute("\\alpha x", "x", "3") == "\\alpha (3)");
  CHECK(substitute("x^2", "x", "-1") == "(-1)^2");
  CHECK(substitute("\\exp(x) \\text{ for x}", "x", "1") == "\\exp({1}) \\text{ for x}");
}

TEST_CASE("lines break at spaces and between Chinese characters, never before a full stop") {
  const Fonts fonts;
  const Type& type = fonts.type;
  const TextStyle style = style::body;
  const auto lines = type.wrap(style, 80, "one two three four five");
  CHECK(lines.size() > 1);
  for (std::string_view line : lines) {
    CHECK(type.width(style, line) <= 80);
    CHECK_FALSE(line.ends_with(' '));
  }
  const auto chinese = type.wrap(style, type.width(style, "激活函数") + 1, "激活函数。逐元素作用");
  for (std::string_view line : chinese) CHECK_FALSE(line.starts_with("。"));
  CHECK(chinese.size() >= 3);
  CHECK(type.wrap(style, 200, "a\n\nb").size() == 3);
  CHECK(type.wrap(style, 20, "unbreakable").size() > 1);
}

TEST_CASE("what the program is made of is told with its licences") {
  FakePlatform platform;
  Headless lab(platform, {390, 844});
  lab.click("about");
  CHECK(lab.item("about.Inter")["value"].get<std::string>().find("Open Font License") !=
        std::string::npos);
  CHECK(lab.has("about.Dear ImGui"));
  lab.click("about.close");
  CHECK_FALSE(lab.has("about.Inter"));
}
