#pragma once

#include <vector>

#include "app/plot/canvas.h"
#include "app/scenes/train/train_model.h"
#include "app/ui/ui.h"

namespace lab {

// Which classes are taken for which, and how the layers are doing.
class ResultsView {
 public:
  explicit ResultsView(TrainModel& model) : model_(model) {}

  // Returns the height used.
  float draw(Ui& ui, ImVec2 at, float width);
  // The confusion matrix with its title; nothing where there are no classes.
  ImRect picture() const;
  void paint_figure(const Ui& ui, Canvas& canvas) const;

 private:
  void look();
  ImRect cell(size_t row, size_t column) const;
  void paint(const Ui& ui, Canvas& canvas) const;
  float draw_confusion(Ui& ui, ImVec2 at, float width);
  float draw_layers(Ui& ui, ImVec2 at, float width) const;

  TrainModel& model_;
  bool of_test_ = true;
  unsigned seen_ = 0;
  bool seen_test_ = true;
  Confusion confusion_;
  std::vector<LayerStats> layers_;
  ImRect matrix_;  // with the row and the column of markers
};

}  // namespace lab
