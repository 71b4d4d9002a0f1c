#pragma once

// Sixteen lanes (AVX-512 F). Include between avx512_begin.h and target_end.h.

#include <cstdint>

namespace lab::simd::avx512 {

struct Mask {
  __mmask16 m;
};
inline Mask operator&(Mask a, Mask b) {
  return {_mm512_kand(a.m, b.m)};
}
inline Mask operator|(Mask a, Mask b) {
  return {_mm512_kor(a.m, b.m)};
}
inline bool any(Mask a) {
  return a.m != 0;
}

struct I32 {
  __m512i v;
  static I32 set(uint32_t x) { return {_mm512_set1_epi32(static_cast<int>(x))}; }
};
inline I32 operator+(I32 a, I32 b) {
  return {_mm512_add_epi32(a.v, b.v)};
}
inline I32 operator-(I32 a, I32 b) {
  return {_mm512_sub_epi32(a.v, b.v)};
}
inline I32 operator&(I32 a, I32 b) {
  return {_mm512_and_si512(a.v, b.v)};
}
inline I32 operator|(I32 a, I32 b) {
  return {_mm512_or_si512(a.v, b.v)};
}
inline I32 operator^(I32 a, I32 b) {
  return {_mm512_xor_si512(a.v, b.v)};
}
template <int K>
I32 shift_left(I32 a) {
  return {_mm512_slli_epi32(a.v, K)};
}
template <int K>
I32 shift_right(I32 a) {
  return {_mm512_srai_epi32(a.v, K)};
}

struct F32 {
  using Int = I32;
  using Bool = Mask;
  static constexpr int lanes = 16;
  __m512 v;
  static F32 load(const float* p) { return {_mm512_loadu_ps(p)}; }
  void store(float* p) const { _mm512_storeu_ps(p, v); }
  static F32 set(float x) { return {_mm512_set1_ps(x)}; }
};
inline F32 operator+(F32 a, F32 b) {
  return {_mm512_add_ps(a.v, b.v)};
}
inline F32 operator-(F32 a, F32 b) {
  return {_mm512_sub_ps(a.v, b.v)};
}
inline F32 operator*(F32 a, F32 b) {
  return {_mm512_mul_ps(a.v, b.v)};
}
inline F32 operator/(F32 a, F32 b) {
  return {_mm512_div_ps(a.v, b.v)};
}
inline Mask operator<(F32 a, F32 b) {
  return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LT_OQ)};
}
inline Mask operator<=(F32 a, F32 b) {
  return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LE_OQ)};
}
inline Mask operator>(F32 a, F32 b) {
  return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_GT_OQ)};
}
inline Mask operator>=(F32 a, F32 b) {
  return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_GE_OQ)};
}
inline I32 bits(F32 a) {
  return {_mm512_castps_si512(a.v)};
}
inline F32 from_bits(I32 a) {
  return {_mm512_castsi512_ps(a.v)};
}
// vminps and vmaxps return their second operand when either is NaN or both are zero.
inline F32 at_most(F32 x, F32 c) {
  return {_mm512_min_ps(c.v, x.v)};
}
inline F32 at_least(F32 x, F32 c) {
  return {_mm512_max_ps(c.v, x.v)};
}
inline F32 fused(F32 a, F32 b, F32 c) {  // a·b + c, rounded once
  return {_mm512_fmadd_ps(a.v, b.v, c.v)};
}
inline F32 scaled(F32 x, F32 n) {  // x·2^n for an integer n, rounded once
  return {_mm512_scalef_ps(x.v, n.v)};
}
inline F32 square_root(F32 a) {
  return {_mm512_sqrt_ps(a.v)};
}
inline Mask is_nan(F32 a) {
  return {_mm512_cmp_ps_mask(a.v, a.v, _CMP_UNORD_Q)};
}
inline F32 select(Mask m, F32 a, F32 b) {
  return {_mm512_mask_blend_ps(m.m, b.v, a.v)};
}

struct F64 {
  __m512d lo, hi;
  static F64 set(double x) { return {_mm512_set1_pd(x), _mm512_set1_pd(x)}; }
};
inline F64 operator+(F64 a, F64 b) {
  return {_mm512_add_pd(a.lo, b.lo), _mm512_add_pd(a.hi, b.hi)};
}
inline F64 operator-(F64 a, F64 b) {
  return {_mm512_sub_pd(a.lo, b.lo), _mm512_sub_pd(a.hi, b.hi)};
}
inline F64 operator*(F64 a, F64 b) {
  return {_mm512_mul_pd(a.lo, b.lo), _mm512_mul_pd(a.hi, b.hi)};
}
inline F64 widen(F32 a) {
  const __m256 high = _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(a.v), 1));
  return {_mm512_cvtps_pd(_mm512_castps512_ps256(a.v)), _mm512_cvtps_pd(high)};
}
inline F32 narrow(F64 a) {
  const __m512d low = _mm512_castps_pd(_mm512_castps256_ps512(_mm512_cvtpd_ps(a.lo)));
  return {_mm512_castpd_ps(_mm512_insertf64x4(low, _mm256_castps_pd(_mm512_cvtpd_ps(a.hi)), 1))};
}
inline I32 low_words(F64 a) {  // the low 32 bits of each
  const __m256i low = _mm512_cvtepi64_epi32(_mm512_castpd_si512(a.lo));
  const __m256i high = _mm512_cvtepi64_epi32(_mm512_castpd_si512(a.hi));
  return {_mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1)};
}

}  // namespace lab::simd::avx512
