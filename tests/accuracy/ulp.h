#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/activation/activation.h"

namespace lab::accuracy {

// The spacing of floats at a real number: its unit in the last place, 2^-149 among denormals.
inline double float_spacing(double exact) {
  const double size = std::fabs(exact);
  if (!(size >= 0x1p-126)) return 0x1p-149;
  return std::ldexp(1.0, std::ilogb(size) - 23);
}

// |computed − exact| in units in the last place of the exact result. NaN against NaN and an
// overflow that the format asks for count as 0, one without the other as infinite.
inline double ulp_error(float computed, double exact) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const double got = static_cast<double>(computed);
  if (std::isnan(exact) || std::isnan(got)) {
    return std::isnan(exact) == std::isnan(got) ? 0 : kInfinity;
  }
  constexpr double kOverflow = 0x1.fffffep127;  // results beyond it may round to infinity
  if (std::isinf(got)) return exact * (got > 0 ? 1 : -1) > kOverflow ? 0 : kInfinity;
  if (std::fabs(exact) >= 0x1p128) return kInfinity;
  return std::fabs(got - exact) / float_spacing(exact);
}

// The bound on a derivative's error where the derivative passes through zero.
inline constexpr double kNearZeroTolerance = 0x1p-22;

// Whether x lies so near a zero of f' that the error of f'(x) = exact is judged absolutely: within
// half a unit of it. Where zeros repeat for ever, x itself no longer tells; f' does (the snake).
inline bool near_derivative_zero(const Activation& row, double x, double exact) {
  if (row.derivative_zero_period > 0) return std::fabs(exact) < 0.45;
  for (const double zero : row.derivative_zeros) {
    if (std::fabs(x - zero) <= 0.5) return true;
  }
  return false;
}

// The largest errors seen so far and where.
struct Worst {
  double ulp = 0;  // outside the neighbourhoods of zeros of f'
  float at = 0;
  double absolute = 0;  // inside them
  float absolute_at = 0;

  void add_ulp(double error, float x) {
    if (!(error > ulp)) return;
    ulp = error;
    at = x;
  }
  void add_absolute(double error, float x) {
    if (!(error > absolute)) return;
    absolute = error;
    absolute_at = x;
  }
  void add(const Worst& other) {
    add_ulp(other.ulp, other.at);
    add_absolute(other.absolute, other.absolute_at);
  }
};

inline void judge_value(float x, float y, double exact, Worst& worst) {
  worst.add_ulp(ulp_error(y, exact), x);
}
inline void judge_derivative(const Activation& row, float x, float d, double exact, Worst& worst) {
  const double error = ulp_error(d, exact);  // infinite for NaN, which no tolerance covers
  if (std::isfinite(error) && near_derivative_zero(row, static_cast<double>(x), exact)) {
    worst.add_absolute(std::fabs(static_cast<double>(d) - exact), x);
  } else {
    worst.add_ulp(error, x);
  }
}

}  // namespace lab::accuracy
