#include "core/simd/log_one_plus.h"

#include <bit>
#include <cstdint>
#include <limits>

namespace lab::simd {
namespace {

// 2·atanh(w) for |w| ≤ 0.172: ln((1+w)/(1−w)); the series' next term is below 2^-52 of the sum.
double twice_atanh(double w) {
  const double z = w * w;
  double sum = 0;
  for (int k = 19; k >= 1; k -= 2) sum = sum * z + 1.0 / k;
  return 2 * w * sum;
}

}  // namespace

double log_one_plus(double s) {
  if (!(s <= std::numeric_limits<double>::max())) return s;
  if (s < 0.25) return twice_atanh(s / (2 + s));
  // 1 + s = 2^e·m with √½ ≤ m < √2.
  const uint64_t pattern =
      std::bit_cast<uint64_t>(1 + s) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
  const int exponent = static_cast<int>(pattern >> 52) - 1023;
  const double m = std::bit_cast<double>((pattern & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd);
  return exponent * 0.69314718055994530942 + twice_atanh((m - 1) / (m + 1));
}

}  // namespace lab::simd
