#pragma once

// Four lanes on every x86-64 machine.

#include <emmintrin.h>

#include <cstdint>

namespace lab::simd::sse2 {

struct Mask {
  __m128 m;
};
inline Mask operator&(Mask a, Mask b) {
  return {_mm_and_ps(a.m, b.m)};
}
inline Mask operator|(Mask a, Mask b) {
  return {_mm_or_ps(a.m, b.m)};
}
inline bool any(Mask a) {
  return _mm_movemask_ps(a.m) != 0;
}

struct I32 {
  __m128i v;
  static I32 set(uint32_t x) { return {_mm_set1_epi32(static_cast<int>(x))}; }
};
inline I32 operator+(I32 a, I32 b) {
  return {_mm_add_epi32(a.v, b.v)};
}
inline I32 operator-(I32 a, I32 b) {
  return {_mm_sub_epi32(a.v, b.v)};
}
inline I32 operator&(I32 a, I32 b) {
  return {_mm_and_si128(a.v, b.v)};
}
inline I32 operator|(I32 a, I32 b) {
  return {_mm_or_si128(a.v, b.v)};
}
inline I32 operator^(I32 a, I32 b) {
  return {_mm_xor_si128(a.v, b.v)};
}
template <int K>
I32 shift_left(I32 a) {
  return {_mm_slli_epi32(a.v, K)};
}
template <int K>
I32 shift_right(I32 a) {
  return {_mm_srai_epi32(a.v, K)};
}

struct F32 {
  using Int = I32;
  using Bool = Mask;
  static constexpr int lanes = 4;
  __m128 v;
  static F32 load(const float* p) { return {_mm_loadu_ps(p)}; }
  void store(float* p) const { _mm_storeu_ps(p, v); }
  static F32 set(float x) { return {_mm_set1_ps(x)}; }
};
inline F32 operator+(F32 a, F32 b) {
  return {_mm_add_ps(a.v, b.v)};
}
inline F32 operator-(F32 a, F32 b) {
  return {_mm_sub_ps(a.v, b.v)};
}
inline F32 operator*(F32 a, F32 b) {
  return {_mm_mul_ps(a.v, b.v)};
}
inline F32 operator/(F32 a, F32 b) {
  return {_mm_div_ps(a.v, b.v)};
}
inline Mask operator<(F32 a, F32 b) {
  return {_mm_cmplt_ps(a.v, b.v)};
}
inline Mask operator<=(F32 a, F32 b) {
  return {_mm_cmple_ps(a.v, b.v)};
}
inline Mask operator>(F32 a, F32 b) {
  return {_mm_cmplt_ps(b.v, a.v)};
}
inline Mask operator>=(F32 a, F32 b) {
  return {_mm_cmple_ps(b.v, a.v)};
}
inline I32 bits(F32 a) {
  return {_mm_castps_si128(a.v)};
}
inline F32 from_bits(I32 a) {
  return {_mm_castsi128_ps(a.v)};
}
// minps and maxps return their second operand when either is NaN or both are zero.
inline F32 at_most(F32 x, F32 c) {
  return {_mm_min_ps(c.v, x.v)};
}
inline F32 at_least(F32 x, F32 c) {
  return {_mm_max_ps(c.v, x.v)};
}
inline F32 square_root(F32 a) {
  return {_mm_sqrt_ps(a.v)};
}
inline Mask is_nan(F32 a) {
  return {_mm_cmpunord_ps(a.v, a.v)};
}
inline F32 select(Mask m, F32 a, F32 b) {
  return {_mm_or_ps(_mm_and_ps(m.m, a.v), _mm_andnot_ps(m.m, b.v))};
}

struct F64 {
  __m128d lo, hi;
  static F64 set(double x) { return {_mm_set1_pd(x), _mm_set1_pd(x)}; }
};
inline F64 operator+(F64 a, F64 b) {
  return {_mm_add_pd(a.lo, b.lo), _mm_add_pd(a.hi, b.hi)};
}
inline F64 operator-(F64 a, F64 b) {
  return {_mm_sub_pd(a.lo, b.lo), _mm_sub_pd(a.hi, b.hi)};
}
inline F64 operator*(F64 a, F64 b) {
  return {_mm_mul_pd(a.lo, b.lo), _mm_mul_pd(a.hi, b.hi)};
}
inline F64 widen(F32 a) {
  return {_mm_cvtps_pd(a.v), _mm_cvtps_pd(_mm_movehl_ps(a.v, a.v))};
}
inline F32 narrow(F64 a) {
  return {_mm_movelh_ps(_mm_cvtpd_ps(a.lo), _mm_cvtpd_ps(a.hi))};
}
inline I32 low_words(F64 a) {  // the low 32 bits of each
  return {_mm_castps_si128(_mm_shuffle_ps(_mm_castpd_ps(a.lo), _mm_castpd_ps(a.hi), 0x88))};
}

}  // namespace lab::simd::sse2
