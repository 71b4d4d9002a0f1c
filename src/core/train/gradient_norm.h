#pragma once

#include <cmath>
#include <span>

namespace lab::train {

// The Euclidean norm over all parameters' gradients, summed in their order, as
// torch.nn.utils.clip_grad_norm_ uses it.
class GradientNorm {
 public:
  template <class S>
  void add(std::span<const S> gradients) {
    for (const S g : gradients) add(static_cast<double>(g));
  }
  void add(double g) { sum_ += g * g; }

  // What gradients are multiplied by so that the norm is at most `limit`.
  double clip_factor(double limit) const {
    const double factor = limit / (std::sqrt(sum_) + 1e-6);
    return factor < 1 ? factor : 1;
  }

 private:
  double sum_ = 0;
};

// β^(t+1) from β^t; 0 rather than a denormal number, which would slow every step from there on.
inline double next_power(double power, double beta) {
  const double next = power * beta;
  return next < 1e-200 ? 0 : next;
}

}  // namespace lab::train
