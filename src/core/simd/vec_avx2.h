#pragma once

// Eight lanes. Include between avx2_begin.h and target_end.h.

#include <cstdint>

namespace lab::simd::avx2 {

struct Mask {
  __m256 m;
};
inline Mask operator&(Mask a, Mask b) {
  return {_mm256_and_ps(a.m, b.m)};
}
inline Mask operator|(Mask a, Mask b) {
  return {_mm256_or_ps(a.m, b.m)};
}
inline bool any(Mask a) {
  return _mm256_movemask_ps(a.m) != 0;
}

struct I32 {
  __m256i v;
  static I32 set(uint32_t x) { return {_mm256_set1_epi32(static_cast<int>(x))}; }
};
inline I32 operator+(I32 a, I32 b) {
  return {_mm256_add_epi32(a.v, b.v)};
}
inline I32 operator-(I32 a, I32 b) {
  return {_mm256_sub_epi32(a.v, b.v)};
}
inline I32 operator&(I32 a, I32 b) {
  return {_mm256_and_si256(a.v, b.v)};
}
inline I32 operator|(I32 a, I32 b) {
  return {_mm256_or_si256(a.v, b.v)};
}
inline I32 operator^(I32 a, I32 b) {
  return {_mm256_xor_si256(a.v, b.v)};
}
template <int K>
I32 shift_left(I32 a) {
  return {_mm256_slli_epi32(a.v, K)};
}
template <int K>
I32 shift_right(I32 a) {
  return {_mm256_srai_epi32(a.v, K)};
}

struct F32 {
  using Int = I32;
  using Bool = Mask;
  static constexpr int lanes = 8;
  __m256 v;
  static F32 load(const float* p) { return {_mm256_loadu_ps(p)}; }
  void store(float* p) const { _mm256_storeu_ps(p, v); }
  static F32 set(float x) { return {_mm256_set1_ps(x)}; }
};
inline F32 operator+(F32 a, F32 b) {
  return {_mm256_add_ps(a.v, b.v)};
}
inline F32 operator-(F32 a, F32 b) {
  return {_mm256_sub_ps(a.v, b.v)};
}
inline F32 operator*(F32 a, F32 b) {
  return {_mm256_mul_ps(a.v, b.v)};
}
inline F32 operator/(F32 a, F32 b) {
  return {_mm256_div_ps(a.v, b.v)};
}
inline Mask operator<(F32 a, F32 b) {
  return {_mm256_cmp_ps(a.v, b.v, _CMP_LT_OQ)};
}
inline Mask operator<=(F32 a, F32 b) {
  return {_mm256_cmp_ps(a.v, b.v, _CMP_LE_OQ)};
}
inline Mask operator>(F32 a, F32 b) {
  return {_mm256_cmp_ps(a.v, b.v, _CMP_GT_OQ)};
}
inline Mask operator>=(F32 a, F32 b) {
  return {_mm256_cmp_ps(a.v, b.v, _CMP_GE_OQ)};
}
inline I32 bits(F32 a) {
  return {_mm256_castps_si256(a.v)};
}
inline F32 from_bits(I32 a) {
  return {_mm256_castsi256_ps(a.v)};
}
// vminps and vmaxps return their second operand when either is NaN or both are zero.
inline F32 at_most(F32 x, F32 c) {
  return {_mm256_min_ps(c.v, x.v)};
}
inline F32 at_least(F32 x, F32 c) {
  return {_mm256_max_ps(c.v, x.v)};
}
inline F32 square_root(F32 a) {
  return {_mm256_sqrt_ps(a.v)};
}
inline Mask is_nan(F32 a) {
  return {_mm256_cmp_ps(a.v, a.v, _CMP_UNORD_Q)};
}
inline F32 select(Mask m, F32 a, F32 b) {
  return {_mm256_blendv_ps(b.v, a.v, m.m)};
}

struct F64 {
  __m256d lo, hi;
  static F64 set(double x) { return {_mm256_set1_pd(x), _mm256_set1_pd(x)}; }
};
inline F64 operator+(F64 a, F64 b) {
  return {_mm256_add_pd(a.lo, b.lo), _mm256_add_pd(a.hi, b.hi)};
}
inline F64 operator-(F64 a, F64 b) {
  return {_mm256_sub_pd(a.lo, b.lo), _mm256_sub_pd(a.hi, b.hi)};
}
inline F64 operator*(F64 a, F64 b) {
  return {_mm256_mul_pd(a.lo, b.lo), _mm256_mul_pd(a.hi, b.hi)};
}
inline F64 widen(F32 a) {
  return {_mm256_cvtps_pd(_mm256_castps256_ps128(a.v)),
          _mm256_cvtps_pd(_mm256_extractf128_ps(a.v, 1))};
}
inline F32 narrow(F64 a) {
  return {_mm256_insertf128_ps(_mm256_castps128_ps256(_mm256_cvtpd_ps(a.lo)), _mm256_cvtpd_ps(a.hi),
                               1)};
}
inline I32 low_words(F64 a) {  // the low 32 bits of each
  const __m256 both = _mm256_shuffle_ps(_mm256_castpd_ps(a.lo), _mm256_castpd_ps(a.hi), 0x88);
  return {_mm256_permute4x64_epi64(_mm256_castps_si256(both), 0xd8)};
}

}  // namespace lab::simd::avx2
