#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "core/train/trainer.h"

namespace lab {

// A square grid of the plane as two units of a layer see it, row by row from the bottom: their
// pre-activations and their activations.
struct Bending {
  static constexpr size_t points = 33;  // along a side
  std::vector<std::pair<double, double>> z, a;
};

Bending bend(Trainer& trainer, double extent, size_t layer, size_t first, size_t second);

}  // namespace lab
