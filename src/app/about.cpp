#include "app/about.h"

#include <algorithm>
#include <array>

#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kPad = 24, kRow = 28;
constexpr std::string_view kDialog = "about.dialog";

// What the program carries, and under which licence; the texts are in dist/licenses.
struct Part {
  std::string_view name, licence;
};
constexpr std::array kParts = {
    Part{"Dear ImGui", "MIT"},
    Part{"Emscripten, musl, libc++", "MIT, Apache 2.0 with LLVM exception"},
    Part{"GLFW", "zlib"},
    Part{"Inter", "SIL Open Font License 1.1"},
    Part{"Noto Sans CJK SC", "SIL Open Font License 1.1"},
    Part{"JetBrains Mono", "SIL Open Font License 1.1"},
    Part{"Latin Modern Math", "GUST Font License 1.0"},
};

void draw_dialog(Ui& ui) {
  const ImVec2 view = ImGui::GetMainViewport()->Size;
  const float width = std::min(560.0f, view.x - 24);
  const float room = width - 2 * kPad;
  const std::string_view lead = ui.tr(Str::about_lead);
  const float lead_height = ui.paragraph_height(room, style::body, lead);
  const float heading = ui.line_height(style::heading);
  const bool beside = room > 400;
  const float row = beside ? kRow : 2 * kRow - 8;
  const float height = 2 * kPad + heading + 8 + lead_height + 16 +
                       row * static_cast<float>(kParts.size()) + 12 + kControlHeight;
  if (!begin_dialog(ui, kDialog, {width, height})) return;
  ImVec2 at{ImGui::GetWindowPos().x + kPad, ImGui::GetWindowPos().y + kPad};
  ui.text(at, style::heading, Tone::text, ui.tr(Str::app_name));
  at.y += heading + 8;
  at.y += ui.paragraph(at, room, style::body, Tone::muted, lead) + 16;
  for (const Part& part : kParts) {
    ui.text(at, style::body, Tone::text, part.name);
    const ImVec2 below{beside ? at.x + room * 0.4f : at.x, beside ? at.y : at.y + kRow - 8};
    ui.text(below, style::body, Tone::muted,
            ui.type().fit(style::body, room * (beside ? 0.6f : 1), part.licence));
    ui.record("about." + std::string(part.name), {at, {at.x + room, at.y + row - 4}}, Role::text,
              part.name, part.licence);
    at.y += row;
  }
  at.y += 12;
  const std::string_view close = ui.tr(Str::close);
  if (button(ui, "about.close", {at.x + room - button_width(ui, close), at.y}, close)) {
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
}

}  // namespace

float about_width(const Ui& ui) {
  return ui.type().width(style::caption, ui.tr(Str::about)) + 16;
}

void draw_about(Ui& ui, ImVec2 left_middle) {
  const std::string_view label = ui.tr(Str::about);
  const ImRect rect({left_middle.x, left_middle.y - 13},
                    {left_middle.x + about_width(ui), left_middle.y + 13});
  const Interaction state = ui.interact("about", rect, Role::button, label);
  if (state.hovered) ui.list()->AddRectFilled(rect.Min, rect.Max, ui.tone(Tone::hover), 6);
  ui.type().draw_middle(ui.list(), {rect.Min.x + 8, left_middle.y}, style::caption,
                        ui.tone(Tone::muted), label);
  ui.focus_ring(rect, 6);
  if (state.clicked) open_menu(kDialog);
  draw_dialog(ui);
}

}  // namespace lab
