#pragma once

#include <string_view>
#include <vector>

#include "core/train/plan.h"

namespace lab {

// What mean-field theory expects of a network with random weights (Glorot and Bengio, 2010; He et
// al., 2015; Schoenholz et al., 2017), layer by layer: pre-activations are taken as normal with
// mean 0, so that variances alone go from layer to layer.
struct LayerTheory {
  double z_rms = 0;     // √q
  double gradient = 0;  // rms(∂L/∂z) as a share of the output layer's
};

// Variance of one weight of a scheme, and of a bias.
struct InitVariance {
  double weight = 0, bias = 0;
};
InitVariance init_variance(std::string_view scheme, int fan_in, int fan_out, double gain);

// `input_square`: the mean of the squares of the network's inputs.
std::vector<LayerTheory> variance_theory(const train::Plan& plan, std::string_view scheme,
                                         double gain, double input_square);

}  // namespace lab
