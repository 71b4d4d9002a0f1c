#pragma once

#include <vector>

#include "app/scenes/train/train_model.h"
#include "app/ui/ui.h"

namespace lab {

// Which classes are taken for which, and how the layers are doing.
class ResultsView {
 public:
  explicit ResultsView(TrainModel& model) : model_(model) {}

  // Returns the height used.
  float draw(Ui& ui, ImVec2 at, float width);

 private:
  void look();
  float draw_confusion(Ui& ui, ImVec2 at, float width);
  float draw_layers(Ui& ui, ImVec2 at, float width) const;

  TrainModel& model_;
  bool of_test_ = true;
  unsigned seen_ = 0;
  bool seen_test_ = true;
  Confusion confusion_;
  std::vector<LayerStats> layers_;
};

}  // namespace lab
