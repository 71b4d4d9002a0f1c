#include "app/ui/text_dialog.h"

#include <algorithm>

#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kPad = 20;
constexpr ImVec2 kLargest{560, 440};

}  // namespace

void TextDialog::open(std::string text) {
  draft_ = std::move(text);
  complaint_.clear();
  fresh_ = wanted_ = true;
  drawn_in_ = ImGui::GetFrameCount();
  open_menu(id_);
}

void TextDialog::close() {
  wanted_ = false;
  ImGui::CloseCurrentPopup();
}

void TextDialog::draw(Ui& ui, std::string_view title, std::string_view hint,
                      const std::function<Complaint(const std::string&)>& take) {
  const int frame = ImGui::GetFrameCount();
  if (wanted_ && !is_menu_open(id_) && drawn_in_ + 1 >= frame) open_menu(id_);
  const ImVec2 view = ImGui::GetMainViewport()->Size;
  const ImVec2 size{std::min(kLargest.x, view.x - 24), std::min(kLargest.y, view.y - 24)};
  if (!begin_dialog(ui, id_, size)) return;
  drawn_in_ = frame;
  if (!ImGui::IsPopupOpen(item_id(id_), ImGuiPopupFlags_AnyPopupLevel)) wanted_ = false;  // Escape
  const ImVec2 corner = ImGui::GetWindowPos();
  const float width = size.x - 2 * kPad;
  ImVec2 at{corner.x + kPad, corner.y + kPad};
  ui.text(at, style::heading, Tone::text, title);
  at.y += ui.line_height(style::heading) + 2;
  at.y += ui.paragraph(at, width, style::caption, Tone::muted, hint) + 10;

  const std::string wrong = complaint_.in(ui.language);
  const float error_height = wrong.empty() ? 0 : ui.paragraph_height(width, style::body, wrong) + 8;
  const float buttons_top = corner.y + size.y - kPad - kControlHeight;
  const float field_height = buttons_top - 12 - error_height - at.y;
  if (fresh_) ImGui::SetKeyboardFocusHere();
  fresh_ = false;
  text_area(ui, id_ + ".field", {at, {at.x + width, at.y + field_height}}, title, draft_);
  at.y += field_height + 8;
  error_line(ui, id_ + ".error", at, width, complaint_);
  const ButtonLook primary{.kind = ButtonKind::primary};
  const float apply_width = button_width(ui, ui.tr(Str::apply), primary);
  const float right = corner.x + size.x - kPad;
  const float cancel_width = button_width(ui, ui.tr(Str::cancel));
  if (button(ui, id_ + ".cancel", {right - apply_width - 8 - cancel_width, buttons_top},
             ui.tr(Str::cancel))) {
    close();
  }
  if (button(ui, id_ + ".apply", {right - apply_width, buttons_top}, ui.tr(Str::apply), primary)) {
    complaint_ = take(draft_);
    if (!complaint_) close();
  }
  end_dialog(ui);
}

}  // namespace lab
