#include "app/embed_dialog.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/training/field_editor.h"
#include "app/ui/flow.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kPad = 20, kGap = 12;
constexpr std::string_view kDialog = "embed.dialog";
constexpr int kMostSide = 4000;
constexpr std::string_view kFullWidth = "100 %";

struct KindRow {
  std::string_view id, name;
};
constexpr std::array kKinds = {
    KindRow{"html", "HTML"},       KindRow{"iframe", "HTML, <iframe>"},
    KindRow{"mkdocs", "MkDocs"},   KindRow{"docusaurus", "Docusaurus"},
    KindRow{"jupyter", "Jupyter"}, KindRow{"quarto", "Quarto"},
};

// The folder that a page's address is in.
std::string folder_of(const std::string& address) {
  const size_t slash = address.rfind('/');
  return slash == std::string::npos ? "activation-lab/" : address.substr(0, slash + 1);
}

}  // namespace

void EmbedDialog::open() {
  open_menu(kDialog);
}

EmbedChoice EmbedDialog::choice(const Platform& platform, const SceneRow& scene,
                                const Scene& shown) const {
  EmbedChoice choice;
  choice.base = folder_of(platform.address());
  choice.scene = scene.id;
  choice.state = shown.link();
  constexpr std::array languages = {"", "en", "zh"}, themes = {"", "light", "dark"};
  choice.language = languages[language_];
  choice.theme = themes[theme_];
  choice.width = width_;
  choice.height = height_;
  for (const ScenePart& part : scene.parts()) {
    if (!hidden_.contains(part.id)) continue;
    choice.hidden += (choice.hidden.empty() ? "" : ",") + std::string(part.id);
  }
  return choice;
}

void EmbedDialog::draw(Ui& ui, Platform& platform, const SceneRow& scene, const Scene& shown) {
  const ImVec2 view = ImGui::GetMainViewport()->Size;
  const ImVec2 size{std::min(720.0f, view.x - 24), std::min(content_, view.y - 24)};
  if (!begin_dialog(ui, kDialog, size)) return;
  const ImVec2 corner = ImGui::GetWindowPos();
  const float width = size.x - 2 * kPad;
  ImVec2 at{corner.x + kPad, corner.y + kPad - ImGui::GetScrollY()};
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::heading, Tone::text, ui.tr(Str::embed_title)) + 2;
  const bool narrow = width < 480;
  if (narrow) at.y += 8;
  if (!narrow) {
    at.y += ui.paragraph(at, width, style::caption, Tone::muted, ui.tr(Str::embed_lead)) + kGap;
  }
  at.y += draw_options(ui, at, width) + kGap;
  const auto code = [&] {
    const EmbedChoice chosen = choice(platform, scene, shown);
    const std::string text = embed_code(static_cast<EmbedKind>(kind_), chosen);
    at.y += draw_code(ui, platform, at, width, text) + kGap;
  };
  if (narrow) code();  // what is below may not fit
  at.y += draw_size(ui, at, width) + kGap;
  at.y += draw_parts(ui, at, width, scene.parts()) + kGap;
  if (!narrow) code();
  at.y -= kGap;
  content_ = at.y - top + 2 * kPad;
  ImGui::SetCursorScreenPos({corner.x, at.y + kPad});
  ImGui::Dummy({0, 0});
  end_dialog(ui);
}

// For which kind of page, in which language and colours.
float EmbedDialog::draw_options(Ui& ui, ImVec2 at, float width) {
  const float below = ui.line_height(style::caption) + 2;
  Flow flow(at, width, kFieldRow, {16, 0});
  std::vector<Choice> kinds;
  for (const KindRow& row : kKinds) kinds.push_back({row.id, row.name});
  const ImVec2 first = flow.place(184);
  ui.text(first, style::caption, Tone::muted, ui.tr(Str::embed_kind));
  if (const auto picked = select(ui, "embed.kind", {first.x, first.y + below}, 184,
                                 ui.tr(Str::embed_kind), kinds, kind_)) {
    kind_ = *picked;
  }
  const auto segments = [&](std::string_view id, Str label, std::span<const Choice> list,
                            size_t now) {
    const ImVec2 here = flow.place(segmented_width(ui, list));
    ui.text(here, style::caption, Tone::muted, ui.tr(label));
    return segmented(ui, id, {here.x, here.y + below}, list, now);
  };
  const Choice languages[] = {{"auto", ui.tr(Str::embed_auto)}, {"en", "EN"}, {"zh", "中文"}};
  language_ = segments("embed.language", Str::embed_language, languages, language_);
  const Choice themes[] = {{"auto", ui.tr(Str::embed_auto)},
                           {"light", ui.tr(Str::embed_light)},
                           {"dark", ui.tr(Str::embed_dark)}};
  theme_ = segments("embed.theme", Str::embed_theme, themes, theme_);
  return flow.bottom() - 8 - at.y;
}

// Width and height, and how that looks on a page.
float EmbedDialog::draw_size(Ui& ui, ImVec2 at, float width) {
  const auto number = [&](std::string_view id, Str label, ImVec2 here, int now, int least) {
    ui.text(here, style::caption, Tone::muted, ui.tr(label));
    const ImVec2 field{here.x, here.y + ui.line_height(style::caption) + 2};
    const std::string shown = now == 0 ? std::string(kFullWidth) : std::to_string(now);
    const auto text = entry_field(ui, id, field, 96, ui.tr(label), shown);
    if (!text) return now;
    if (text->empty() || (least == 0 && (*text == kFullWidth || *text == "100%"))) return least;
    const double next = decimal_of(*text);
    const bool valid =
        next >= std::max(least, 120) && next <= kMostSide && next == std::floor(next);
    return valid ? static_cast<int>(next) : now;
  };
  width_ = number("embed.width", Str::embed_width, at, width_, 0);
  height_ = number("embed.height", Str::embed_height, {at.x + 112, at.y}, height_, 120);
  const ImRect page({at.x + 240, at.y}, {at.x + std::min(width, 240.0f + 220.0f), at.y + 96});
  if (page.GetWidth() < 80) return kFieldRow - 4;
  const float scale = std::min(page.GetWidth(), 70.0f) / 1000;  // a page of 1000 px
  const float wide = width_ == 0 ? 820 : static_cast<float>(std::min(width_, 1000));
  const float high = static_cast<float>(std::min(height_, 1000));
  const ImVec2 half{wide * scale / 2, high * scale / 2};
  const ImVec2 middle{page.GetCenter().x, page.Min.y + 38};
  ui.list()->AddRect(page.Min, page.Max, ui.tone(Tone::line), 4);
  const ImRect figure({middle.x - half.x, middle.y - half.y},
                      {middle.x + half.x, middle.y + half.y});
  ui.list()->AddRectFilled(figure.Min, figure.Max, ui.tone(Tone::accent_soft), 3);
  ui.list()->AddRect(figure.Min, figure.Max, ui.tone(Tone::accent), 3);
  const std::string text = (width_ == 0 ? std::string(kFullWidth) : std::to_string(width_)) +
                           " × " + std::to_string(height_);
  const float text_width = ui.type().width(style::caption, text);
  ui.type().draw_middle(ui.list(), {middle.x - text_width / 2, page.Max.y - 12}, style::caption,
                        ui.tone(Tone::text), text);
  ui.record("embed.preview", page, Role::image, ui.tr(Str::embed_preview), text);
  return 96;
}

float EmbedDialog::draw_parts(Ui& ui, ImVec2 at, float width, std::span<const ScenePart> parts) {
  const float left = at.x, top = at.y;
  ui.text(at, style::caption, Tone::muted, ui.tr(Str::embed_parts));
  at.y += ui.line_height(style::caption) + 4;
  for (const ScenePart& part : parts) {
    const std::string_view name = ui.tr(part.name);
    const float needed = chip_width(ui, name, false);
    if (at.x + needed > left + width && at.x > left) at = {left, at.y + kControlHeight + 6};
    const bool shown = !hidden_.contains(part.id);
    if (chip(ui, "embed.part." + std::string(part.id), at, name, shown)) {
      if (shown) {
        hidden_.emplace(part.id);
      } else {
        hidden_.erase(hidden_.find(part.id));
      }
    }
    at.x += needed + 6;
  }
  return at.y + kControlHeight - top;
}

float EmbedDialog::draw_code(Ui& ui, Platform& platform, ImVec2 at, float width,
                             const std::string& code) {
  const float top = at.y;
  const auto across = static_cast<size_t>(std::max(24.0f, (width - 24) / 8));
  std::string lines;
  size_t column = 0;
  for (const char c : code) {
    if (column == across && c != '\n') lines += '\n', column = 0;
    lines += c;
    column = c == '\n' ? 0 : column + 1;
  }
  while (lines.ends_with('\n')) lines.pop_back();
  at.y += code_well(ui, at, width, lines, width < 480 ? 4 : 9) + kGap;
  ui.record("embed.code", {{at.x, top}, {at.x + width, at.y - kGap}}, Role::text,
            ui.tr(Str::embed_code), code);
  const bool copied = platform.now() < copied_until_;
  if (copied) ui.keep_moving();
  const ButtonLook look{ButtonKind::primary, copied ? Icon::check : Icon::copy};
  if (button(ui, "embed.copy", at, ui.tr(copied ? Str::copied : Str::copy), look)) {
    platform.set_clipboard(code);
    copied_until_ = platform.now() + 1.6;
    ui.keep_moving();
  }
  const std::string_view close = ui.tr(Str::close);
  if (button(ui, "embed.close", {at.x + width - button_width(ui, close), at.y}, close)) {
    ImGui::CloseCurrentPopup();
  }
  return at.y + kControlHeight - top;
}

}  // namespace lab
