#include <algorithm>
#include <cmath>

#include "app/app_impl.h"
#include "app/figures_dialog.h"

namespace lab {
namespace {

constexpr float kHeaderHeight = 60;
constexpr std::string_view kShare = "share";  // the pop-up

// The mark: a sigmoid in a rounded square.
void draw_mark(Ui& ui, ImVec2 at, float size) {
  ui.list()->AddRectFilled(at, {at.x + size, at.y + size}, ui.tone(Tone::accent), size * 0.28f);
  const auto point = [&](float x, float y) { return ImVec2{at.x + x * size, at.y + y * size}; };
  ui.list()->AddBezierCubic(point(0.2f, 0.74f), point(0.6f, 0.74f), point(0.4f, 0.26f),
                            point(0.8f, 0.26f), ui.tone(Tone::on_accent), size * 0.09f);
}

}  // namespace

float App::Impl::draw_header(ImVec2 at, float width) {
  const float middle = at.y + kHeaderHeight / 2;
  draw_mark(ui, {at.x, middle - 14}, 28);
  // Named where there is room for names.
  const bool spell_out = width > 1080;
  const float right = draw_preferences({at.x + width, middle - kControlHeight / 2}, spell_out);
  const std::string_view name = ui.tr(Str::app_name);
  const float name_right = at.x + 40 + ui.type().width(style::heading, name);
  if (name_right + 8 < right) {
    ui.type().draw_middle(ui.list(), {at.x + 40, middle}, style::heading, ui.tone(Tone::text),
                          name);
  }

  std::vector<Choice> choices;
  for (const SceneRow& row : scenes()) choices.push_back({row.id, ui.tr(row.tab)});
  const bool beside = name_right + 24 + tabs_width(ui, choices) + 24 < right;
  float height = kHeaderHeight;
  if (beside) {
    select(tabs(ui, "scene", {name_right + 24, at.y}, kHeaderHeight, choices, scene));
  } else {
    height = 48 + draw_tab_rows({at.x - 12, at.y + 48}, width + 24, choices);
  }
  const float full = ImGui::GetMainViewport()->Size.x;
  const float left = ImGui::GetMainViewport()->Pos.x;
  ui.list()->AddRectFilled({left, at.y + height - ui.pixel()}, {left + full, at.y + height},
                           ui.tone(Tone::line));
  return height;
}

// The tabs in as many rows as they need. Returns their height.
float App::Impl::draw_tab_rows(ImVec2 at, float width, std::span<const Choice> choices) {
  constexpr float row_height = 40;
  const float top = at.y;
  for (size_t first = 0; first < choices.size(); at.y += row_height) {
    size_t count = 1;
    while (first + count < choices.size() &&
           tabs_width(ui, choices.subspan(first, count + 1)) <= width) {
      ++count;
    }
    const size_t now = scene - first;  // beyond the row where another one has it
    const size_t next = tabs(ui, "scene", at, row_height, choices.subspan(first, count), now);
    if (next != now) select(first + next);
    first += count;
  }
  return at.y - top;
}

// Theme, language, and what is done with a link, from the right. Returns where they begin.
float App::Impl::draw_preferences(ImVec2 right_top, bool spell_out) {
  // A language is named in itself, so that whoever needs it can read it.
  const Choice languages[] = {{"en", "EN"}, {"zh", "中文"}};
  const bool dark = is_dark(ui.theme);
  ImVec2 at{right_top.x - kControlHeight, right_top.y};
  const std::string_view label = ui.tr(dark ? Str::theme_to_light : Str::theme_to_dark);
  if (icon_button(ui, "header.theme", {at, {at.x + kControlHeight, at.y + kControlHeight}},
                  dark ? Icon::sun : Icon::moon, label)) {
    choose_theme(!dark);
  }
  at.x -= kControlHeight + 4;
  draw_figures_button(ui, at);
  if (files) {
    at.x -= FilesMenu::width(ui) + 4;
    files->draw_button(ui, at);
  }
  at.x -= 8 + segmented_width(ui, languages);
  const size_t now = ui.language == Language::zh ? 1 : 0;
  const size_t chosen = segmented(ui, "header.language", at, languages, now);
  if (chosen != now) choose_language(chosen == 1 ? Language::zh : Language::en);
  const auto action = [&](std::string_view id, Icon icon, Str text) {
    const std::string_view name = ui.tr(text);
    const ButtonLook look{.icon = icon};
    at.x -= 8 + (spell_out ? button_width(ui, name, look) : kControlHeight);
    if (spell_out) return button(ui, id, at, name, look);
    const ImRect square(at, {at.x + kControlHeight, at.y + kControlHeight});
    return icon_button(ui, id, square, icon, name);
  };
  if (action("header.embed", Icon::embed, Str::header_embed)) embed.open();
  const bool share = action("header.share", Icon::share, Str::header_share);
  if (share) {
    platform.set_clipboard(address());
    open_menu(kShare);
  }
  draw_share({at, {at.x + kControlHeight, at.y + kControlHeight}});
  return at.x;
}

// Says that the link has been copied, and what it holds.
void App::Impl::draw_share(ImRect anchor) {
  const std::string full = address();
  const float width = std::min(420.0f, ImGui::GetMainViewport()->Size.x - 24), pad = 20;
  const float room = width - 2 * pad;
  const std::string_view title = ui.tr(Str::share_copied), lead = ui.tr(Str::share_lead);
  const std::string hash = shown().hash();
  std::string facts = ui.tr(Str::share_length, {std::to_string(full.size())});
  if (!hash.empty()) facts += ui.tr(Str::share_hash, {hash});
  const std::string shortened = full.substr(0, 480) + (full.size() > 480 ? "…" : "");
  std::string lines;
  const auto across = static_cast<size_t>(std::max(24.0f, (room - 24) / 8));
  for (size_t i = 0; i < shortened.size(); i += across) {
    lines += (i > 0 ? "\n" : "") + shortened.substr(i, across);
  }
  const float rows = std::ceil(static_cast<float>(shortened.size()) / static_cast<float>(across));
  const float height = 2 * pad + ui.line_height(style::heading) + 4 +
                       ui.paragraph_height(room, style::body, lead) + 10 + rows * 21 + 34 +
                       ui.paragraph_height(room, style::caption, facts);
  if (!begin_popover(ui, kShare, anchor, {width, height})) return;
  ImVec2 at{ImGui::GetWindowPos().x + pad, ImGui::GetWindowPos().y + pad};
  const ImVec2 top = at;
  ui.text(at, style::heading, Tone::text, title);
  at.y += ui.line_height(style::heading) + 4;
  at.y += ui.paragraph(at, room, style::body, Tone::muted, lead) + 10;
  ui.record("share.copied", {top, {top.x + room, at.y}}, Role::text, title, title);
  ui.last_control().live = true;
  const ImVec2 well = at;
  at.y += code_well(ui, at, room, lines) + 8;
  ui.record("share.link", {well, {well.x + room, at.y}}, Role::text, ui.tr(Str::header_share),
            full);
  const float facts_height = ui.paragraph(at, room, style::caption, Tone::muted, facts);
  ui.record("share.facts", {at, {at.x + room, at.y + facts_height}}, Role::text, facts, facts);
  end_popover(ui);
}

}  // namespace lab
