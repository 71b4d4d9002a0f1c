#include <cmath>

#include "app/ui/ui.h"

namespace lab {

void Ui::begin_scaled(ImRect room, float by) {
  ImGui::PushClipRect(
      room.Min, {room.Min.x + room.GetWidth() / by, room.Min.y + room.GetHeight() / by}, false);
  ImGuiIO& io = ImGui::GetIO();
  const ImDrawList& drawn = *list();
  scaled_ = {
      room.Min,    by,      drawn.VtxBuffer.Size, drawn.CmdBuffer.Size - 1, controls_.all().size(),
      io.MousePos, density_};
  if (ImGui::IsMousePosValid()) {
    io.MousePos = {room.Min.x + (io.MousePos.x - room.Min.x) / by,
                   room.Min.y + (io.MousePos.y - room.Min.y) / by};
  }
  set_density(density_ * by);
}

void Ui::end_scaled() {
  const Scaled scaled = *scaled_;
  scaled_.reset();
  set_density(scaled.density);
  ImGui::GetIO().MousePos = scaled.mouse;
  ImGui::PopClipRect();  // begins a command of its own, which stays as it is
  const auto place = [&](ImVec2 at, ImVec2 from) {
    return ImVec2{from.x + (at.x - from.x) * scaled.by, from.y + (at.y - from.y) * scaled.by};
  };
  ImDrawList& drawn = *list();
  for (int i = scaled.vertices; i < drawn.VtxBuffer.Size; ++i) {
    drawn.VtxBuffer[i].pos = place(drawn.VtxBuffer[i].pos, scaled.from);
  }
  for (int i = scaled.commands; i + 1 < drawn.CmdBuffer.Size; ++i) {
    ImVec4& clip = drawn.CmdBuffer[i].ClipRect;
    const ImVec2 least = place({clip.x, clip.y}, scaled.from);
    const ImVec2 most = place({clip.z, clip.w}, scaled.from);
    clip = {least.x, least.y, most.x, most.y};
  }
  const ImVec2 corner{scaled.from.x - origin().x, scaled.from.y - origin().y};
  for (size_t i = scaled.records; i < controls_.all().size(); ++i) {
    Control& control = controls_.all()[i];
    control.min = place(control.min, corner);
    control.max = place(control.max, corner);
  }
}

}  // namespace lab
