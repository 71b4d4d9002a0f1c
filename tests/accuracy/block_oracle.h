#pragma once

#include <array>
#include <cstddef>
#include <optional>

namespace lab::accuracy {

// Judging 2^32 floats one by one by the C library would take hours. Neighbouring floats share their
// exponent, so over a block of them a smooth function is a polynomial of the index for all
// practical purposes: the oracle is asked at eight Chebyshev points, and then at the four places
// where that interpolation is worst. Where the two differ by more than a thousandth of a unit in
// the last place (kinks, zeros, oscillation) the block is halved, and in the end every point asked.
inline constexpr int kDegree = 7;
inline constexpr double kInterpolationError = 0x1p-10;  // units in the last place

struct BlockPolynomial {
  std::array<double, kDegree + 1> c;  // in u = −1 … 1 across the block

  double operator()(double u) const {
    double sum = c[kDegree];
    for (int i = kDegree - 1; i >= 0; --i) sum = sum * u + c[static_cast<size_t>(i)];
    return sum;
  }
};

// f over [first, last], or nothing where a polynomial won't do.
using Reference = double (*)(const void* context, double x);
std::optional<BlockPolynomial> interpolate(Reference f, const void* context, double first,
                                           double last);

// The largest |y[i] − p(u_i)| in units in the last place of p, for count points evenly spread over
// −1 … 1; infinite if any y is not finite.
double largest_ulp(const BlockPolynomial& p, const float* y, size_t count);

}  // namespace lab::accuracy
