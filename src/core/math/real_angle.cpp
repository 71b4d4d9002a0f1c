#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/math/pair.h"
#include "core/math/real.h"

namespace lab::real {
namespace {

// An angle as quarter·π/2 + rest with |rest| ≤ π/4 (a hair more after rounding).
struct Angle {
  unsigned quarter;  // modulo 4
  Pair rest;
};

// For |x| ≤ 2²⁰: x − q·π/2 with π/2 in three parts of 33 bits, whose multiples are exact, and a
// fourth (W. J. Cody and W. Waite, "Software manual for the elementary functions", 1980).
Angle reduce(double x) {
  const double q = nearest(x / kHalfPi.hi);
  const Pair first = sum(x - q * 0x1.921fb54400000p+0, -q * 0x1.0b4611a600000p-34);
  const Pair second = sum(first, -q * 0x1.3198a2e000000p-69);
  return {static_cast<unsigned>(static_cast<int>(q)) & 3u,
          sum(second, -q * 0x1.b839a252049c1p-104)};
}

// 32 bits of 2/π from bit `position` after the point on; positions before the point are zero.
uint32_t two_over_pi_bits(int position) {
  static constexpr uint32_t kWords[] = {
      0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab,
      0xdebbc561, 0xb7246e3a, 0x424dd2e0, 0x06492eea, 0x09d1921c, 0xfe1deb1c, 0xb129a73e,
      0xe88235f5, 0x2ebb4484, 0xe99c7026, 0xb45f7e41, 0x3991d639, 0x835339f4, 0x9c845f8b,
      0xbdf9283b, 0x1ff897ff, 0xde05980f, 0xef2f118b, 0x5a0a6d1f, 0x6d367ecf, 0x27cb09b7,
      0x4f463f66, 0x9e5fea2d, 0x7527bac7, 0xebe5f17b, 0x3d0739f7, 0x8a5292ea, 0x6bfb5fb1,
      0x1f8d5d08, 0x56033046, 0xfc7b6bab};
  const int word = position >> 5, shift = position & 31;
  const uint64_t first = word < 0 ? 0 : kWords[word];
  const uint64_t second = word < -1 ? 0 : kWords[word + 1];
  return static_cast<uint32_t>((first << 32 | second) >> (32 - shift));
}

// For finite x ≥ 2²⁰: x·2/π modulo 4 in fixed point; of the product of x's mantissa and 2/π, what
// is a multiple of 4 is never computed (M. H. Payne and R. N. Hanek, "Radian reduction for
// trigonometric functions", 1983).
Angle reduce_large(double x) {
  const uint64_t pattern = std::bit_cast<uint64_t>(x);
  const uint64_t mantissa = (pattern & 0xfffffffffffffull) | 0x10000000000000ull;
  const int exponent = static_cast<int>(pattern >> 52) - 1075;  // x = mantissa · 2^exponent
  const uint32_t m[2] = {static_cast<uint32_t>(mantissa >> 32), static_cast<uint32_t>(mantissa)};
  // The bits of 2/π that matter begin at the one that brings x to the weight of 2.
  constexpr int kWords = 7;
  uint32_t p[kWords + 2] = {};  // the product, most significant word first
  for (int i = kWords - 1; i >= 0; --i) {
    const uint64_t bits = two_over_pi_bits(exponent - 2 + 32 * i);
    uint64_t carry = 0;
    for (int j = 1; j >= 0; --j) {
      carry += bits * m[j] + p[i + j + 1];
      p[i + j + 1] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    p[i] = static_cast<uint32_t>(carry);
  }
  // Words 0 and 1 hold multiples of 4, word 2 two bits before the point, the last two are cut off
  // by the words of 2/π that were left out. Rounding to the nearest quarter subtracts 1.
  const uint32_t fraction = p[2] << 2;
  const bool up = fraction >> 31;
  Pair turns = sum(up ? -1.0 : 0.0, fraction * 0x1p-32);
  double weight = 0x1p-62;
  for (int i = 3; i < kWords; ++i, weight *= 0x1p-32) turns = sum(turns, p[i] * weight);
  return {(p[2] >> 30) + (up ? 1u : 0u), product(turns, kHalfPi)};
}

Angle angle_of(double magnitude) {
  return magnitude < 0x1p20 ? reduce(magnitude) : reduce_large(magnitude);
}

// r + r³·S(r²); minimax of degree 6, error below 2⁻⁵⁷ of r.
double sin_of_rest(Pair r) {
  static constexpr double kS[] = {-0.16666666666666666,    0.008333333333333331,
                                  -0.00019841269841265063, 2.7557319219337312e-06,
                                  -2.5052106231802837e-08, 1.6058531516797758e-10,
                                  -7.586691094197958e-13};
  const double z = r.hi * r.hi;
  return r.hi + (r.lo + (r.hi * z * polynomial(z, kS) - r.lo * z / 2));
}

// 1 − r²/2 + r⁴·C(r²); minimax of degree 6, error below 2⁻⁶⁰.
double cos_of_rest(Pair r) {
  static constexpr double kC[] = {0.041666666666666664,   -0.0013888888888888887,
                                  2.4801587301584645e-05, -2.755731922140179e-07,
                                  2.0876755790721963e-09, -1.1470460830795304e-11,
                                  4.7458685530816656e-14};
  const Pair square = product(r.hi, r.hi);
  const Pair head = ordered_sum(1, -square.hi / 2);
  const double z = square.hi;
  return head.hi + (head.lo + (z * z * polynomial(z, kC) - (square.lo / 2 + r.hi * r.lo)));
}

}  // namespace

double sin(double x) {
  const double a = std::fabs(x);
  if (!(a > 0x1p-27)) return x;  // or NaN
  if (std::isinf(a)) return std::numeric_limits<double>::quiet_NaN();
  const Angle angle = angle_of(a);
  const double s = angle.quarter & 1u ? cos_of_rest(angle.rest) : sin_of_rest(angle.rest);
  return (x < 0) != ((angle.quarter & 2u) != 0) ? -s : s;
}

double cos(double x) {
  const double a = std::fabs(x);
  if (std::isnan(a)) return x;
  if (std::isinf(a)) return std::numeric_limits<double>::quiet_NaN();
  const Angle angle = angle_of(a);
  const double c = angle.quarter & 1u ? sin_of_rest(angle.rest) : cos_of_rest(angle.rest);
  return ((angle.quarter + 1) & 2u) != 0 ? -c : c;
}

// atan(a) = base + atan(t): t is a, (a − 1)/(a + 1) or −1/a, so that |t| ≤ tan(π/8);
// atan(t) = t + t³·A(t²), minimax of degree 11, error below 2⁻⁵⁸ of t.
double atan(double x) {
  static constexpr double kA[] = {
      -0.3333333333333333,   0.19999999999999804,  -0.14285714285659812,  0.11111111105153937,
      -0.09090908753425743,  0.07692296372859808,  -0.06666424846721739,  0.05878928549229719,
      -0.052304509666811966, 0.045515781496647055, -0.034570174391823104, 0.01628532732275549};
  const double a = std::fabs(x);
  if (!(a > 0x1p-27)) return x;  // or NaN
  if (a > 0x1p60) return std::copysign(kHalfPi.hi, x);
  Pair t = {a, 0}, base = {0, 0};
  if (a > 2.414) {
    t = quotient({-1, 0}, t);
    base = kHalfPi;
  } else if (a > 0.4142) {
    t = quotient(sum(a, -1), sum(a, 1));
    base = {kHalfPi.hi / 2, kHalfPi.lo / 2};
  }
  const double z = t.hi * t.hi;
  const Pair head = sum(base.hi, t.hi);
  const double y = head.hi + (head.lo + (t.hi * z * polynomial(z, kA) + (base.lo + t.lo)));
  return std::copysign(y, x);
}

}  // namespace lab::real
