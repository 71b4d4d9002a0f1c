#pragma once

// Reduction modulo π/2 and the two polynomials, generic over the vector type; see math.h.

#include "core/simd/large_angle.h"
#include "core/simd/math.h"

namespace lab::simd {

// y = quarter·π/2 + r with |r| < 0.79; only the two low bits of `quarter` mean anything.
template <class V>
struct Angle {
  V r;
  typename V::Int quarter;
};

inline constexpr float kNearAngle = 200;     // up to here float arithmetic is exact enough
inline constexpr float kDirectAngle = 1e5f;  // up to here three steps in double precision are

// Reduces x, |x| ≤ kNearAngle: n has 7 bits, the two heads of π/2 have 17, so that their products
// with n are exact.
template <class V>
Angle<V> reduce_near_angle(V x) {
  const V magic = V::set(kIntegerMagic);
  const V rounded = x * V::set(0x1.45f306p-1f) + magic;
  const V n = rounded - magic;
  const V first = add_exact(n, V::set(-0x1.922p+0f), x);
  const V second = add_exact(n, V::set(0x1.2aefp-18f), first);
  return {second - n * V::set(0x1.68c234p-39f), bits(rounded)};
}

// Reduces rate·x. Beyond kDirectAngle lanes are reduced one by one with 2/π to 384 bits.
template <class V>
Angle<V> reduce_angle(V x, float rate) {
  using F64 = decltype(widen(x));
  const F64 y = widen(x) * F64::set(static_cast<double>(rate));  // exact: 48 bits
  const V rough = narrow(y);
  const V magic = V::set(kIntegerMagic);
  const V rounded = rough * V::set(0x1.45f306p-1f) + magic;
  const F64 n = widen(rounded - magic);
  const F64 r = (y - n * F64::set(0x1.921fb544p+0)) - n * F64::set(0x1.0b4611a626331p-34);
  Angle<V> angle{narrow(r), bits(rounded)};
  if (any(magnitude(rough) > V::set(kDirectAngle))) {
    float xs[V::lanes], rs[V::lanes], quarters[V::lanes];
    x.store(xs);
    angle.r.store(rs);
    from_bits(angle.quarter).store(quarters);
    for (int i = 0; i < V::lanes; ++i)
      reduce_large_angle(xs[i], rate, kDirectAngle, rs + i, quarters + i);
    angle.r = V::load(rs);
    angle.quarter = bits(V::load(quarters));
  }
  return angle;
}

// Reduces x. A lane's bits depend on that lane alone, so the near ones stay as they are.
template <class V>
Angle<V> reduce_angle(V x) {
  const Angle<V> near = reduce_near_angle(x);
  const auto beyond = magnitude(x) > V::set(kNearAngle);
  if (!any(beyond)) return near;
  const Angle<V> far = reduce_angle(x, 1);
  return {select(beyond, far.r, near.r),
          bits(select(beyond, from_bits(far.quarter), from_bits(near.quarter)))};
}

template <class V>
V sin_of_remainder(V r) {
  const V z = r * r;
  return r + (r * z) * polynomial(z, -0x1.555544p-3f, 0x1.1106c2p-7f, -0x1.9919f4p-13f);
}
template <class V>
V cos_beyond_square(V z) {  // cos r − 1 + r²/2 from z = r²
  return (z * z) * polynomial(z, 0x1.55554ap-5f, -0x1.6c0c10p-10f, 0x1.99dc72p-16f);
}
template <class V>
V cos_of_remainder(V r) {
  const V z = r * r;
  return (V::set(1.0f) - V::set(0.5f) * z) + cos_beyond_square(z);
}
template <class V>
V half_one_minus_cos(V r) {  // (1 − cos r)/2
  const V z = r * r;
  return V::set(0.25f) * z - V::set(0.5f) * cos_beyond_square(z);
}
template <class V>
typename V::Bool is_odd(typename V::Int quarter) {
  const auto one = V::Int::set(0x3f800000u);
  return from_bits(shift_left<31>(quarter) | one) < V::set(0.0f);
}
// sin(r + quarter·π/2)
template <class V>
V sin_of(const Angle<V>& a) {
  const V size = select(is_odd<V>(a.quarter), cos_of_remainder(a.r), sin_of_remainder(a.r));
  const auto second = V::Int::set(2u);
  return from_bits(bits(size) ^ shift_left<30>(a.quarter & second));
}

}  // namespace lab::simd
