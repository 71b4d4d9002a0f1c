#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "app/plot/curve.h"
#include "app/scenes/train/bending.h"
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
  // The plot of the unit's function, and how its layer bends the plane; nowhere without a unit.
  ImRect function_picture() const;
  ImRect bending_picture() const;
  void paint_function(const Ui& ui, Canvas& canvas) const;
  void paint_bending(const Ui& ui, Canvas& canvas) const;

 private:
  void look(UnitIndex unit);
  bool lay_out_function(ImVec2 at, float width);
  void paint_histogram(const Ui& ui, Canvas& canvas) const;
  // Where the grid of the plane lies at the present share of the way from z to f(z).
  std::vector<std::pair<double, double>> bent() const;
  float draw_function(Ui& ui, ImVec2 at, float width, UnitIndex unit);
  float draw_weights(Ui& ui, ImVec2 at, float width, UnitIndex unit);
  float draw_bending(Ui& ui, ImVec2 at, float width, UnitIndex unit);
  float draw_weight(Ui& ui, ImVec2 at, float width, const WeightIndex& index,
                    std::string_view name);

  TrainModel& model_;
  TrainView& view_;
  unsigned seen_ = 0;  // the revision that what follows is of
  std::optional<UnitIndex> unit_;
  std::vector<double> z_;       // of the training samples
  double flat_ = 0;             // share of them with |f′| < 0.05
  bool dead_ = false;           // f′ = 0 on all of them
  Axes function_;               // the plot of f and f′
  Bending bending_;             // of the grid of the plane
  ImRect plane_;                // where it is drawn
  size_t across_ = 0, up_ = 1;  // the units that see it so
  float bend_ = 1;              // from z (0) to f(z) (1)
};

}  // namespace lab
