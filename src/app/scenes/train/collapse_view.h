#pragma once

#include <vector>

#include "app/scenes/train/train_view.h"
#include "app/ui/ui.h"
#include "core/train/collapse.h"

namespace lab {

// What would be left of the network if nothing in it bent: one linear layer.
class CollapseView {
 public:
  CollapseView(TrainModel& model, TrainView& view) : model_(model), view_(view) {}

  // Returns the height used.
  float draw(Ui& ui, ImVec2 at, float width);
  // Its weights for x and y and its bias, as a line for the map; empty if it is none.
  std::vector<double> line() const;

 private:
  void look();
  float draw_numbers(Ui& ui, ImVec2 at, float width) const;
  float draw_leak(Ui& ui, ImVec2 at, float width);

  TrainModel& model_;
  TrainView& view_;
  unsigned seen_ = 0;
  LinearCollapse collapse_;
};

}  // namespace lab
