#pragma once

#include <imgui.h>

namespace lab {

// Places for things of one height, from left to right, in as many rows as they need.
class Flow {
 public:
  // `gap` is left free between things and between rows.
  Flow(ImVec2 at, float width, float height, ImVec2 gap)
      : left_(at.x), right_(at.x + width), height_(height), gap_(gap), at_(at) {}

  // The top left corner of a thing that wide.
  ImVec2 place(float width) {
    if (at_.x + width > right_ && at_.x > left_) next_row();
    const ImVec2 corner = at_;
    at_.x += width + gap_.x;
    return corner;
  }
  void next_row() {
    at_ = {left_, bottom() + gap_.y};
    below_ = 0;
  }
  // Where something stands that goes below the whole row, and how high that is.
  ImVec2 below() const { return {left_, bottom()}; }
  void leave_below(float height) { below_ += height; }
  // Moves the row that has just begun.
  void move_down(float by) { at_.y += by; }
  float row_top() const { return at_.y; }
  float bottom() const { return at_.y + height_ + below_; }

 private:
  float left_, right_, height_;
  ImVec2 gap_, at_;
  float below_ = 0;  // height of what stands below the row
};

}  // namespace lab
