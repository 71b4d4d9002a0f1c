#pragma once

#include <cstddef>

#include "core/train/choices.h"

namespace lab::train {

// The constants of one step, in the engine's number type S.
template <class S>
struct UpdateRates {
  S rate = 0;  // learning rate of this step
  S momentum = 0;
  S one_minus_beta1 = 0;
  S beta2 = 0, one_minus_beta2 = 0;
  S epsilon = 0;
  S step_size = 0;        // adam, adamw: rate/(1 − β₁ᵗ)
  S bias_correction = 0;  // adam, adamw: 1/√(1 − β₂ᵗ)
  S shrink = 1;           // adamw: 1 − rate·weight decay
  S weight_decay = 0;     // of the other kinds: added to the gradient, times w
  RegularizationKind regularization = RegularizationKind::none;
  S decay = 0;  // rate of the regularization
};

// Arrays of `count` parameters; a multiple of the vector's lanes for a vector type.
template <class S>
struct UpdateArgs {
  const UpdateRates<S>& rates;
  size_t count;
  S* w;
  const S* g;
  S* m;                  // first moment or momentum buffer
  S* v;                  // second moment
  const S* weight_mask;  // 1 for weights, 0 for biases
};

}  // namespace lab::train
