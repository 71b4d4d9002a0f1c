#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

// Numbers of about 106 bits as the unevaluated sum of two doubles (T. J. Dekker, "A floating-point
// technique for extending the available precision", 1971), and other small parts that the functions
// of real.h share.

namespace lab::real {

struct Pair {
  double hi;  // the sum, rounded
  double lo;  // what is missing
};

// a + b exactly; |a| ≥ |b| or a = 0.
inline Pair ordered_sum(double a, double b) {
  const double s = a + b;
  return {s, b - (s - a)};
}
// a + b exactly.
inline Pair sum(double a, double b) {
  const double s = a + b, part = s - a;
  return {s, (a - (s - part)) + (b - part)};
}
inline Pair sum(Pair a, double b) {
  const Pair s = sum(a.hi, b);
  return ordered_sum(s.hi, s.lo + a.lo);
}
// a · b exactly, unless a part of it leaves the range of double.
inline Pair product(double a, double b) {
  constexpr double kSplit = 0x1p27 + 1;
  const double as = kSplit * a, a1 = as - (as - a), a2 = a - a1;
  const double bs = kSplit * b, b1 = bs - (bs - b), b2 = b - b1;
  const double p = a * b;
  return {p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2};
}
inline Pair product(Pair a, Pair b) {
  const Pair p = product(a.hi, b.hi);
  return ordered_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}
inline Pair quotient(Pair a, Pair b) {
  const double q = a.hi / b.hi;
  const Pair p = product(q, b.hi);
  const double rest = ((a.hi - p.hi) - p.lo + a.lo) - q * b.lo;
  return ordered_sum(q, rest / b.hi);
}

// c[0] + c[1]·x + c[2]·x² + …
template <size_t N>
double polynomial(double x, const double (&c)[N]) {
  double y = c[N - 1];
  for (size_t i = N - 1; i-- > 0;) y = y * x + c[i];
  return y;
}

// The whole number next to x, for |x| < 2⁵¹: adding 1.5·2⁵² leaves no bits for a fraction.
inline double nearest(double x) {
  return (x + 0x1.8p52) - 0x1.8p52;
}

inline constexpr Pair kLn2 = {0x1.62e42fefa3000p-1, 0x1.3de6af278ece6p-42};  // .hi·k is exact
inline constexpr Pair kHalfPi = {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};

// x · 2^k, rounded once; −2000 < k < 2000.
double scaled(double x, int k);

// e^x = 2^k · (1 + m).
struct Exponential {
  int k;
  Pair m;
};
Exponential exponential(Pair x);  // |x| < 1000

}  // namespace lab::real
