#pragma once

// The functions that formulas need beyond the activations' own kernels, generic over the vector
// type; include inside a backend's target region. Errors are in units in the last place, measured
// by tests/core/formula_accuracy_test.cpp.

#include "core/activation/kernels_special.h"

namespace lab::formula {

using simd::keep_nan;
using simd::magnitude;
using simd::negate;
using simd::polynomial;
using simd::with_sign;

inline constexpr float kVectorMax = 3.4028234663852886e38f;

template <class V>
V infinity() {
  return from_bits(V::Int::set(0x7f800000u));
}
template <class V>
V not_a_number() {
  return from_bits(V::Int::set(0x7fc00000u));
}

// x = 2^n·(1 + e) with √½ ≤ 1 + e < √2, for finite x > 0.
template <class V>
struct Binary {
  V n, e;
  explicit Binary(V x) {
    const auto tiny = x < V::set(0x1p-126f);
    const V normal = select(tiny, x * V::set(0x1p24f), x);
    const auto root_half = V::Int::set(0x3f3504f3u);
    const auto offset = bits(normal) - root_half;
    // The exponent as a float without a conversion: it is put into the mantissa of 1.5·2^23.
    const V magic = V::set(12582912.0f);
    const V whole = from_bits(shift_right<23>(offset) + bits(magic)) - magic;
    n = select(tiny, whole - V::set(24), whole);
    e = from_bits((offset & V::Int::set(0x007fffffu)) + root_half) - V::set(1);
  }
};

// ln(1+e) = e − (e²/2 − rest) with s = e/(2+e), rest = s·(e²/2 + R(s²)); polynomial below 2^-25.
template <class V>
struct Ln1p {
  V half_square, rest;
  explicit Ln1p(V e) {
    const V s = e / (V::set(2) + e), z = s * s;
    half_square = V::set(0.5f) * (e * e);
    const V r = z * polynomial(z, 0x1.555556p-1f, 0x1.9999ecp-2f, 0x1.245c3ap-2f, 0x1.ddd0bep-3f);
    rest = s * (half_square + r);
  }
};

// `inside` for finite x > 0, else what a logarithm gives: −∞ at 0, NaN below, ∞ and NaN kept.
template <class V>
V logarithm_of(V x, V inside) {
  const V low = select(x < V::set(0), not_a_number<V>(), negate(infinity<V>()));
  const V outside = select(x <= V::set(0), low, x);
  return select((x > V::set(0)) & (x <= V::set(kVectorMax)), inside, outside);
}

template <class V>
V ln(V x) {  // 1 ULP
  const Binary<V> b(x);
  const Ln1p<V> l(b.e);
  const V low = l.rest + b.n * V::set(simd::kLn2Low);
  return logarithm_of(x, b.n * V::set(simd::kLn2High) - ((l.half_square - low) - b.e));
}

// n·log_b(2) + ln(1+e)·log_b(e); exact where x is a power of 2 and b is 2. 3 ULP.
template <class V>
V ln_scaled(V x, float per_octave, float per_octave_rest, float per_e) {
  const Binary<V> b(x);
  const Ln1p<V> l(b.e);
  const V m = b.e - (l.half_square - l.rest);
  const V low = m * V::set(per_e) + b.n * V::set(per_octave_rest);
  return logarithm_of(x, b.n * V::set(per_octave) + low);
}
template <class V>
V log2(V x) {
  return ln_scaled(x, 1, 0, 1.44269504088896340736f);
}
template <class V>
V log10(V x) {  // log10(2) = ten bits, so that n times them is exact, and the rest
  return ln_scaled(x, 0x1.34p-2f, 0x1.04d428p-12f, 0.43429448190325182765f);
}

// ln(w) + (what rounding took from w = 1 + u)/w. 2 ULP.
template <class V>
V log1p(V u) {
  const V one = V::set(1), w = one + u;
  const V lost = select(u > one, one - (w - u), u - (w - one));
  const V whole = ln(w);
  return select((w > V::set(0)) & (w <= V::set(kVectorMax)), whole + lost / w, whole);
}

template <class V>
V exp(V x) {
  return kernels::Exponential<V>(nullptr).value(x);
}
// e^y − 1; the exponential's scale is kept one octave low, so that it never overflows itself.
template <class V>
V expm1(V x) {
  const V y = simd::clamp(x, -30, 89);
  const simd::Exp<V> e = simd::exp_parts<-1>(y);
  return (e.scale * e.minus_one() + (e.scale - V::set(0.5f))) * V::set(2);
}

template <class V>
V sinh(V x) {
  const V a = magnitude(x), m = expm1(at_most(a, V::set(20)));
  const V near = V::set(0.5f) * (m + m / (m + V::set(1)));
  const V half = exp(V::set(0.5f) * a);
  return with_sign(select(a < V::set(20), near, (V::set(0.5f) * half) * half), x);
}
template <class V>
V cosh(V x) {
  const V a = magnitude(x), e = exp(at_most(a, V::set(20)));
  const V near = V::set(0.5f) * e + V::set(0.5f) / e;
  const V half = exp(V::set(0.5f) * a);
  return select(a < V::set(20), near, (V::set(0.5f) * half) * half);
}
// ln(a + √(a²+1)) as log1p(a + a²/(1 + √(a²+1))); for large a as ln(2a).
template <class V>
V asinh(V x) {
  const V a = magnitude(x), b = at_most(a, V::set(0x1p20f)), square = b * b;
  const V near = log1p(b + square / (V::set(1) + square_root(square + V::set(1))));
  const V far = ln(a) + V::set(0.69314718055994530942f);
  return with_sign(select(a < V::set(0x1p20f), near, far), x);
}

template <class V>
V tan(V x) {
  const simd::Angle<V> angle = simd::reduce_angle(x);
  const V s = simd::sin_of_remainder(angle.r), c = simd::cos_of_remainder(angle.r);
  const auto odd = simd::is_odd<V>(angle.quarter);
  const V t = select(odd, negate(c), s) / select(odd, s, c);
  return select(magnitude(x) < V::set(0x1p-12f), x, t);
}
// 1 − tanh²: the kernel stops at the last denormals, here it goes on to 0.
template <class V>
V tanh_slope(V x) {
  return select(magnitude(x) > V::set(53), V::set(0), kernels::Tanh<V>(nullptr).derivative(x));
}
template <class V>
V atan(V x) {
  return kernels::Arctan<V>(nullptr).value(x);
}
template <class V>
V asin(V x) {
  const V one = V::set(1);
  return atan(x / square_root((one - x) * (one + x)));
}
template <class V>
V acos(V x) {
  const V one = V::set(1);
  return V::set(2) * atan(square_root((one - x) / (one + x)));
}

// Φ(−a) for a ≥ 0 as −gelu(−a)/a, which has no cancellation; Φ(a) = 1 − Φ(−a).
template <class V>
V normal_tail(V a) {
  const V far = at_most(at_least(a, V::set(0x1p-60f)), V::set(14.5f));
  return negate(kernels::Gelu<V>(nullptr).value(negate(far)) / far);
}
template <class V>
V normal_cdf(V x) {
  const V tail = normal_tail(magnitude(x));
  return keep_nan(select(x > V::set(0), V::set(1) - tail, tail), x);
}
// Near 0 as x·polynomial(x²), else 1 − 2Φ(−√2·x).
template <class V>
V erf(V x) {
  const V a = magnitude(x), b = at_most(a, V::set(1)), z = b * b;
  const V near =
      b + b * polynomial(z, 0x1.06eba8p-3f, -0x1.812746p-2f, 0x1.ce2f08p-4f, -0x1.b829c8p-6f,
                         0x1.562a60p-8f, -0x1.bccf66p-11f, 0x1.d88750p-14f, -0x1.445f48p-17f);
  const V far = V::set(1) - V::set(2) * normal_tail(a * V::set(1.4142135623730950488f));
  return keep_nan(with_sign(select(a < V::set(1), near, far), x), x);
}

// The nearest integer, halves to even; floats from 2^23 on are whole.
template <class V>
V round(V x) {
  const V a = magnitude(x), magic = V::set(0x1p23f);
  return select(a < magic, with_sign((a + magic) - magic, x), x);
}
template <class V>
V floor(V x) {
  const V near = round(x);
  return select(near > x, near - V::set(1), near);
}

template <class V>
V sign(V x) {
  const V one = V::set(1), zero = V::set(0);
  return keep_nan(select(x > zero, one, select(x < zero, negate(one), zero)), x);
}

}  // namespace lab::formula
