#pragma once

#include <string_view>

#include "app/ui/widgets.h"

namespace lab {

// Buttons side by side, in as many rows as they need.
class ButtonRow {
 public:
  ButtonRow(Ui& ui, ImVec2 at, float width)
      : ui_(ui), left_(at.x), top_(at.y), width_(width), at_(at) {}

  bool add(std::string_view id, std::string_view label, const ButtonLook& look = {}) {
    const float needed = button_width(ui_, label, look);
    if (at_.x + needed > left_ + width_ && at_.x > left_) at_ = {left_, at_.y + kControlHeight + 8};
    const bool clicked = button(ui_, id, at_, label, look);
    at_.x += needed + 8;
    return clicked;
  }
  float height() const { return at_.y + kControlHeight - top_; }

 private:
  Ui& ui_;
  float left_, top_, width_;
  ImVec2 at_;
};

}  // namespace lab
