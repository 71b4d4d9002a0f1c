#pragma once

#include <span>

#include "core/train/choices.h"

namespace lab::train {

// The loss of one sample (PyTorch's, reduction over its outputs: the mean for mse, bce, hinge and
// huber, δ = 1). `out` are logits for bce and cross_entropy, whose target is one-hot.
double loss_value(Loss loss, std::span<const double> out, std::span<const double> target);

// ∂/∂out of the sum of a sample's losses over its outputs, mse without its factor 2: what
// loss_factor() completes.
void loss_slopes(Loss loss, std::span<const double> out, std::span<const double> target,
                 std::span<double> slopes);

// What loss slopes are multiplied by to become the gradient of the mean over a batch.
double loss_factor(Loss loss, size_t outputs, size_t samples, bool playground);

}  // namespace lab::train
