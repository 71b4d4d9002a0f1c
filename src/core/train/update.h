#pragma once

// One optimizer step on an array of parameters, generic over a number type V: a vector of floats
// (simd/vec_*.h), or Real<float> and Real<double> for the readable reference. The order of
// operations is PyTorch's (torch.optim, single-tensor implementations, default arguments).
// Include it inside a backend's target region.

#include "core/simd/math.h"
#include "core/train/update_args.h"

namespace lab::train {

using simd::magnitude;

// Moments this small are 0: there is no flush-to-zero in WebAssembly, and a denormal number costs a
// hundred times as much as another in every step that it takes part in.
inline constexpr float kSmallest = 1e-30f;
template <class V>
V cut(V x) {
  return select(magnitude(x) < V::set(kSmallest), V::set(0), x);
}
// Weights that decay are 0 sooner, so that their products with small gradients are normal numbers,
// too.
template <class V>
V cut_weight(V w) {
  return select(magnitude(w) < V::set(1e-20f), V::set(0), w);
}
// g², where it is a normal number. Smaller ones are lost beside any epsilon.
template <class V>
V square(V g) {
  return select(magnitude(g) < V::set(1e-18f), V::set(0), g * g);
}
template <class V>
V sign(V w) {
  return select(w > V::set(0), V::set(1), select(w < V::set(0), V::set(-1), V::set(0)));
}

// The parts of an update that are the same for all optimizers: decay (`mask` is 1 for weights and 0
// for biases, which are not regularized).
template <class V, class S>
V regularized(const UpdateRates<S>& rates, V g, V w, V mask) {
  if (rates.regularization == RegularizationKind::l2) return g + V::set(rates.decay) * (w * mask);
  if (rates.regularization == RegularizationKind::l1) {
    return g + V::set(rates.decay) * (sign(w) * mask);
  }
  return g;
}

// w, and the moments m and v of the kinds that have them, after a step with gradient g.
template <OptimizerKind Kind, class V, class S>
void update_one(const UpdateRates<S>& rates, V g, V& w, V& m, V& v) {
  const V rate = V::set(rates.rate);
  if constexpr (Kind == OptimizerKind::sgd) {
    w = w - rate * g;
  } else if constexpr (Kind == OptimizerKind::momentum) {
    m = cut(V::set(rates.momentum) * m + g);
    w = w - rate * m;
  } else if constexpr (Kind == OptimizerKind::nesterov) {
    m = cut(V::set(rates.momentum) * m + g);
    w = w - rate * (g + V::set(rates.momentum) * m);
  } else if constexpr (Kind == OptimizerKind::rmsprop) {
    v = cut(V::set(rates.beta2) * v + V::set(rates.one_minus_beta2) * square(g));
    w = w - rate * (g / (square_root(v) + V::set(rates.epsilon)));
  } else if constexpr (Kind == OptimizerKind::adagrad) {
    v = v + square(g);
    w = w - rate * (g / (square_root(v) + V::set(rates.epsilon)));
  } else {
    m = cut(m + V::set(rates.one_minus_beta1) * (g - m));
    v = cut(V::set(rates.beta2) * v + V::set(rates.one_minus_beta2) * square(g));
    const V spread = square_root(v) * V::set(rates.bias_correction) + V::set(rates.epsilon);
    w = w - V::set(rates.step_size) * (m / spread);
  }
}

// Decays: whether there is any regularization or weight decay.
template <OptimizerKind Kind, bool Decays, class V, class S>
void update_loop(const UpdateArgs<S>& arguments) {
  constexpr bool kAdam = Kind == OptimizerKind::adam || Kind == OptimizerKind::adamw;
  constexpr bool kFirst =
      kAdam || Kind == OptimizerKind::momentum || Kind == OptimizerKind::nesterov;
  constexpr bool kSecond =
      kAdam || Kind == OptimizerKind::rmsprop || Kind == OptimizerKind::adagrad;
  const UpdateArgs<S> args = arguments;
  const UpdateRates<S> rates = args.rates;
  for (size_t i = 0; i < args.count; i += V::lanes) {
    V w = V::load(args.w + i), g = V::load(args.g + i), m = w, v = w;
    if constexpr (Decays) {
      g = regularized(rates, g, w, V::load(args.weight_mask + i));
      if constexpr (Kind == OptimizerKind::adamw) {
        w = w * V::set(rates.shrink);
      } else {
        if (rates.weight_decay != 0) g = g + V::set(rates.weight_decay) * w;
      }
    }
    if constexpr (kFirst) m = V::load(args.m + i);
    if constexpr (kSecond) v = V::load(args.v + i);
    update_one<Kind>(rates, g, w, m, v);
    if constexpr (Decays) w = cut_weight(w);
    w.store(args.w + i);
    if constexpr (kFirst) m.store(args.m + i);
    if constexpr (kSecond) v.store(args.v + i);
  }
}

template <OptimizerKind Kind, class V, class S>
void update_all(const UpdateArgs<S>& args) {
  const UpdateRates<S>& rates = args.rates;
  if (rates.regularization == RegularizationKind::none && rates.weight_decay == 0) {
    return update_loop<Kind, false, V>(args);
  }
  update_loop<Kind, true, V>(args);
}

template <class V, class S>
void update(OptimizerKind kind, const UpdateArgs<S>& args) {
  switch (kind) {
    case OptimizerKind::sgd:
      return update_all<OptimizerKind::sgd, V>(args);
    case OptimizerKind::momentum:
      return update_all<OptimizerKind::momentum, V>(args);
    case OptimizerKind::nesterov:
      return update_all<OptimizerKind::nesterov, V>(args);
    case OptimizerKind::rmsprop:
      return update_all<OptimizerKind::rmsprop, V>(args);
    case OptimizerKind::adagrad:
      return update_all<OptimizerKind::adagrad, V>(args);
    case OptimizerKind::adam:
      return update_all<OptimizerKind::adam, V>(args);
    case OptimizerKind::adamw:
      return update_all<OptimizerKind::adamw, V>(args);
  }
}

}  // namespace lab::train
