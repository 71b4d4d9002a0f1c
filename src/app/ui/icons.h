#pragma once

#include <imgui.h>

namespace lab {

enum class Icon {
  plus,
  minus,
  close,
  left,
  right,
  down,
  copy,
  check,
  sun,
  moon,
  undo,
  redo,
  reset,
  edit,
  play,
  pause,
  step,   // one optimizer step
  epoch,  // one pass through the data
  brush,
  erase,
  dice,
  lock,
  download,
  share,
  embed,
  screen  // for an audience
};

// Draws a 16 px line icon centred at `centre`.
void draw_icon(ImDrawList* list, Icon icon, ImVec2 centre, ImU32 colour);

}  // namespace lab
