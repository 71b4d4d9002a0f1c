#include <bit>
#include <cmath>
#include <limits>

#include "core/math/pair.h"
#include "core/math/real.h"

namespace lab::real {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// k·ln 2 + log(1 + f) for √½ ≤ 1 + f ≤ √2, by log(1 + f) = 2·atanh(s), s = f / (2 + f), and
// atanh(s) = s + s³·A(s²).
double log_sum(int k, Pair f) {
  // Minimax of degree 7; the error is below 2⁻⁶⁰ of s.
  static constexpr double kA[] = {0.3333333333333333,  0.2000000000000044,  0.14285714285401616,
                                  0.11111111195900235, 0.09090897815442377, 0.07693120102906739,
                                  0.06634379834280306, 0.06543383504974087};
  const Pair s = quotient(f, sum(f, 2));
  const double z = s.hi * s.hi;
  const double tail = 2 * (s.hi * z * polynomial(z, kA) + s.lo) + k * kLn2.lo;
  const Pair head = sum(k * kLn2.hi, 2 * s.hi);
  return head.hi + (head.lo + tail);
}

// The k for which x / 2^k is in [√½, √2); x is positive and normal.
int exponent_of(double x) {
  const uint64_t above = std::bit_cast<uint64_t>(x) - std::bit_cast<uint64_t>(0x1.6a09e667f3bcdp-1);
  return static_cast<int>(static_cast<int64_t>(above) >> 52);
}

}  // namespace

double log(double x) {
  if (x == 0) return -kInfinity;
  if (x < 0) return kNaN;
  if (!(x < kInfinity)) return x;  // or NaN
  const int up = x < std::numeric_limits<double>::min() ? 54 : 0;
  const double normal = scaled(x, up);
  const int k = exponent_of(normal);
  return log_sum(k - up, {scaled(normal, -k) - 1, 0});
}

double log1p(double x) {
  if (x <= -1) return x == -1 ? -kInfinity : kNaN;
  if (!(x < kInfinity) || std::fabs(x) < 0x1p-54) return x;  // or NaN
  if (x > -0.29 && x < 0.41) return log_sum(0, {x, 0});
  const Pair whole = sum(1, x);
  const int k = exponent_of(whole.hi);
  return log_sum(k, sum(scaled(whole.hi, -k) - 1, scaled(whole.lo, -k)));
}

}  // namespace lab::real
