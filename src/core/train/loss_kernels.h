#pragma once

// Gradients of the losses with respect to a network's outputs, generic over the vector type V.
// Include it inside a backend's target region.

#include "core/activation/kernels_exponential.h"
#include "core/train/step_table.h"

namespace lab::train {

// ∂loss/∂out of one number, for the losses that are sums over outputs; mse without its factor 2.
template <Loss Kind, class V>
V loss_slope(V out, V target) {
  if constexpr (Kind == Loss::bce) {
    return kernels::Sigmoid<V>(nullptr).value(out) - target;
  } else if constexpr (Kind == Loss::hinge) {  // of max(0, 1 − out·target)
    return select(out * target < V::set(1), V::set(0) - target, V::set(0));
  } else if constexpr (Kind == Loss::huber) {  // with δ = 1
    return simd::clamp(out - target, -1, 1);
  } else {
    return out - target;
  }
}

template <Loss Kind, class V>
void loss_gradient_of(const LossArgs& args) {
  const LossArgs a = args;
  const V factor = V::set(a.factor);
  for (size_t o = 0; o < a.outputs; ++o) {
    for (size_t s = 0; s < a.samples; s += V::lanes) {
      const V slope = loss_slope<Kind>(V::load(a.out + o * a.row + s),
                                       V::load(a.target + o * a.target_row + s));
      (slope * factor).store(a.delta + o * a.row + s);
    }
  }
}

// softmax(out) − target, over the outputs of each sample.
template <class V>
void cross_entropy_gradient(const LossArgs& a) {
  const kernels::Exponential<V> exponential(nullptr);
  for (size_t s = 0; s < a.samples; s += V::lanes) {
    V top = V::load(a.out + s);
    for (size_t o = 1; o < a.outputs; ++o) top = at_least(V::load(a.out + o * a.row + s), top);
    V sum = V::set(0);
    for (size_t o = 0; o < a.outputs; ++o) {
      const V e = exponential.value(V::load(a.out + o * a.row + s) - top);
      e.store(a.delta + o * a.row + s);
      sum = sum + e;
    }
    for (size_t o = 0; o < a.outputs; ++o) {
      float* delta = a.delta + o * a.row + s;
      const V target = V::load(a.target + o * a.target_row + s);
      ((V::load(delta) / sum - target) * V::set(a.factor)).store(delta);
    }
  }
}

template <class V>
void loss_gradient(Loss loss, const LossArgs& args) {
  switch (loss) {
    case Loss::mse:
      return loss_gradient_of<Loss::mse, V>(args);
    case Loss::bce:
      return loss_gradient_of<Loss::bce, V>(args);
    case Loss::hinge:
      return loss_gradient_of<Loss::hinge, V>(args);
    case Loss::huber:
      return loss_gradient_of<Loss::huber, V>(args);
    case Loss::cross_entropy:
      return cross_entropy_gradient<V>(args);
  }
}

}  // namespace lab::train
