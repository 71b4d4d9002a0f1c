#pragma once

// Value and derivative of the remaining activations: algebraic ones, the error function's family
// and trigonometric ones; see kernels_piecewise.h for the form.

#include "core/activation/kernels_exponential.h"
#include "core/simd/trigonometry.h"

namespace lab::kernels {

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
    return value_at(x, a) / at_least(root(a), V::set(kTiny));
  }

 private:
  static constexpr float kTiny = 1e-37f;  // for b = 0, where both divisors vanish at 0
  V root(V a) const {                     // √(a²+b) without overflow: beyond 2^60 it is a
    const V m = at_most(a, V::set(0x1p60f));
    return square_root(m * m + V::set(b)) + (a - m);
  }
  V value_at(V x, V a) const {
    const V right = V::set(0.5f) * a + V::set(0.5f) * root(a);
    const V left = V::set(0.25f * b) / at_least(right, V::set(kTiny));
    return select(x < V::set(0), left, right);
  }
};

// x − tanh(x): below 1.5 as |x|³ over a polynomial in x², which does not cancel, else as
// (|x| − 1) + 2/(e^2|x| + 1).
template <class V>
struct Tanhshrink {
  explicit Tanhshrink(const float*) {}
  V value(V x) const {
    const V a = magnitude(x);
    const V z = x * x;
    const V near_bottom =
        polynomial(z, 3.0f, 0x1.333328p+0f, -0x1.764894p-8f, 0x1.0573e8p-12f, -0x1.3ef2b4p-17f);
    const V y = at_most(a, V::set(10));
    const V far_bottom = expm1_of(exp_parts_damped(y + y)) + V::set(2);
    const auto near = a < V::set(1.5f);
    const V q = select(near, a * z, V::set(2)) / select(near, near_bottom, far_bottom);
    const V size = select(near, q, (a - V::set(1)) + q);
    return with_sign(size, x) + V::set(0);  // −0 becomes 0, as PyTorch's subtraction gives
  }
  V derivative(V x) const {
    return Tanh<V>(nullptr).squared(x);
  }
};

// x·Φ(x) = max(x, 0) − a·Φ(−a) with a = |x|, and Φ(−a) = φ(a)·top/bottom, where top/bottom is
// Mills' ratio, a rational function of degrees 4 and 5 with relative error below 2^-25.7 up to
// a = 14.75 (minimax).
template <class V>
struct Gelu {
  explicit Gelu(const float*) {}
  V value(V x) const {
    const Tail t(x);
    const V far = at_least(x, V::set(0)) - t.quotient(t.a_top);
    // Taylor's series rounds less near 0; what it leaves out is below 2^-27 of the result.
    const V cdf = V::set(0.5f) + x * polynomial(x * x, 0.39894228f, -0.06649038f, 0.009973557f);
    return select(t.a < V::set(0.15625f), x * cdf, far);
  }
  V derivative(V x) const {  // Φ(x) + x·φ(x)
    const Tail t(x);
    const V g = t.quotient(t.top - t.a * t.bottom);
    return select(x > V::set(0), V::set(1) - g, g);
  }

 private:
  // The coefficients' common factor keeps sums off the bottom of their binade, where they would
  // round worst. That 1/√(2π) below is rounded is made good in them.
  struct Tail {
    V a, top, a_top, bottom;  // the last three times 2^64
    explicit Tail(V x)
        : a(at_most(magnitude(x), V::set(14.75f))),
          top(polynomial(a, 0x1.e11f34p+64f, 0x1.b8594cp+64f, 0x1.7ca50ap+63f, 0x1.5f0bd6p+61f,
                         0x1.2be93ep+58f)),
          a_top(a * top),
          bottom(a_top + polynomial(a, 0x1.7fe136p+64f, 0x1.61091ap+63f, 0x1.6242dcp+61f,
                                    0x1.2a9590p+58f, 0x1.dee1acp+44f)) {}
    // φ(a)·numerator/bottom with φ(a) = e^(−a²/2)/√(2π). 2^-32·e^(−r/2)/√(2π) is one polynomial,
    // summed by pairs, since the other factors are ready long before it.
    V quotient(V numerator) const {
      const Exp<V> e = simd::exp_of_minus<32>(simd::Square<V>(a), 0.5f);
      const V z = e.r * e.r;
      const V high = polynomial(e.r, -0x1.105744p-39f, 0x1.105a92p-42f) +
                     z * polynomial(e.r, -0x1.b5ddb8p-46f, 0x1.2178a2p-49f);
      const V low = polynomial(e.r, -0x1.988454p-35f, 0x1.988450p-37f);
      const V density = V::set(0x1.988454p-34f) + e.r * (low + z * high);
      return ((numerator * e.scale) * density) / bottom;
    }
  };
};

// x·sigmoid(v), v = √(8/π)·(x + 0.044715·x³). The tail amplifies v's rounding, so v is taken in
// double precision, and at once in bits, as v·log2(e).
template <class V>
struct GeluTanh {
  static constexpr double kLinear = 1.5957691216057307118;
  static constexpr double kCubic = 0.071354816272600251;
  explicit GeluTanh(const float*) {}
  V value(V x) const {
    const V y = bounded(x);
    return gate_value(x, y, tail(y));
  }
  V derivative(V x) const {
    const V y = bounded(x);
    const auto wide = widen(y);
    using F64 = decltype(widen(y));
    const F64 slope = wide * (F64::set(kLinear) + F64::set(3 * kCubic) * (wide * wide));
    return gate_derivative(x, narrow(slope), tail(y));
  }

 private:
  static constexpr double kLog2E = 1.4426950408889634074;
  V bounded(V x) const { return at_least(negative_magnitude(x), V::set(-11)); }
  GateExp<V> tail(V y) const {
    const auto wide = widen(y);
    using F64 = decltype(widen(y));
    const F64 v = wide * (F64::set(kLinear * kLog2E) + F64::set(kCubic * kLog2E) * (wide * wide));
    const F64 magic = F64::set(0x1.8p52 + 127 + 64);  // as kExpMagic<64>
    const F64 rounded = v + magic;
    const V r = narrow(v - (rounded - magic));
    return {{r, from_bits(shift_left<23>(low_words(rounded)))}, simd::kCothInBits};
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
    return select(magnitude(x) < tiny, x, simd::sin_of(simd::reduce_angle(x)));
  }
  V derivative(V x) const {
    simd::Angle<V> a = simd::reduce_angle(x);
    a.quarter = a.quarter + V::Int::set(1);
    return simd::sin_of(a);
  }
};

// x + sin²(ax)/a, with sin²(ax) = (1 − cos(2ax))/2.
template <class V>
struct Snake {
  float twice_a, inverse;
  explicit Snake(const float* p) : twice_a(2 * p[0]), inverse(1 / p[0]) {}
  V value(V x) const {
    const simd::Angle<V> angle = simd::reduce_angle(x, twice_a);
    const auto odd = simd::is_odd<V>(angle.quarter);
    const auto second = shift_left<30>(angle.quarter & V::Int::set(2u));  // sign of the added term
    const V base =
        select(from_bits(second | V::Int::set(0x3f800000u)) < V::set(0), V::set(1), V::set(0));
    const V half_sin = V::set(0.5f) * simd::sin_of_remainder(angle.r);
    const V term = select(odd, half_sin, simd::half_one_minus_cos(angle.r));
    const V square = select(odd, V::set(0.5f), base) + from_bits(bits(term) ^ second);
    return x + square * V::set(inverse);
  }
  V derivative(V x) const {  // 1 + sin(2ax)
    return V::set(1) + simd::sin_of(simd::reduce_angle(x, twice_a));
  }
};

}  // namespace lab::kernels
