#include <algorithm>
#include <cmath>

#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kRow = 34, kPad = 8, kMargin = 12, kRounding = 12;
constexpr ImU32 kDim = IM_COL32(0, 0, 0, 90);

// Pop-ups are ImGui windows without any of ImGui's decoration; ground and shadow are ours.
void push_popup_style(const Ui& ui) {
  ImGui::PushStyleColor(ImGuiCol_PopupBg, ui.tone(Tone::raised));
  ImGui::PushStyleColor(ImGuiCol_Border, ui.tone(Tone::line));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_PopupRounding, kRounding);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, kRounding);
  ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 1);
}

void pop_popup_style() {
  ImGui::PopStyleVar(4);
  ImGui::PopStyleColor(2);
}

struct MenuShape {
  size_t rows, columns;
  float column_width;
  ImVec2 size;
};

MenuShape shape_menu(const Ui& ui, std::span<const Choice> choices, ImVec2 view) {
  float widest = 0;
  for (const Choice& choice : choices) {
    widest = std::max(widest, ui.type().width(style::body, choice.label));
  }
  MenuShape shape{};
  shape.column_width = std::ceil(widest) + 52;
  const auto fit = static_cast<size_t>(std::max(1.0f, (view.y - 2 * (kMargin + kPad)) / kRow));
  const size_t most_columns =
      static_cast<size_t>(std::max(1.0f, (view.x - 2 * (kMargin + kPad)) / shape.column_width));
  const size_t wanted =
      (choices.size() + std::min<size_t>(fit, 12) - 1) / std::min<size_t>(fit, 12);
  shape.columns = std::clamp<size_t>(wanted, 1, most_columns);
  shape.rows = (choices.size() + shape.columns - 1) / shape.columns;
  shape.size = {static_cast<float>(shape.columns) * shape.column_width + 2 * kPad,
                static_cast<float>(shape.rows) * kRow + 2 * kPad};
  return shape;
}

bool menu_row(Ui& ui, std::string_view id, ImRect rect, std::string_view label, bool chosen) {
  const Interaction state = ui.interact(id, rect, Role::menuitem, label);
  ui.last_control().value = chosen ? "true" : "false";
  // A finger that has opened the menu rests nowhere.
  const bool finger = ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen;
  if ((state.hovered && !finger) || state.held || state.focused) {
    ui.list()->AddRectFilled(rect.Min, rect.Max, ui.tone(Tone::hover), 8);
  }
  if (chosen) {
    draw_icon(ui.list(), Icon::check, {rect.Min.x + 17, rect.GetCenter().y}, ui.tone(Tone::accent));
  }
  ui.type().draw_middle(ui.list(), {rect.Min.x + 34, rect.GetCenter().y}, style::body,
                        ui.tone(Tone::text), label);
  return state.clicked;
}

// A pop-up's window of that size and place. Where it is open, end_window() ends it.
bool begin_window(Ui& ui, ImGuiID item, ImVec2 at, ImVec2 size, ImGuiWindowFlags more = 0) {
  ImGui::SetNextWindowPos(at);
  ImGui::SetNextWindowSize(size);
  ui.begin_unscaled();
  push_popup_style(ui);
  const bool open =
      ImGui::BeginPopupEx(item, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings | more);
  pop_popup_style();
  if (!open) ui.end_unscaled();
  return open;
}

void end_window(Ui& ui) {
  ImGui::EndPopup();
  ui.end_unscaled();
}

}  // namespace

void open_menu(std::string_view id) {
  ImGui::OpenPopup(item_id(id));
}

bool is_menu_open(std::string_view id) {
  return ImGui::IsPopupOpen(item_id(id), 0);
}

std::optional<size_t> menu(Ui& ui, std::string_view id, ImRect anchor,
                           std::span<const Choice> choices, size_t chosen) {
  const ImGuiID item = item_id(id);
  if (!ImGui::IsPopupOpen(item, 0)) return {};
  const ImGuiViewport* view = ImGui::GetMainViewport();
  const MenuShape shape = shape_menu(ui, choices, view->Size);
  anchor = ui.on_screen(anchor);
  ImVec2 at{anchor.Min.x, anchor.Max.y + 6};
  at.x = std::clamp(
      at.x, view->Pos.x + kMargin,
      std::max(view->Pos.x + kMargin, view->Pos.x + view->Size.x - shape.size.x - kMargin));
  const float height = std::min(shape.size.y, view->Size.y - 2 * kMargin);
  at.y = std::clamp(at.y, view->Pos.y + kMargin,
                    std::max(view->Pos.y + kMargin, view->Pos.y + view->Size.y - height - kMargin));
  if (!begin_window(ui, item, at, {shape.size.x, height})) return {};
  std::optional<size_t> picked;
  const ImVec2 top = ImGui::GetCursorScreenPos();
  for (size_t i = 0; i < choices.size(); ++i) {
    const size_t column = i / shape.rows, row_number = i % shape.rows;
    const ImVec2 corner{top.x + kPad + static_cast<float>(column) * shape.column_width,
                        top.y + kPad + static_cast<float>(row_number) * kRow};
    const ImRect rect(corner, {corner.x + shape.column_width, corner.y + kRow});
    const std::string row = std::string(id) + "." + std::string(choices[i].id);
    if (menu_row(ui, row, rect, choices[i].label, i == chosen)) picked = i;
  }
  ImGui::SetCursorScreenPos({top.x, top.y + shape.size.y});
  ImGui::Dummy({0, 0});
  if (picked) ImGui::CloseCurrentPopup();
  end_window(ui);
  return picked;
}

bool begin_popover(Ui& ui, std::string_view id, ImRect anchor, ImVec2 size) {
  const ImGuiID item = item_id(id);
  if (!ImGui::IsPopupOpen(item, 0)) return false;
  const ImGuiViewport* view = ImGui::GetMainViewport();
  anchor = ui.on_screen(anchor);
  const ImVec2 least{view->Pos.x + kMargin, view->Pos.y + kMargin};
  const ImVec2 most{view->Pos.x + view->Size.x - size.x - kMargin,
                    view->Pos.y + view->Size.y - size.y - kMargin};
  ImVec2 at{anchor.GetCenter().x - size.x / 2, anchor.Max.y + 6};
  if (at.y > most.y) at.y = anchor.Min.y - 6 - size.y;
  at = {std::clamp(at.x, least.x, std::max(least.x, most.x)),
        std::clamp(at.y, least.y, std::max(least.y, most.y))};
  return begin_window(ui, item, at, size);
}

void end_popover(Ui& ui) {
  end_window(ui);
}

bool begin_dialog(Ui& ui, std::string_view id, ImVec2 size) {
  const ImGuiID item = item_id(id);
  if (!ImGui::IsPopupOpen(item, 0)) return false;
  const ImGuiViewport* view = ImGui::GetMainViewport();
  const ImVec2 middle = view->GetCenter();
  const ImVec2 place{middle.x - size.x / 2, middle.y - size.y / 2};
  if (!begin_window(ui, item, place, size, ImGuiWindowFlags_NoBackground)) return false;
  // At once, also while something is typed.
  const bool focused = ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows);
  if (focused && ImGui::IsKeyPressed(ImGuiKey_Escape, false)) ImGui::CloseCurrentPopup();
  // Everything else steps back, and the dialog's ground lies above that.
  ImDrawList* list = ui.list();
  const ImVec2 corner = ImGui::GetWindowPos(), end{corner.x + size.x, corner.y + size.y};
  list->PushClipRectFullScreen();
  list->AddRectFilled(view->Pos, {view->Pos.x + view->Size.x, view->Pos.y + view->Size.y}, kDim);
  list->AddRectFilled(corner, end, ui.tone(Tone::raised), kRounding);
  list->AddRect(corner, end, ui.tone(Tone::line), kRounding);
  list->PopClipRect();
  return true;
}

void end_dialog(Ui& ui) {
  end_window(ui);
}

}  // namespace lab
