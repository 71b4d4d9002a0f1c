#pragma once

// Value and derivative of the remaining activations: algebraic ones, the error function's family
// and trigonometric ones; see kernels_piecewise.h for the form.

#include "core/activation/kernels_exponential.h"
#include "core/simd/trigonometry.h"

namespace lab::kernels {

using simd::polynomial;
using simd::with_sign;

template <class V>
struct Softsign {
  explicit Softsign(const float*) {}
  V value(V x) const {
    const V y = clamp(x, -3.4028234e38f, 3.4028234e38f);  // ∞/∞ would be NaN
    return y / (V::set(1) + magnitude(y));
  }
  V derivative(V x) const {
    const V t = V::set(1) / (V::set(1) + magnitude(x));
    return t * t;
  }
};

// (x + √(x²+b))/2; for x < 0 as (b/4) over the value at −x, which does not cancel. f' = f/√(x²+b).
template <class V>
struct Squareplus {
  float b;
  explicit Squareplus(const float* p) : b(p[0]) {}
  V value(V x) const { return value_at(x, magnitude(x)); }
  V derivative(V x) const {
    const V a = at_most(magnitude(x), V::set(0x1p100f));
    return value_at(x, a) / root(a);
  }

 private:
  V root(V a) const {  // √(a²+b) without overflow: beyond 2^60 it is a
    const V m = at_most(a, V::set(0x1p60f));
    return square_root(m * m + V::set(b)) + (a - m);
  }
  V value_at(V x, V a) const {
    const V right = V::set(0.5f) * a + V::set(0.5f) * root(a);
    const V left = V::set(0.25f * b) / at_least(right, V::set(1e-37f));
    return select(x < V::set(0), left, right);
  }
};

// x − tanh(x); below 1.5 as x³·rational(x²), which does not cancel.
template <class V>
struct Tanhshrink {
  explicit Tanhshrink(const float*) {}
  V value(V x) const {
    const V z = x * x;
    const V near_top = x * z * polynomial(z, 1.0f, 0x1.8ade0cp-5f, 0x1.2dac6ep-16f);
    const V near_bottom = polynomial(z, 3.0f, 0x1.583804p+0f, 0x1.ab78d0p-5f);
    const V y = clamp(x, -10, 10);
    const Exp<V> e = exp_parts<0>(y + y);
    const V minus = e.scale - V::set(1), plus = e.scale + V::set(1);
    const V top = minus * e.even + plus * e.odd, bottom = plus * e.even + minus * e.odd;
    const auto near = magnitude(x) < V::set(1.5f);
    const V q = select(near, near_top, top) / select(near, near_bottom, bottom);
    return select(near, q, x - q) + V::set(0);  // −0 becomes 0, as PyTorch's subtraction gives
  }
  V derivative(V x) const {
    const V t = Tanh<V>(nullptr).value(x);
    return t * t;
  }
};

// Φ(−a)·e^(a²/2) = top/bottom for 0 ≤ a ≤ 14.5, relative error below 2^-25 (minimax).
template <class V>
struct Mills {
  V top, bottom;
  explicit Mills(V a)
      : top(polynomial(a, 0.5f, 0x1.c01960p-2f, 0x1.762328p-3f, 0x1.4b43e8p-5f, 0x1.0bab8ep-8f)),
        bottom(polynomial(a, 1.0f, 0x1.ac4edep+0f, 0x1.334616p+0f, 0x1.df3d52p-2f, 0x1.9f34cep-4f,
                          0x1.4f7884p-7f)) {}
};

// x·Φ(x) = max(x, 0) − a·Φ(−a) with a = |x|, and Φ(−a) relative to the tail e^(−a²/2).
template <class V>
struct Gelu {
  explicit Gelu(const float*) {}
  V value(V x) const {
    const V a = far(x);
    const Exp<V> e = tail(a);
    const Mills<V> m(a);
    const V g = (a * (e.scale * e.up()) * m.top) / (e.down() * m.bottom);
    return at_least(x, V::set(0)) - g * V::set(0x1p-64f);
  }
  V derivative(V x) const {
    const V a = far(x);
    const Exp<V> e = tail(a);
    const Mills<V> m(a);
    const V top = m.top - a * V::set(0.39894228040143267794f) * m.bottom;
    const V g = ((e.scale * e.up()) * top) / (e.down() * m.bottom) * V::set(0x1p-64f);
    return select(x > V::set(0), V::set(1) - g, g);
  }

 private:
  V far(V x) const { return at_most(magnitude(x), V::set(14.75f)); }
  Exp<V> tail(V a) const {  // e^(−a²/2)
    const simd::Square<V> s(a);
    return exp_parts<64>(s.high * V::set(-0.5f), s.low * V::set(-0.5f));
  }
};

// x·sigmoid(v), v = √(8/π)·(x + 0.044715·x³). The tail amplifies v's rounding: v is made in double.
template <class V>
struct GeluTanh {
  static constexpr double kLinear = 1.5957691216057307118;
  static constexpr double kCubic = 0.071354816272600251;
  explicit GeluTanh(const float*) {}
  V value(V x) const {
    const V a = far(x);
    return gate_value(x, a, tail(a));
  }
  V derivative(V x) const {
    const V a = far(x);
    const V cubic = V::set(static_cast<float>(3 * kCubic)) * a * a;
    return gate_derivative(x, a * (V::set(static_cast<float>(kLinear)) + cubic), tail(a));
  }

 private:
  V far(V x) const { return at_most(magnitude(x), V::set(11.0f)); }
  Exp<V> tail(V a) const {  // e^−v for a ≥ 0
    using F64 = decltype(widen(a));
    const F64 wide = widen(a);
    const F64 y = wide * (F64::set(-kLinear) - F64::set(kCubic) * (wide * wide));
    const V magic = V::set(simd::kExpMagic<64>);
    const V rounded = narrow(y) * V::set(simd::kLog2E) + magic;
    const F64 n = widen(rounded - magic);
    const V r = narrow(y - n * F64::set(0.69314718055994530942));
    return simd::exp_of_remainder(r, simd::exp_scale_of(rounded));
  }
};

template <class V>
struct Arctan {
  explicit Arctan(const float*) {}
  V value(V x) const {
    const V a = magnitude(x);
    const auto far = a > V::set(1);
    const V t = select(far, V::set(-1) / a, a);
    const V z = t * t;
    const V p = polynomial(z, -0x1.5554dcp-2f, 0x1.9978ecp-3f, -0x1.230a96p-3f, 0x1.b4dedcp-4f,
                           -0x1.355184p-4f, 0x1.61f10cp-5f, -0x1.0c1bc4p-6f, 0x1.7eb094p-9f);
    const V size = t + t * z * p;
    return with_sign(select(far, V::set(0x1.921fb6p+0f) + (size + V::set(-0x1.777a5cp-25f)), size),
                     x);
  }
  V derivative(V x) const {  // 1/(1+x²), x scaled so that x² overflows only where the result is 0
    const V y = x * V::set(0x1p-20f);
    return V::set(0x1p-40f) / (V::set(0x1p-40f) + y * y);
  }
};

template <class V>
struct Sin {
  explicit Sin(const float*) {}
  V value(V x) const {
    const V tiny = V::set(0x1p-12f);  // below it sin x = x to the last bit, −0 included
    return select(magnitude(x) < tiny, x, simd::sin_of(simd::reduce_angle(x, 1)));
  }
  V derivative(V x) const {
    simd::Angle<V> a = simd::reduce_angle(x, 1);
    a.quarter = a.quarter + V::Int::set(1);
    return simd::sin_of(a);
  }
};

// x + sin²(ax)/a
template <class V>
struct Snake {
  float a, inverse;
  explicit Snake(const float* p) : a(p[0]), inverse(1 / p[0]) {}
  V value(V x) const {
    const V s = simd::sin_of(simd::reduce_angle(x, a));
    return x + s * s * V::set(inverse);
  }
  V derivative(V x) const {  // 1 + sin(2ax)
    const simd::Angle<V> angle = simd::reduce_angle(x, a);
    const V c = simd::cos_of_remainder(angle.r);
    const V double_sin = (c + c) * simd::sin_of_remainder(angle.r);
    return V::set(1) + from_bits(bits(double_sin) ^ shift_left<31>(angle.quarter));
  }
};

}  // namespace lab::kernels
