#pragma once

#include <limits>

#include "core/train/trainer.h"

namespace lab {

// What tells how good a network is: its accuracy and loss on the test samples, or, where there are
// none, on those of training.
inline double shown_loss(const Metrics& m) {
  return m.tested ? m.test_loss : m.train_loss;
}
// NaN also where training has diverged: numbers that are none are right about nothing.
inline double shown_accuracy(const Metrics& m) {
  if (!m.finite) return std::numeric_limits<double>::quiet_NaN();
  return m.tested ? m.test_accuracy : m.train_accuracy;
}

}  // namespace lab
