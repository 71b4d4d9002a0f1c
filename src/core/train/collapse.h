#pragma once

#include <vector>

#include "core/train/trainer.h"

namespace lab {

// A stack of linear layers is one linear layer: its matrix W = Wₙ⋯W₂W₁ and bias
// b = bₙ + Wₙ(bₙ₋₁ + …). Of a network with activations, what would remain without them.
struct LinearCollapse {
  std::vector<double> weights;  // outputs × inputs, row-major
  std::vector<double> bias;     // outputs
  // The largest difference between the logits of that layer and of the network, over a grid of
  // points of the plane.
  double largest_difference = 0;
};

// `extent`: the grid has points × points points from −extent to extent, whose features are the
// inputs.
LinearCollapse collapse(Trainer& trainer, double extent, int points = 33);

}  // namespace lab
