#pragma once

// Four lanes of WebAssembly SIMD128 (no relaxed instructions).

#include <wasm_simd128.h>

#include <cstdint>

namespace lab::simd::wasm {

// Keeps a constant from being taken for one. Clang would put it into the loop, at every use, where
// Chromium's compiler takes three instructions to make it. Hidden, it is made before the loop, for
// a little more code: vec_twice.h takes `set_early`.
template <class T>
void hide(T& x) {
  __asm__("" : "+r"(x));
}

struct Mask {
  v128_t m;
};
inline Mask operator&(Mask a, Mask b) {
  return {wasm_v128_and(a.m, b.m)};
}
inline Mask operator|(Mask a, Mask b) {
  return {wasm_v128_or(a.m, b.m)};
}
inline bool any(Mask a) {
  return wasm_v128_any_true(a.m);
}

struct I32 {
  v128_t v;
  static I32 set(uint32_t x) { return {wasm_u32x4_splat(x)}; }
  static I32 set_early(uint32_t x) {
    hide(x);
    return set(x);
  }
};
inline I32 operator+(I32 a, I32 b) {
  return {wasm_i32x4_add(a.v, b.v)};
}
inline I32 operator-(I32 a, I32 b) {
  return {wasm_i32x4_sub(a.v, b.v)};
}
inline I32 operator&(I32 a, I32 b) {
  return {wasm_v128_and(a.v, b.v)};
}
inline I32 operator|(I32 a, I32 b) {
  return {wasm_v128_or(a.v, b.v)};
}
inline I32 operator^(I32 a, I32 b) {
  return {wasm_v128_xor(a.v, b.v)};
}
template <int K>
I32 shift_left(I32 a) {
  return {wasm_i32x4_shl(a.v, K)};
}
template <int K>
I32 shift_right(I32 a) {
  return {wasm_i32x4_shr(a.v, K)};
}

struct F32 {
  using Int = I32;
  using Bool = Mask;
  static constexpr int lanes = 4;
  v128_t v;
  static F32 load(const float* p) { return {wasm_v128_load(p)}; }
  void store(float* p) const { wasm_v128_store(p, v); }
  static F32 set(float x) { return {wasm_f32x4_splat(x)}; }
  static F32 set_early(float x) {
    hide(x);
    return set(x);
  }
};
inline F32 operator+(F32 a, F32 b) {
  return {wasm_f32x4_add(a.v, b.v)};
}
inline F32 operator-(F32 a, F32 b) {
  return {wasm_f32x4_sub(a.v, b.v)};
}
inline F32 operator*(F32 a, F32 b) {
  return {wasm_f32x4_mul(a.v, b.v)};
}
inline F32 operator/(F32 a, F32 b) {
  return {wasm_f32x4_div(a.v, b.v)};
}
inline Mask operator<(F32 a, F32 b) {
  return {wasm_f32x4_lt(a.v, b.v)};
}
inline Mask operator<=(F32 a, F32 b) {
  return {wasm_f32x4_le(a.v, b.v)};
}
inline Mask operator>(F32 a, F32 b) {
  return {wasm_f32x4_gt(a.v, b.v)};
}
inline Mask operator>=(F32 a, F32 b) {
  return {wasm_f32x4_ge(a.v, b.v)};
}
inline I32 bits(F32 a) {
  return {a.v};
}
inline I32 bits(Mask a) {
  return {a.m};
}
inline F32 from_bits(I32 a) {
  return {a.v};
}
// pmin and pmax are one instruction on x64 (f32x4.min is eight); x as first operand keeps NaN.
inline F32 at_most(F32 x, F32 c) {
  return {wasm_f32x4_pmin(x.v, c.v)};
}
inline F32 at_least(F32 x, F32 c) {
  return {wasm_f32x4_pmax(x.v, c.v)};
}
inline F32 square_root(F32 a) {
  return {wasm_f32x4_sqrt(a.v)};
}
inline Mask is_nan(F32 a) {
  return {wasm_f32x4_ne(a.v, a.v)};
}
inline F32 select(Mask m, F32 a, F32 b) {
  return {wasm_v128_bitselect(a.v, b.v, m.m)};
}

struct F64 {
  v128_t lo, hi;
  static F64 set(double x) { return {wasm_f64x2_splat(x), wasm_f64x2_splat(x)}; }
};
inline F64 operator+(F64 a, F64 b) {
  return {wasm_f64x2_add(a.lo, b.lo), wasm_f64x2_add(a.hi, b.hi)};
}
inline F64 operator-(F64 a, F64 b) {
  return {wasm_f64x2_sub(a.lo, b.lo), wasm_f64x2_sub(a.hi, b.hi)};
}
inline F64 operator*(F64 a, F64 b) {
  return {wasm_f64x2_mul(a.lo, b.lo), wasm_f64x2_mul(a.hi, b.hi)};
}
inline F64 widen(F32 a) {
  return {wasm_f64x2_promote_low_f32x4(a.v),
          wasm_f64x2_promote_low_f32x4(wasm_i32x4_shuffle(a.v, a.v, 2, 3, 2, 3))};
}
inline F32 narrow(F64 a) {
  const v128_t lo = wasm_f32x4_demote_f64x2_zero(a.lo);
  return {wasm_i32x4_shuffle(lo, wasm_f32x4_demote_f64x2_zero(a.hi), 0, 1, 4, 5)};
}
inline I32 low_words(F64 a) {  // the low 32 bits of each
  return {wasm_i32x4_shuffle(a.lo, a.hi, 0, 2, 4, 6)};
}

}  // namespace lab::simd::wasm
