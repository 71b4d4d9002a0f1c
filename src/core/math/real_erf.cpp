#include <cmath>

#include "core/math/pair.h"
#include "core/math/real.h"

namespace lab::real {
namespace {

constexpr double kNear = 0.5;  // where the series in x hands over to the tail

// erf(x) for |x| ≤ 0.5: 2/√π·x + x³·E(x²), minimax of degree 8, error below 2⁻⁵⁷ of x.
Pair erf_near(double x) {
  static constexpr Pair kSlope = {1.1283791670955126, 1.533545961316588e-17};  // 2/√π
  static constexpr double kE[] = {
      -0.37612638903183754,    0.112837916709551,      -0.02686617064510409,
      0.005223977624325344,    -0.0008548326793233783, 0.0001205530629440674,
      -1.4923829613452872e-05, 1.6389446360450111e-06, -1.4787385599052157e-07};
  const Pair head = product(x, kSlope.hi);
  const double z = x * x;
  return ordered_sum(head.hi, head.lo + (x * z * polynomial(z, kE) + x * kSlope.lo));
}

// erfc(x) = 2^k · value for 0.5 ≤ x ≤ 27.3, as e^−x²·F(q)/(1 + 2x) with q = (x − 3)/(x + 3):
// F is nearly constant (M. M. Shepherd and J. G. Laframboise, "Chebyshev approximation of
// (1+2x)exp(x²)erfc x", 1981). Minimax of degree 21, error below 2⁻⁵⁶.
struct Tail {
  int k;
  Pair value;
};
Tail erfc_tail(double x) {
  static constexpr Pair kF0 = {1.2530080582697296, 4.3754856477737496e-17};
  static constexpr double kF[] = {
      -0.13562110612458134,    -0.04756229435345047,   0.12964515870278256,
      -0.11927366341533124,    0.06830802734310616,    -0.02377051491786196,
      0.0025293918320448477,   0.0018886903443845538,  -0.0007798324336425877,
      -0.00010515963609280746, 0.00012510033565038369, 4.948382232961931e-06,
      -2.0104312171114753e-05, -7.268660538086061e-07, 3.4813408032432953e-06,
      3.4450616209463116e-07,  -6.29393457896962e-07,  -1.2140240349691923e-07,
      1.1133566989316784e-07,  2.2812055732459082e-08, -1.525003185997634e-08};
  const double q = quotient(sum(x, -3), sum(x, 3)).hi;  // rounded once
  const Pair f = ordered_sum(kF0.hi, q * polynomial(q, kF) + kF0.lo);
  const Pair square = product(x, x);
  const Exponential e = exponential({-square.hi, -square.lo});
  return {e.k, quotient(product(sum(e.m, 1), f), sum(1, 2 * x))};
}

Pair from(double start, Tail tail) {  // start − 2^k · value
  return sum({-scaled(tail.value.hi, tail.k), -scaled(tail.value.lo, tail.k)}, start);
}

}  // namespace

double erf(double x) {
  const double a = std::fabs(x);
  if (a < 0x1p-28)
    return x + x * 0.12837916709551256;  // 2/√π − 1, so that a subnormal x rounds once
  if (a <= kNear) return erf_near(x).hi;
  if (a > 6) return std::copysign(1.0, x);
  return std::isnan(x) ? x : std::copysign(from(1, erfc_tail(a)).hi, x);
}

double erfc(double x) {
  if (std::isnan(x)) return x;
  if (std::fabs(x) <= kNear) {
    const Pair e = erf_near(x);
    return sum({-e.hi, -e.lo}, 1).hi;
  }
  if (x < 0) return x < -6 ? 2 : from(2, erfc_tail(-x)).hi;
  if (x > 27.3) return 0;
  const Tail tail = erfc_tail(x);
  return scaled(tail.value.hi, tail.k);
}

}  // namespace lab::real
