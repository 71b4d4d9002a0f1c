#pragma once

#include <cmath>
#include <limits>

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
  if (std::isnan(exact) || std::isnan(got))
    return std::isnan(exact) == std::isnan(got) ? 0 : kInfinity;
  constexpr double kOverflow = 0x1.ffffffp127;  // rounds to infinity from here on
  if (std::isinf(got)) return exact * (got > 0 ? 1 : -1) >= kOverflow ? 0 : kInfinity;
  if (std::fabs(exact) >= 0x1p128) return kInfinity;
  return std::fabs(got - exact) / float_spacing(exact);
}

// The bound on a derivative where it passes through zero (Activation::derivative_zeros).
inline constexpr double kNearZeroTolerance = 0x1p-22;

}  // namespace lab::accuracy
