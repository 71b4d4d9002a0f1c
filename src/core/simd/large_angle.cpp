#include "core/simd/large_angle.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace lab::simd {
namespace {

// 2/π in binary, 384 bits after the point, the most significant word first.
constexpr uint32_t kTwoOverPi[12] = {0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0,
                                     0xdb629599, 0x3c439041, 0xfe5163ab, 0xdebbc561,
                                     0xb7246e3a, 0x424dd2e0, 0x06492eea, 0x09d1921c};

// 32 bits of 2/π from bit `position` after the point on; positions before the point are zero.
uint32_t two_over_pi_bits(int position) {
  uint32_t word = 0;
  for (int i = 0; i < 32; ++i) {
    const int bit = position + i;
    const bool set = bit >= 0 && bit < 384 && ((kTwoOverPi[bit / 32] >> (31 - bit % 32)) & 1u);
    word = (word << 1) | (set ? 1u : 0u);
  }
  return word;
}

// y·2/π mod 4 as a fixed-point number with 2 bits before and 94 bits after the point.
// y = mantissa·2^exponent with a mantissa of 53 bits; what is a multiple of 4 is never computed
// (Payne and Hanek 1983).
struct Fixed96 {
  uint32_t word[3];  // most significant first
};
Fixed96 times_two_over_pi(uint64_t mantissa, int exponent) {
  // The product's bit of weight 2^1 comes from bits of 2/π of weight 2^(1 − exponent) and below.
  const int first = exponent - 2;  // position of the first bit of 2/π that matters
  const uint32_t m[2] = {static_cast<uint32_t>(mantissa >> 32), static_cast<uint32_t>(mantissa)};
  uint32_t product[7] = {};  // mantissa (2 words) · 5 words of 2/π, most significant first
  for (int i = 4; i >= 0; --i) {
    const uint64_t p = two_over_pi_bits(first + 32 * i);
    uint64_t carry = 0;
    for (int j = 1; j >= 0; --j) {
      uint32_t& slot = product[i + j + 1];
      const uint64_t sum = p * m[j] + slot + carry;
      slot = static_cast<uint32_t>(sum);
      carry = sum >> 32;
    }
    for (int k = i; k >= 0 && carry; --k) {
      const uint64_t sum = product[k] + carry;
      product[k] = static_cast<uint32_t>(sum);
      carry = sum >> 32;
    }
  }
  return {{product[2], product[3], product[4]}};
}

}  // namespace

void reduce_large_angle(float x, float rate, float limit, float* r, float* quarter) {
  const double y = static_cast<double>(x) * static_cast<double>(rate);
  if (!(std::fabs(y) > static_cast<double>(limit))) return;
  *r = 0;
  *quarter = 0;
  if (std::fabs(y) > std::numeric_limits<double>::max()) return;
  const uint64_t pattern = std::bit_cast<uint64_t>(y);
  const uint64_t mantissa = (pattern & 0xfffffffffffffull) | 0x10000000000000ull;
  const int exponent = static_cast<int>((pattern >> 52) & 0x7ff) - 1075;
  Fixed96 turns = times_two_over_pi(mantissa, exponent);

  // Round to the nearest quarter: the rest is a signed fraction in [−1/2, 1/2).
  uint32_t q = turns.word[0] >> 30;
  uint64_t fraction = (static_cast<uint64_t>(turns.word[0]) << 34) |
                      (static_cast<uint64_t>(turns.word[1]) << 2) | (turns.word[2] >> 30);
  const bool up = fraction >> 63;
  if (up) {
    q += 1;
    fraction = ~fraction + 1;
  }
  // Two words keep 64 bits; leading zeros cost at most about 30 for any float times a float.
  const double size = static_cast<double>(fraction) * 0x1p-64 * 0x1.921fb54442d18p+0;
  const bool negative = (y < 0) != up;
  *r = static_cast<float>(negative ? -size : size);
  *quarter = std::bit_cast<float>(y < 0 ? (0u - q) & 3u : q & 3u);
}

}  // namespace lab::simd
