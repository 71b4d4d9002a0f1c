#pragma once

#include <cstddef>
#include <vector>

#include "core/train/engine.h"

namespace lab {

// How often values fall into equal intervals from `min` to `max`. Values that are not finite are
// left out.
struct Histogram {
  static constexpr size_t kBins = 32;
  double min = 0, max = 0;
  std::vector<size_t> counts;
};

// Of all units and samples of a layer.
struct Distribution {
  double mean = 0, deviation = 0;
  Histogram histogram;
};

struct LayerStats {
  Distribution pre_activation, activation;
  double gradient_rms = 0;  // of ∂L/∂z
  // How the layer behind it passes its gradient on: gradient_rms is that layer's times both; 1 for
  // the output layer.
  double weight_factor = 1;  // rms(∂L/∂a)/rms of the next layer's ∂L/∂z
  double slope_factor = 1;   // rms(∂L/∂z)/rms(∂L/∂a): f'
  // Units with f'(z) = 0 on every sample, which learn nothing more from them.
  std::vector<size_t> dead_units;
  double dead = 0;       // their share
  double saturated = 0;  // share of all units and samples with |f'(z)| < 0.05
};

std::vector<LayerStats> layer_stats(const std::vector<train::LayerTrace>& traces, size_t samples);

}  // namespace lab
