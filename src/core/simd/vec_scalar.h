#pragma once

// One lane of plain float: the portable backend and the definition the others must match bit by
// bit.

#include <bit>
#include <cmath>
#include <cstdint>

namespace lab::simd::scalar {

struct Mask {
  bool m;
};
inline Mask operator&(Mask a, Mask b) {
  return {a.m && b.m};
}
inline Mask operator|(Mask a, Mask b) {
  return {a.m || b.m};
}
inline bool any(Mask a) {
  return a.m;
}

struct I32 {
  uint32_t v;
  static I32 set(uint32_t x) { return {x}; }
};
inline I32 operator+(I32 a, I32 b) {
  return {a.v + b.v};
}
inline I32 operator-(I32 a, I32 b) {
  return {a.v - b.v};
}
inline I32 operator&(I32 a, I32 b) {
  return {a.v & b.v};
}
inline I32 operator|(I32 a, I32 b) {
  return {a.v | b.v};
}
inline I32 operator^(I32 a, I32 b) {
  return {a.v ^ b.v};
}
template <int K>
I32 shift_left(I32 a) {
  return {a.v << K};
}
template <int K>
I32 shift_right(I32 a) {  // arithmetic
  return {static_cast<uint32_t>(static_cast<int32_t>(a.v) >> K)};
}

struct F32 {
  using Int = I32;
  using Bool = Mask;
  static constexpr int lanes = 1;
  float v;
  static F32 load(const float* p) { return {*p}; }
  void store(float* p) const { *p = v; }
  static F32 set(float x) { return {x}; }
};
inline F32 operator+(F32 a, F32 b) {
  return {a.v + b.v};
}
inline F32 operator-(F32 a, F32 b) {
  return {a.v - b.v};
}
inline F32 operator*(F32 a, F32 b) {
  return {a.v * b.v};
}
inline F32 operator/(F32 a, F32 b) {
  return {a.v / b.v};
}
inline Mask operator<(F32 a, F32 b) {
  return {a.v < b.v};
}
inline Mask operator<=(F32 a, F32 b) {
  return {a.v <= b.v};
}
inline Mask operator>(F32 a, F32 b) {
  return {a.v > b.v};
}
inline Mask operator>=(F32 a, F32 b) {
  return {a.v >= b.v};
}
inline I32 bits(F32 a) {
  return {std::bit_cast<uint32_t>(a.v)};
}
inline F32 from_bits(I32 a) {
  return {std::bit_cast<float>(a.v)};
}
inline F32 at_most(F32 x, F32 c) {
  return {c.v < x.v ? c.v : x.v};
}
inline F32 at_least(F32 x, F32 c) {
  return {c.v > x.v ? c.v : x.v};
}
inline F32 square_root(F32 a) {
  return {std::sqrt(a.v)};
}
inline Mask is_nan(F32 a) {
  return {a.v != a.v};
}
inline F32 select(Mask m, F32 a, F32 b) {
  return {m.m ? a.v : b.v};
}

struct F64 {
  double v;
  static F64 set(double x) { return {x}; }
};
inline F64 operator+(F64 a, F64 b) {
  return {a.v + b.v};
}
inline F64 operator-(F64 a, F64 b) {
  return {a.v - b.v};
}
inline F64 operator*(F64 a, F64 b) {
  return {a.v * b.v};
}
inline F64 widen(F32 a) {
  return {static_cast<double>(a.v)};
}
inline F32 narrow(F64 a) {
  return {static_cast<float>(a.v)};
}
inline I32 low_words(F64 a) {  // the low 32 bits
  return {static_cast<uint32_t>(std::bit_cast<uint64_t>(a.v))};
}

}  // namespace lab::simd::scalar
