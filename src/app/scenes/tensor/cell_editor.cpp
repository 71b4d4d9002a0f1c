#include <imgui.h>
#include <imgui_internal.h>
#include <misc/cpp/imgui_stdlib.h>

#include <algorithm>

#include "app/scenes/tensor/tensor_scene.h"
#include "app/ui/number.h"
#include "core/tensor_text.h"

namespace lab {

namespace {

// Characters typed since the last frame, taken out of ImGui's queue.
std::string take_typed() {
  ImGuiIO& io = ImGui::GetIO();
  std::string text;
  for (ImWchar c : io.InputQueueCharacters) {
    char utf8[5] = {};
    ImTextCharToUtf8(utf8, c);
    text += utf8;
  }
  io.InputQueueCharacters.clear();
  return text;
}

// Puts the caret behind the text, where ImGui selects all of it.
int type_on(ImGuiInputTextCallbackData* data) {
  data->ClearSelection();
  data->CursorPos = data->BufTextLen;
  return 0;
}

}  // namespace

// Opens the editor on a number that is there, all of it selected.
void TensorScene::begin_edit(CellIndex cell, std::string text) {
  editing_ = cell;
  focus_ = cell;
  edit_text_ = std::move(text);
  edit_typed_on_ = false;
  edit_starts_ = true;
}

// Opens the editor on what has just been typed over the cell, to be typed on.
void TensorScene::begin_typing(CellIndex cell) {
  begin_edit(cell, take_typed());
  edit_typed_on_ = true;
}

// A table on the clipboard goes into the cells from this one on; in the field, which has one line,
// its numbers would run together.
bool TensorScene::paste_table(CellIndex cell) {
  constexpr ImGuiKeyChord paste = ImGuiMod_Ctrl | ImGuiKey_V;
  if (!ImGui::IsKeyChordPressed(paste, ImGuiInputFlags_None, ImGuiKeyOwner_Any)) return false;
  const char* clip = ImGui::GetClipboardText();
  std::string text = clip ? clip : "";
  std::ranges::replace(text, '\t', ',');
  const Result<Tensor> table = parse_tensor(text);
  if (!table.ok() || table.value().data.size() < 2) return false;
  later([this, cell, table = table.value()] {
    complaint_ = refusal(table);
    if (!complaint_ && !model_.paste(cell, table)) complaint_ = Complaint(Str::tensor_no_room);
    if (!complaint_) editing_.reset();
  });
  return true;
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
  // The field takes over the cell's own id, so that the keyboard focus stays when it goes.
  const std::string id =
      "tensor.cell." + std::to_string(cell.row) + "." + std::to_string(cell.column);
  // The field has the keyboard a frame after it appeared; what is typed before is not lost.
  if (edit_starts_ && edit_typed_on_) edit_text_ += take_typed();
  const bool type_behind = edit_typed_on_ && ImGui::GetActiveID() != item_id(id);
  const ImGuiInputTextFlags flags =
      type_behind ? ImGuiInputTextFlags_CallbackAlways : ImGuiInputTextFlags_AutoSelectAll;
  if (ImGui::GetActiveID() == item_id(id) && paste_table(cell)) {
    ImGui::SetKeyOwner(ImGuiKey_V, item_id("tensor.paste"), ImGuiInputFlags_LockThisFrame);
  }
  ImGui::PushOverrideID(0);
  ImGui::InputText(hidden_label(id).c_str(), &edit_text_, flags, type_behind ? type_on : nullptr);
  ImGui::PopID();
  ui.record_item(id, Role::textbox,
                 ui.tr(Str::tensor_cell, {ui.tr(Str::tensor_input), std::to_string(cell.row),
                                          std::to_string(cell.column)}),
                 edit_text_);
  ui.list()->AddRect(rect.Min, rect.Max, ui.tone(Tone::accent), 6, 0, 2);
  const bool active = ImGui::IsItemActive();
  const bool left = ImGui::IsItemDeactivated();
  ImGui::PopStyleColor(3);
  ImGui::PopStyleVar(2);
  ImGui::PopFont();
  if (active) edit_starts_ = false;
  if (edit_starts_) ui.keep_moving();  // the keyboard comes with the next frame
  if (!left) return;
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsKeyPressed(ImGuiKey_Escape)) {
    editing_.reset();
    return;
  }
  commit_edit(cell);
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
  if (next && !complaint_) {
    const float value = model_.document().input.data[*next];
    begin_edit({*next / model_.columns(), *next % model_.columns()}, number_plain(value));
  }
}

// Takes the typed text as the cell's value, or says why not and leaves the value.
void TensorScene::commit_edit(CellIndex cell) {
  const Result<Tensor> typed = parse_tensor(edit_text_);
  if (typed.ok() && typed.value().data.size() == 1) {
    model_.set_cell(cell, typed.value().data.front());
    complaint_.clear();
  } else {
    complaint_ = Complaint(Str::tensor_cell_bad, {edit_text_});
  }
}

}  // namespace lab
