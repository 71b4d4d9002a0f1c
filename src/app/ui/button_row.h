#pragma once

#include <string_view>

#include "app/ui/flow.h"
#include "app/ui/widgets.h"

namespace lab {

// Buttons side by side, in as many rows as they need.
class ButtonRow {
 public:
  ButtonRow(Ui& ui, ImVec2 at, float width)
      : ui_(ui), top_(at.y), flow_(at, width, kControlHeight, {8, 8}) {}

  bool add(std::string_view id, std::string_view label, const ButtonLook& look = {}) {
    return button(ui_, id, flow_.place(button_width(ui_, label, look)), label, look);
  }
  float height() const { return flow_.bottom() - top_; }

 private:
  Ui& ui_;
  float top_;
  Flow flow_;
};

}  // namespace lab
