#pragma once

#include "app/scenes/train/train_view.h"
#include "app/ui/ui.h"

namespace lab {

// The bar that plays the training, and how far it has come.
class PlayView {
 public:
  PlayView(TrainModel& model, TrainView& view) : model_(model), view_(view) {}

  // Returns the height used.
  float draw(Ui& ui, ImVec2 at, float width);
  // What is wrong where training has diverged, and the ways out; 0 while all is well.
  float draw_divergence(Ui& ui, ImVec2 at, float width);

 private:
  float draw_buttons(Ui& ui, ImVec2 at);
  float draw_speed(Ui& ui, ImVec2 at, float width);
  static float figure_width(const Ui& ui);
  void draw_figures(Ui& ui, ImVec2 at, float width, size_t columns);

  TrainModel& model_;
  TrainView& view_;
};

}  // namespace lab
