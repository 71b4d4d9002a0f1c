#include "core/simd/log_one_plus.h"

#include <bit>
#include <cstdint>
#include <limits>

namespace lab::simd {
namespace {

// 2·atanh(w) for |w| ≤ 0.172: ln((1+w)/(1−w)); the series' next term is below 2^-52 of the sum.
// Summed in pairs of pairs, so that few of the additions wait for each other.
double twice_atanh(double w) {
  const double z = w * w, z2 = z * z, z4 = z2 * z2;
  const double low = (1 + z * (1.0 / 3)) + z2 * (1.0 / 5 + z * (1.0 / 7));
  const double middle = (1.0 / 9 + z * (1.0 / 11)) + z2 * (1.0 / 13 + z * (1.0 / 15));
  const double high = 1.0 / 17 + z * (1.0 / 19);
  return 2 * w * (low + z4 * (middle + z4 * high));
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
