#include "app/training/play_controls.h"

#include <cmath>

#include "app/training/speed.h"
#include "app/ui/number.h"

namespace lab {
namespace {

std::string speed_text(const Ui& ui, const TrainSpeed& speed) {
  if (speed.per_second == 0) return std::string(ui.tr(Str::train_speed_most));
  return ui.tr(speed.epochs ? Str::train_speed_epochs : Str::train_speed_steps,
               {number_text(speed.per_second)});
}

}  // namespace

bool play_button(Ui& ui, std::string_view id, ImVec2 at, bool playing, bool enabled) {
  const std::string_view label = ui.tr(playing ? Str::train_pause : Str::train_play);
  const ImRect rect(at, {at.x + kPlayButton, at.y + kPlayTool});
  const Interaction state = ui.interact(id, rect, Role::button, label, enabled);
  const float hover = ui.ease(item_id(id), state.hovered ? 1.0f : 0.0f);
  const float strength = !enabled ? 0.35f : 1 - 0.12f * hover - (state.held ? 0.1f : 0);
  ui.list()->AddRectFilled(rect.Min, rect.Max, faded(ui.tone(Tone::accent), strength), 10);
  draw_icon(ui.list(), playing ? Icon::pause : Icon::play, rect.GetCenter(),
            ui.tone(Tone::on_accent));
  ui.focus_ring(rect, 10);
  ui.tooltip(label);
  return state.clicked;
}

size_t speed_slider(Ui& ui, std::string_view id, ImVec2 at, float width, size_t speed) {
  const std::string shown = speed_text(ui, kTrainSpeeds[speed]);
  ui.text({at.x + 8, at.y - 2}, style::caption, Tone::muted, shown);
  const auto now = static_cast<float>(speed);
  const auto most = static_cast<float>(kTrainSpeeds.size() - 1);
  const DragResult drag = slider(ui, id, {{at.x, at.y + 16}, {at.x + width, at.y + 38}},
                                 ui.tr(Str::train_speed), now, 0, most);
  const auto next = static_cast<size_t>(std::lround(drag.value));
  ui.last_control().value = shown;
  return next;
}

}  // namespace lab
