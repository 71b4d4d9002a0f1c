#pragma once

#include <vector>

#include "app/plot/axes.h"

namespace lab {

// The exponent of a number on a logarithmic axis: log₁₀ of its size, at least `least`, which also
// stands for not-a-number, and at most −least.
double exponent_of(double value, double least);

// Ticks of a logarithmic axis over an interval of exponents: at whole decades written 10ⁿ, at least
// about `spacing` CSS px apart.
std::vector<Tick> decade_ticks(Span exponents, float length, float spacing);

}  // namespace lab
