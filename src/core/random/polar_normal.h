#pragma once

#include <cmath>

#include "core/math/real.h"

namespace lab {

// A normal variate by G. Marsaglia's polar method from draws of `uniform`, which is in [0, 1); the
// second variate of the pair is dropped.
template <class Random>
double polar_normal(Random& random) {
  double v = 0, s = 0;
  do {
    v = 2 * random.uniform() - 1;
    const double w = 2 * random.uniform() - 1;
    s = v * v + w * w;
  } while (s > 1 || s == 0);
  return v * std::sqrt(-2 * real::log(s) / s);
}

}  // namespace lab
