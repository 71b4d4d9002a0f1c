#pragma once

#include "app/scenes/train/train_view.h"
#include "app/ui/ui.h"

namespace lab {

// Which classes are taken for which, and how the layers are doing.
class ResultsView {
 public:
  ResultsView(TrainModel& model, TrainView& view) : model_(model), view_(view) {}

  // Returns the height used.
  float draw(Ui& ui, ImVec2 at, float width);

 private:
  void look();
  float draw_confusion(Ui& ui, ImVec2 at, float width);
  float draw_layers(Ui& ui, ImVec2 at, float width) const;

  TrainModel& model_;
  TrainView& view_;
  bool of_test_ = true;
  unsigned seen_ = 0;
  bool seen_test_ = true;
  Confusion confusion_;
  std::vector<LayerStats> layers_;
};

}  // namespace lab
