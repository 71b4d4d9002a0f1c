#include "app/figures_dialog.h"

#include <algorithm>
#include <array>

#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kPad = 24, kRow = kControlHeight + 8;
constexpr std::string_view kDialog = "figures.dialog";
constexpr std::array kScales = {Choice{"1", "1×"}, Choice{"2", "2×"}, Choice{"3", "3×"},
                                Choice{"4", "4×"}};

void draw_row(Ui& ui, Platform& platform, ImVec2 at, float width, const Figure& figure) {
  const std::string id = "figures." + std::string(figure.id);
  const float middle = at.y + kControlHeight / 2;
  ImVec2 pen{at.x + width, at.y};
  for (const PictureKind kind : {PictureKind::png, PictureKind::svg}) {
    const bool svg = kind == PictureKind::svg;
    const std::string_view label = svg ? "SVG" : "PNG";
    const ButtonLook look{ButtonKind::outline, Icon::download, figure.shown()};
    pen.x -= button_width(ui, label, look);
    if (button(ui, id + (svg ? ".svg" : ".png"), pen, label, look)) {
      save_figure(ui, platform, figure, kind);
    }
    pen.x -= 8;
  }
  std::string name(ui.tr(figure.name));
  if (!figure.shown()) name += " · " + std::string(ui.tr(Str::figures_hidden));
  ui.type().draw_middle(ui.list(), {at.x, middle}, style::body,
                        ui.tone(figure.shown() ? Tone::text : Tone::muted),
                        ui.type().fit(style::body, pen.x - at.x, name));
}

void draw_scales(Ui& ui, ImVec2 at, float width) {
  const float room = segmented_width(ui, kScales);
  const std::string_view label = ui.tr(Str::figures_scale);
  ui.type().draw_middle(ui.list(), {at.x, at.y + kControlHeight / 2}, style::body,
                        ui.tone(Tone::text), ui.type().fit(style::body, width - room - 8, label));
  const auto now = static_cast<size_t>(std::clamp(picture_scale(ui), 1.0f, 4.0f)) - 1;
  const size_t chosen = segmented(ui, "figures.scale", {at.x + width - room, at.y}, kScales, now);
  if (chosen != now) ui.picture_scale = static_cast<float>(chosen + 1);
}

}  // namespace

void draw_figures_button(Ui& ui, ImVec2 at) {
  const ImRect square(at, {at.x + kControlHeight, at.y + kControlHeight});
  if (icon_button(ui, "header.figures", square, Icon::download, ui.tr(Str::figures))) {
    open_menu(kDialog);
  }
}

void draw_figures_dialog(Ui& ui, Platform& platform, std::span<const Figure> figures) {
  const float width = std::min(480.0f, ImGui::GetMainViewport()->Size.x - 24);
  const float room = width - 2 * kPad;
  const std::string_view lead = ui.tr(figures.empty() ? Str::figures_none : Str::figures_lead);
  const float heading = ui.line_height(style::heading);
  const float lead_height = ui.paragraph_height(room, style::body, lead);
  const float rows = kRow * static_cast<float>(figures.size() + (figures.empty() ? 0 : 1));
  const float height = 2 * kPad + heading + 8 + lead_height + 16 + rows + kControlHeight;
  if (!begin_dialog(ui, kDialog, {width, height})) return;
  ImVec2 at{ImGui::GetWindowPos().x + kPad, ImGui::GetWindowPos().y + kPad};
  ui.text(at, style::heading, Tone::text, ui.tr(Str::figures));
  at.y += heading + 8;
  at.y += ui.paragraph(at, room, style::body, Tone::muted, lead) + 16;
  if (!figures.empty()) {
    draw_scales(ui, at, room);
    at.y += kRow;
  }
  for (const Figure& figure : figures) {
    draw_row(ui, platform, at, room, figure);
    at.y += kRow;
  }
  const std::string_view close = ui.tr(Str::close);
  if (button(ui, "figures.close", {at.x + room - button_width(ui, close), at.y}, close)) {
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
}

}  // namespace lab
