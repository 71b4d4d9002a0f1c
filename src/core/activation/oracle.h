#pragma once

#include "core/activation/activation.h"

// The readable definition of every activation in double precision: for each registry id a function
// of that name and one for its derivative. Written so that double's own rounding stays below a
// millionth of a float's: no cancellation, no overflow, limits at ±∞. The vector kernels are judged
// by these, and these by PyTorch's numbers. Their elementary functions are those of math/real.h, so
// that training in double precision gives the same bits on every machine.

namespace lab::oracle {

#define LAB_ORACLE(id, body)                      \
  double id(const ActivationParams& p, double x); \
  double id##_derivative(const ActivationParams& p, double x);
LAB_ACTIVATION_KERNELS(LAB_ORACLE)
#undef LAB_ORACLE

}  // namespace lab::oracle
