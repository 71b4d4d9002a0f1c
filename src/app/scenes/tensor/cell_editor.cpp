#include <imgui.h>
#include <misc/cpp/imgui_stdlib.h>

#include "app/scenes/tensor/tensor_scene.h"
#include "app/ui/number.h"
#include "core/tensor_text.h"

namespace lab {

void TensorScene::begin_edit(CellIndex cell, std::string text) {
  editing_ = cell;
  focus_ = cell;
  edit_text_ = std::move(text);
  edit_starts_ = true;
}

void TensorScene::draw_editor(Ui& ui, ImRect rect, CellIndex cell) {
  const TextStyle style = style::body;
  ImGui::PushFont(ui.type().font(style.face), style.size);
  const float padding = (rect.GetHeight() - ImGui::GetFontSize()) / 2;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(6, padding));
  ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, 6);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, ui.tone(Tone::sunken));
  ImGui::PushStyleColor(ImGuiCol_Text, ui.tone(Tone::text));
  ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, ui.tone(Tone::accent_soft));
  ImGui::SetCursorScreenPos(rect.Min);
  ImGui::SetNextItemWidth(rect.GetWidth());
  if (edit_starts_) ImGui::SetKeyboardFocusHere();
  const std::string id =
      "##tensor.edit." + std::to_string(cell.row) + "." + std::to_string(cell.column);
  // A digit that started the edit is kept and typed on; a number that was there is selected.
  const bool fresh = edit_text_.size() == 1 && edit_starts_;
  const ImGuiInputTextFlags flags =
      fresh ? ImGuiInputTextFlags_None : ImGuiInputTextFlags_AutoSelectAll;
  ImGui::InputText(id.c_str(), &edit_text_, flags);
  ui.record_item(
      "tensor.cell." + std::to_string(cell.row) + "." + std::to_string(cell.column), Role::textbox,
      ui.tr(Str::tensor_cell,
            {ui.tr(Str::tensor_input), std::to_string(cell.row), std::to_string(cell.column)}),
      edit_text_);
  ui.list()->AddRect(rect.Min, rect.Max, ui.tone(Tone::accent), 6, 0, 2);
  const bool active = ImGui::IsItemActive();
  const bool left = ImGui::IsItemDeactivated();
  ImGui::PopStyleColor(3);
  ImGui::PopStyleVar(2);
  ImGui::PopFont();
  if (active) edit_starts_ = false;
  if (!left) {
    ui.keep_moving();
    return;
  }
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsKeyPressed(ImGuiKey_Escape)) {
    editing_.reset();
    return;
  }
  commit_edit(cell, ui);
  const bool back = io.KeyShift;
  const size_t count = model_.rows() * model_.columns();
  const size_t here = model_.offset(cell);
  std::optional<size_t> next;
  if (ImGui::IsKeyPressed(ImGuiKey_Tab)) {
    if (back ? here > 0 : here + 1 < count) next = back ? here - 1 : here + 1;
  } else if (ImGui::IsKeyPressed(ImGuiKey_Enter) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter)) {
    if (here + model_.columns() < count) next = here + model_.columns();
  }
  editing_.reset();
  if (next && error_.empty()) {
    const float value = model_.document().input.data[*next];
    begin_edit({*next / model_.columns(), *next % model_.columns()}, number_plain(value));
  }
}

// Takes the typed text as the cell's value, or says why not and leaves the value.
void TensorScene::commit_edit(CellIndex cell, const Ui& ui) {
  const Result<Tensor> typed = parse_tensor(edit_text_);
  if (typed.ok() && typed.value().data.size() == 1) {
    model_.set_cell(cell, typed.value().data.front());
    error_.clear();
  } else {
    error_ = ui.tr(Str::tensor_cell_bad, {edit_text_});
  }
}

}  // namespace lab
