#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/scenes/train/train_view.h"
#include "app/ui/ui.h"

namespace lab {

// One neuron under the lens: its function where its pre-activations lie, its weights, and how its
// layer bends the plane.
class LensView {
 public:
  LensView(TrainModel& model, TrainView& view) : model_(model), view_(view) {}

  // Returns the height used.
  float draw(Ui& ui, ImVec2 at, float width);

 private:
  void look(UnitIndex unit);
  float draw_function(Ui& ui, ImVec2 at, float width, UnitIndex unit);
  float draw_weights(Ui& ui, ImVec2 at, float width, UnitIndex unit);
  float draw_bending(Ui& ui, ImVec2 at, float width, UnitIndex unit);
  void draw_weight(Ui& ui, ImVec2 at, float width, const WeightIndex& index, std::string_view name);

  TrainModel& model_;
  TrainView& view_;
  unsigned seen_ = 0;  // the revision that what follows is of
  std::optional<UnitIndex> unit_;
  std::vector<double> z_;  // of the training samples
  double flat_ = 0;        // share of them with |f′| < 0.05
  bool dead_ = false;      // f′ = 0 on all of them
  float bend_ = 1;         // from z (0) to f(z) (1)
};

}  // namespace lab
