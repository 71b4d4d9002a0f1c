#include "app/ui/type.h"

#include <imgui_internal.h>

#include <cmath>
#include <map>
#include <string>

#include "app/ui/embolden.h"
#include "app/ui/font_pack.h"
#include "fonts_data.h"

namespace lab {
namespace {

// By how much semibold strokes are wider than regular ones, in em.
constexpr float kSemibold = 0.028f;

// The faces' files live as long as the program, whose fonts all contexts share.
std::span<const unsigned char> face_file(std::string_view name) {
  static const auto files = [] {
    std::map<std::string_view, std::vector<unsigned char>> unpacked;
    for (const FontData& face : fonts()) unpacked[face.name] = unpack_font(face.packed);
    return unpacked;
  }();
  const auto found = files.find(name);
  IM_ASSERT(found != files.end());
  return found->second;
}

// Adds a face, or merges it into the one added last. A negative size makes ImGui take sizes as em
// sizes, which is what CSS px mean, instead of ascent-to-descent heights.
ImFont* add_font(std::span<const unsigned char> font, bool merge) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.MergeMode = merge;
  config.SizePixels = -1.0f;
  // ImGui 1.92 multiplies this bound by the negative reference size, too.
  config.GlyphMaxAdvanceX = -FLT_MAX;
  // ImGui takes a mutable pointer but only copies what it doesn't own.
  void* bytes = const_cast<unsigned char*>(font.data());
  return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(bytes, static_cast<int>(font.size()), -1.0f,
                                                    &config);
}

ImFont* add_face(std::string_view name, bool merge) {
  return add_font(face_file(name), merge);
}

bool is_cjk(unsigned c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool may_not_start_line(unsigned c) {
  constexpr std::u32string_view closing = U"，。；：？！、）】》”’」』…,.;:?!)]}%";
  return closing.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}

bool may_not_end_line(unsigned c) {
  constexpr std::u32string_view opening = U"（【《“‘「『([{";
  return opening.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}

const char* end_of(std::string_view text) {
  return text.data() + text.size();
}

}  // namespace

bool may_break_between(unsigned previous, unsigned next) {
  if (previous == 0 || next == ' ') return false;
  const bool after_space = previous == ' ';
  const bool beside_cjk = is_cjk(previous) || is_cjk(next);
  return (after_space || beside_cjk) && !may_not_start_line(next) && !may_not_end_line(previous);
}

void Type::load() {
  const auto set = [this](Face face, ImFont* font) { fonts_[static_cast<size_t>(face)] = font; };
  set(Face::ui, add_face("ui_regular", false));
  add_face("cjk_regular", true);
  set(Face::ui_semibold, add_face("ui_semibold", false));
  add_font(embolden(face_file("cjk_regular"), kSemibold), true);
  set(Face::mono, add_face("mono", false));
  add_face("cjk_regular", true);
  set(Face::math_italic, add_face("math_italic", false));
  set(Face::math_roman, add_face("math_roman", false));
  ImGui::GetIO().FontDefault = font(Face::ui);
}

void Type::set_density(float pixel_ratio) {
  for (ImFont* face : fonts_) face->CurrentRasterizerDensity = pixel_ratio;
}

float Type::ascent(TextStyle style) const {
  return font(style.face)->GetFontBaked(style.size)->Ascent;
}

float Type::width(TextStyle style, std::string_view text) const {
  return font(style.face)->CalcTextSizeA(style.size, FLT_MAX, 0.0f, text.data(), end_of(text)).x;
}

void Type::draw(ImDrawList* list, ImVec2 baseline, TextStyle style, ImU32 colour,
                std::string_view text) const {
  if (text.empty()) return;
  const ImVec2 top{baseline.x, baseline.y - ascent(style)};
  list->AddText(font(style.face), style.size, top, colour, text.data(), end_of(text));
}

float Type::baseline_of(float middle, TextStyle style) {
  constexpr float cap_height = 0.727f;  // of the em, in Inter; near enough in the other faces
  return std::round(middle + style.size * cap_height / 2);
}

void Type::draw_middle(ImDrawList* list, ImVec2 middle, TextStyle style, ImU32 colour,
                       std::string_view text) const {
  draw(list, {middle.x, baseline_of(middle.y, style)}, style, colour, text);
}

std::string Type::fit(TextStyle style, float width, std::string_view text) const {
  if (this->width(style, text) <= width) return std::string(text);
  constexpr std::string_view ellipsis = "…";
  const float room = width - this->width(style, ellipsis);
  while (!text.empty() && this->width(style, text) > room) {
    size_t end = text.size() - 1;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;  // a whole UTF-8 sequence
    text = text.substr(0, end);
  }
  return std::string(text) + std::string(ellipsis);
}

std::vector<std::string_view> Type::wrap(TextStyle style, float width,
                                         std::string_view text) const {
  std::vector<std::string_view> lines;
  ImFontBaked* baked = font(style.face)->GetFontBaked(style.size);
  const char* const end = end_of(text);
  const char* line = text.data();
  const char* at = line;
  const char* break_at = nullptr;  // where the next line may start
  float x = 0;
  unsigned previous = 0;
  const auto emit = [&](const char* stop, const char* next) {
    while (stop > line && stop[-1] == ' ') --stop;
    lines.emplace_back(line, static_cast<size_t>(stop - line));
    while (next < end && *next == ' ') ++next;
    line = at = next;
    break_at = nullptr;
    x = 0;
    previous = 0;
  };
  while (at < end) {
    unsigned c = 0;
    const int length = ImTextCharFromUtf8(&c, at, end);
    if (c == '\n') {
      emit(at, at + 1);
      continue;
    }
    if (may_break_between(previous, c)) break_at = at;
    const float advance = baked->GetCharAdvance(static_cast<ImWchar>(c));
    if (x + advance > width && c != ' ' && at > line) {
      const char* stop = break_at != nullptr ? break_at : at;
      emit(stop, stop);
      continue;
    }
    x += advance;
    previous = c;
    at += length;
  }
  if (at > line || lines.empty() || (!text.empty() && text.back() == '\n')) {
    lines.emplace_back(line, static_cast<size_t>(end - line));
  }
  return lines;
}

}  // namespace lab
