#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/math/pair.h"
#include "core/math/real.h"

namespace lab::real {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kTiny = 0x1p-54;  // below it, x² is nothing beside x

double power_of_two(int k) {  // −1022 ≤ k ≤ 1023
  return std::bit_cast<double>(static_cast<uint64_t>(k + 1023) << 52);
}

// e^x − 1 for |x| < 700.
Pair expm1_pair(double x) {
  const Exponential e = exponential({x, 0});
  if (e.k == 0) return e.m;
  const double scale = power_of_two(e.k);
  const Pair one_and_m = sum(e.m, 1);
  return sum({one_and_m.hi * scale, one_and_m.lo * scale}, -1);
}

}  // namespace

double scaled(double x, int k) {
  if (k > 1023) return x * power_of_two(1023) * power_of_two(k - 1023);
  if (k < -1022) return x * power_of_two(k + 1000) * power_of_two(-1000);
  return x * power_of_two(k);
}

// With r = x − k·ln 2, |r| ≤ ln 2 / 2: e^r − 1 = r + r²/2 + r³·Q(r).
Exponential exponential(Pair x) {
  // Minimax of degree 9; the error of the sum is below 2⁻⁵⁸.
  static constexpr double kQ[] = {
      0.16666666666666669,    0.041666666666666664,   0.008333333333330062,   0.0013888888888886552,
      0.00019841269863053618, 2.4801587317144498e-05, 2.7557268459997064e-06, 2.755728296954995e-07,
      2.510038549551032e-08,  2.0911236630261545e-09};
  const double k = nearest(x.hi * std::numbers::log2e);
  const Pair r = sum(x.hi - k * kLn2.hi, x.lo - k * kLn2.lo);
  const Pair square = product(r.hi, r.hi);
  const Pair head = ordered_sum(r.hi, square.hi / 2);
  const double tail = r.hi * square.hi * polynomial(r.hi, kQ) + square.lo / 2;
  return {static_cast<int>(k), ordered_sum(head.hi, head.lo + (tail + (r.lo + r.hi * r.lo)))};
}

double exp(double x) {
  if (!(x < 710)) return x > 0 ? kInfinity : x;  // or NaN
  if (x < -746) return 0;
  const Exponential e = exponential({x, 0});
  return scaled(sum(e.m, 1).hi, e.k);
}

double expm1(double x) {
  if (!(x < 56)) return exp(x);
  if (x < -40) return -1;
  if (std::fabs(x) < kTiny) return x;
  return expm1_pair(x).hi;
}

// (e^2x − 1) / (e^2x + 1)
double tanh(double x) {
  const double a = std::fabs(x);
  if (a > 20) return std::copysign(1.0, x);
  if (!(a > 0x1p-28)) return x;  // or NaN
  const Pair e = expm1_pair(2 * a);
  return std::copysign(quotient(e, sum(e, 2)).hi, x);
}

}  // namespace lab::real
