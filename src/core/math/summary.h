#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lab {

struct Interval {
  double low = 0, high = 0;
};

// Where a probability lies of which `hits` of `trials` tell: Wilson's interval at 95 %.
Interval wilson(size_t hits, size_t trials);

// A quantile of sorted numbers, linear between neighbours (as NumPy and R's type 7 have it).
double quantile(std::span<const double> sorted, double share);

}  // namespace lab
