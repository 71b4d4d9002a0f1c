#include <imgui.h>
#include <imgui_internal.h>
#include <misc/cpp/imgui_stdlib.h>

#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kRounding = 8;

// ImGui's text fields in our type and colours.
class FieldStyle {
 public:
  FieldStyle(const Ui& ui, TextStyle style, ImVec2 padding) {
    ImGui::PushFont(ui.type().font(style.face), style.size);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, padding);
    ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, kRounding);
    ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, kRounding);
    ImGui::PushStyleColor(ImGuiCol_FrameBg, ui.tone(Tone::sunken));
    ImGui::PushStyleColor(ImGuiCol_Text, ui.tone(Tone::text));
    ImGui::PushStyleColor(ImGuiCol_TextDisabled, ui.tone(Tone::muted));
    ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, faded(ui.tone(Tone::accent), 0.3f));
    ImGui::PushOverrideID(0);  // item_id() of the control's id
  }
  ~FieldStyle() {
    ImGui::PopID();
    ImGui::PopStyleColor(4);
    ImGui::PopStyleVar(3);
    ImGui::PopFont();
  }
  FieldStyle(const FieldStyle&) = delete;
  FieldStyle& operator=(const FieldStyle&) = delete;
};

// Before the field is drawn: does what an action asks of it.
void follow_action(const Ui& ui, std::string_view id, std::string& text) {
  using enum ControlAction::Kind;
  if (ui.acts(focus, id) || ui.acts(press, id)) ImGui::SetKeyboardFocusHere();
  const std::optional<std::string> asked = ui.text_set(id);
  if (!asked) return;
  text = *asked;
  // A field in editing has its own copy of the text.
  if (ImGuiInputTextState* state = ImGui::GetInputTextState(item_id(id))) {
    state->ReloadUserBufAndMoveToEnd();
  }
}

void record_field(Ui& ui, std::string_view id, ImRect rect, std::string_view label,
                  std::string_view text) {
  ui.record_item(id, Role::textbox, label, text);
  if (ImGui::IsItemActive()) {
    ui.list()->AddRect(rect.Min, rect.Max, ui.tone(Tone::accent), kRounding, 0, 2);
  } else if (has_contrast(ui.theme)) {  // where a well has the page's colour
    ui.list()->AddRect(rect.Min, rect.Max, ui.tone(Tone::line), kRounding);
  }
}

}  // namespace

void text_area(Ui& ui, std::string_view id, ImRect rect, std::string_view label,
               std::string& text) {
  const FieldStyle style(ui, style::code, {12, 10});
  ImGui::SetCursorScreenPos(rect.Min);
  follow_action(ui, id, text);
  // Tables of spreadsheets have tabs between their cells: they come in where something is pasted,
  // while the key goes on to the next control.
  const bool pastes = ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed(ImGuiKey_V);
  ImGui::InputTextMultiline(hidden_label(id).c_str(), &text, rect.GetSize(),
                            pastes ? ImGuiInputTextFlags_AllowTabInput : 0);
  record_field(ui, id, rect, label, text);
  ui.last_control().multiline = true;
}

bool text_field(Ui& ui, std::string_view id, ImVec2 at, float width, std::string_view label,
                std::string_view hint, std::string& text) {
  const FieldStyle style(ui, style::body, {12, (kControlHeight - style::body.size) / 2});
  ImGui::SetCursorScreenPos(at);
  ImGui::SetNextItemWidth(width);
  follow_action(ui, id, text);
  const bool entered = ImGui::InputTextWithHint(hidden_label(id).c_str(), std::string(hint).c_str(),
                                                &text, ImGuiInputTextFlags_EnterReturnsTrue);
  record_field(ui, id, {at, {at.x + width, at.y + kControlHeight}}, label, text);
  return entered;
}

std::optional<std::string> entry_field(Ui& ui, std::string_view id, ImVec2 at, float width,
                                       std::string_view label, std::string_view current) {
  std::string& draft = ui.draft(item_id(id));
  if (ImGui::GetActiveID() != item_id(id)) draft = current;
  const bool entered = text_field(ui, id, at, width, label, "", draft) || ui.text_set(id);
  if ((entered || ImGui::IsItemDeactivatedAfterEdit()) && draft != current) return draft;
  return {};
}

}  // namespace lab
