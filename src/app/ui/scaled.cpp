#include <algorithm>
#include <utility>

#include "app/ui/ui.h"

namespace lab {
namespace {

ImVec2 placed(ImVec2 at, ImVec2 from, float by) {
  return {from.x + (at.x - from.x) * by, from.y + (at.y - from.y) * by};
}

}  // namespace

void Ui::begin_scaled(ImRect room, float by) {
  ImGui::PushClipRect(
      room.Min, {room.Min.x + room.GetWidth() / by, room.Min.y + room.GetHeight() / by}, false);
  const ImDrawList& drawn = *list();
  scaled_ = {room.Min,
             by,
             drawn.VtxBuffer.Size,
             drawn.CmdBuffer.Size - 1,
             controls_.all().size(),
             ImGui::GetIO().MousePos,
             density_};
  enter_scale();
}

void Ui::enter_scale() {
  ImVec2& mouse = ImGui::GetIO().MousePos;
  if (ImGui::IsMousePosValid()) mouse = placed(mouse, scaled_->from, 1 / scaled_->by);
  set_density(scaled_->density * scaled_->by);
}

void Ui::leave_scale() {
  ImGui::GetIO().MousePos = scaled_->mouse;
  set_density(scaled_->density);
}

void Ui::end_scaled() {
  leave_scale();
  const Scaled scaled = *std::move(scaled_);
  scaled_.reset();
  ImGui::PopClipRect();  // begins a command of its own, which stays as it is
  ImDrawList& drawn = *list();
  for (int i = scaled.vertices; i < drawn.VtxBuffer.Size; ++i) {
    ImVec2& at = drawn.VtxBuffer[i].pos;
    at = placed(at, scaled.from, scaled.by);
  }
  for (int i = scaled.commands; i + 1 < drawn.CmdBuffer.Size; ++i) {
    ImVec4& clip = drawn.CmdBuffer[i].ClipRect;
    const ImVec2 least = placed({clip.x, clip.y}, scaled.from, scaled.by);
    const ImVec2 most = placed({clip.z, clip.w}, scaled.from, scaled.by);
    clip = {least.x, least.y, most.x, most.y};
  }
  const ImVec2 corner{scaled.from.x - origin().x, scaled.from.y - origin().y};
  for (size_t i = scaled.records; i < controls_.all().size(); ++i) {
    if (std::ranges::any_of(scaled.unscaled, [i](const Scaled::Range& range) {
          return i >= range.begin && i < range.end;
        })) {
      continue;
    }
    Control& control = controls_.all()[i];
    control.min = placed(control.min, corner, scaled.by);
    control.max = placed(control.max, corner, scaled.by);
  }
}

ImRect Ui::on_screen(ImRect rect) const {
  if (!scaled_ || scaled_->windows > 0) return rect;
  const Scaled& scaled = *scaled_;
  return {placed(rect.Min, scaled.from, scaled.by), placed(rect.Max, scaled.from, scaled.by)};
}

ImVec2 Ui::from_screen(ImVec2 place) const {
  if (!scaled_ || scaled_->windows > 0) return place;
  return placed(place, scaled_->from, 1 / scaled_->by);
}

void Ui::begin_unscaled() {
  if (!scaled_ || scaled_->windows++ > 0) return;
  scaled_->unscaled.push_back({controls_.all().size(), controls_.all().size()});
  leave_scale();
}

void Ui::end_unscaled() {
  if (!scaled_ || --scaled_->windows > 0) return;
  scaled_->unscaled.back().end = controls_.all().size();
  enter_scale();
}

}  // namespace lab
