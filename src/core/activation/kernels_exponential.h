#pragma once

// Value and derivative of the activations made of one exponential; see kernels_piecewise.h for the
// form. Results of tails are kept scaled by 2^64 (or 2^32) until a last multiplication, so that a
// denormal result is rounded once.

#include "core/activation/kernels_piecewise.h"

namespace lab::kernels {

using simd::Exp;
using simd::exp_parts;
using simd::exp_parts_damped;
using simd::magnitude;
using simd::negate;
using simd::negative_magnitude;
using simd::polynomial;
using simd::scale_exponent;
using simd::ScaledExp;
using simd::with_sign;

// 1/(1 + e^−y) from the parts of e^y with bias 64: e/(e + 1).
template <class V>
V logistic(const Exp<V>& e) {
  const V numerator = e.scale * e.up();
  return numerator / (numerator + scale_exponent<64>(e.down()));
}

// e/(1 + e) and, for its slope, that times 1/(1 + e), of e = e^x. Far on the right the slope is
// e^−x, of which no e^x within the numbers has anything left.
template <class V>
struct Sigmoid {
  explicit Sigmoid(const float*) {}
  V value(V x) const { return logistic(exp_parts<64>(clamp(x, -104, kFar))); }
  V derivative(V x) const {
    V y, d;
    both(x, y, d);
    return d;
  }
  void both(V x, V& y, V& d) const {
    const Exp<V> e = exp_parts<64>(clamp(x, -104, kFar));
    const V numerator = e.scale * e.up(), rest = scale_exponent<64>(e.down());
    const V whole = numerator + rest;
    y = numerator / whole;
    d = y * (rest / whole);
    if (any(x > V::set(kFar))) [[unlikely]] {
      const Exp<V> tail = exp_parts<64>(at_least(negate(x), V::set(-104)));
      d = select(x > V::set(kFar), tail.scale * tail.whole() * V::set(0x1p-64f), d);
    }
  }

 private:
  static constexpr float kFar = 40;
};

// e^y − 1 from the parts of e^y with bias 0.
template <class V>
V expm1_of(const Exp<V>& e) {
  return e.scale * e.minus_one() + (e.scale - V::set(1));
}

// (1 − E)/(1 + E) and 4u(1 − u) for u = E/(1 + E), with E = e^−2|x| = 2^n·(even + odd)/(even −
// odd): no difference of near numbers anywhere, as 1 − tanh² would be, and both from one
// exponential and one division.
template <class V>
struct Tanh {
  explicit Tanh(const float*) {}
  V value(V x) const {
    const Parts parts(x);
    return parts.value(x, parts.inverse());
  }
  V derivative(V x) const {
    const Parts parts(x);
    return parts.derivative(parts.inverse());
  }
  void both(V x, V& y, V& d) const {
    const Parts parts(x);
    const V inverse = parts.inverse();
    y = parts.value(x, inverse);
    d = parts.derivative(inverse);
  }
  // tanh², which rounds less by a division.
  V squared(V x) const {
    const Parts parts(x);
    const V size = parts.over / parts.under;
    return size * size;
  }

 private:
  struct Parts {
    V over, tail, under;  // tanh|x| and u·2^64 are over and tail divided by `under`
    explicit Parts(V x) {
      // In units of |x|, so that odd/even = tanh r.
      const V y = at_least(negative_magnitude(x), V::set(-55));
      const V magic = V::set(simd::kExpMagic<64>);
      const V rounded = y * V::set(2 * simd::kLog2E) + magic;
      const V n = rounded - magic;
      const V r =
          simd::add_exact(n, V::set(-simd::kLn2High / 2), y) - n * V::set(simd::kLn2Low / 2);
      const V square = r * r, even = V::set(kEven) + square;
      const V odd = r * (V::set(kEven) + V::set(kCubic) * square);
      const V scale = simd::exp_scale_of(rounded), power = scale * V::set(0x1p-64f);
      const V twice = power + power;
      over = (V::set(1) - power) * even - (V::set(1) + power) * odd;
      tail = scale * (even + odd);
      // over + 2E·(even − odd), in steps that share the rounding of `over` or are exact where x is
      // near 0.
      under = (over + twice * odd) + twice * even;
    }
    V inverse() const { return V::set(1) / under; }
    V value(V x, V inverse) const { return with_sign(over * inverse, x); }
    V derivative(V inverse) const {
      const V u = tail * inverse;
      return u * (V::set(1) - u * V::set(0x1p-64f)) * V::set(0x1p-62f);
    }
  };
  static constexpr float kEven = 0x1.4011b2p+1f, kCubic = 0x1.54f756p-3f;
};

template <class V>
struct Elu {
  float alpha;
  explicit Elu(const float* p) : alpha(p[0]) {}
  V value(V x) const { return joined(x, at_least(x, V::set(0)), alpha); }
  V derivative(V x) const {
    const Exp<V> e = exp_parts<64>(at_least(at_most(x, V::set(0)), V::set(-110)));
    return select(x > V::set(0), V::set(1), e.scale * e.whole() * V::set(alpha * 0x1p-64f));
  }
  // right + alpha·(e^min(x, 0) − 1), where one of the terms is 0 and both have the sign of −0.
  // Little is left to do after the division, which takes longest.
  static V joined(V x, V right, float alpha) {
    const Exp<V> e = exp_parts_damped(at_least(at_most(x, V::set(0)), V::set(-30)));
    const V part = e.scale * V::set(alpha);
    const V quotient = ((part + part) * e.r) / (simd::kCoth.of(e.r) - e.r);  // part·(e^r − 1)
    return quotient + (right - (V::set(alpha) - part));
  }
};

template <class V>
struct Celu {
  float alpha;
  ScaledExp<V> exp;  // of x/alpha
  explicit Celu(const float* p) : alpha(p[0]), exp(1 / static_cast<double>(p[0])) {}
  V value(V x) const {
    const V y = at_least(at_most(x, V::set(0)), V::set(-30 * alpha));
    const V left = expm1_of(exp.template parts<0>(y)) * V::set(alpha);
    return select(x < V::set(0), left, x);
  }
  V derivative(V x) const {
    const V y = at_least(at_most(x, V::set(0)), V::set(-110 * alpha));
    const Exp<V> e = exp.template parts<64>(y);
    return select(x > V::set(0), V::set(1), e.scale * e.whole() * V::set(0x1p-64f));
  }
};

template <class V>
struct Selu {
  static constexpr float kScale = 1.0507009873554804934f;
  static constexpr float kScaleAlpha = 1.7580993408473768599f;
  Elu<V> elu;
  explicit Selu(const float*) : elu(&kScaleAlpha) {}
  V value(V x) const {
    return Elu<V>::joined(x, at_least(x, V::set(0)) * V::set(kScale), kScaleAlpha);
  }
  V derivative(V x) const { return select(x > V::set(0), V::set(kScale), elu.derivative(x)); }
};

template <class V>
struct Exponential {
  explicit Exponential(const float*) {}
  V value(V x) const { return simd::exp_full(clamp(x, -104, 89)); }
  V derivative(V x) const { return value(x); }
};

template <class V>
struct Gaussian {
  explicit Gaussian(const float*) {}
  V value(V x) const { return scaled(x) * V::set(0x1p-64f); }
  V derivative(V x) const {
    const V y = clamp(x, -kFar, kFar);
    return scaled(x) * (y * V::set(-2)) * V::set(0x1p-64f);
  }

 private:
  static constexpr float kFar = 10.5f;  // both results are 0 from here on
  V scaled(V x) const {                 // 2^64·e^−x²
    const simd::Square<V> s(at_most(magnitude(x), V::set(kFar)));
    const Exp<V> e = simd::exp_of_minus<64>(s, 1);
    return e.scale * Exp<V>{negate(e.r), e.scale}.whole();
  }
};

// ln(1 + e) for 2^65·e, e ≤ 1, times `factor`.
template <class V>
V log1p_of(V e, float factor) {
  const V w = e / (e * V::set(0x1p-65f) + V::set(2));  // 2^64·2e/(2+e)
  const V small = w * V::set(0x1p-64f);
  return w * simd::log1p_over(small * small) * V::set(factor * 0x1p-64f);
}

// e/(1 + e) where `below`, else 1/(1 + e), for 2^65·e.
template <class V>
V logistic_of_size(typename V::Bool below, V e) {
  const V one = V::set(0x1p65f);
  return select(below, e, one) / (e + one);
}

template <class V>
struct Softplus {
  float threshold;
  ScaledExp<V> exp;  // of beta·x
  explicit Softplus(const float* p) : threshold(p[1]), exp(static_cast<double>(p[0])) {}
  V value(V x) const {
    const V tail = log1p_of(small(x), exp.inverse);
    return select(linear(x), x, at_least(x, V::set(0)) + tail);
  }
  V derivative(V x) const {
    return select(linear(x), V::set(1), logistic_of_size(x < V::set(0), small(x)));
  }

 private:
  V small(V x) const {  // 2^65·e^−|beta·x|
    const V y = at_least(negative_magnitude(x), V::set(-120 * exp.inverse));
    const Exp<V> e = exp.template parts<65>(y);
    return e.scale * e.whole();
  }
  typename V::Bool linear(V x) const { return x * V::set(exp.rate) > V::set(threshold); }
};

template <class V>
struct Logsigmoid {
  explicit Logsigmoid(const float*) {}
  V value(V x) const { return at_most(x, V::set(0)) - log1p_of(small(x), 1); }
  V derivative(V x) const { return logistic_of_size(x > V::set(0), small(x)); }

 private:
  V small(V x) const {  // 2^65·e^−|x|
    const Exp<V> e = exp_parts<65>(at_least(negative_magnitude(x), V::set(-120)));
    return e.scale * e.whole();
  }
};

// e^−|v| = tail/down·2^-64, and whole = tail + 2^64·down.
template <class V>
struct GateExp {
  V tail, down, whole;
  explicit GateExp(const Exp<V>& e) : tail(e.scale * e.up()), down(e.down()) {
    whole = (tail - scale_exponent<64>(e.odd())) + scale_exponent<64>(e.even());  // rounds less
  }
  // For r in another unit, that of the polynomial.
  GateExp(const Exp<V>& e, const simd::Coth& coth) {
    const V c = coth.of(e.r);
    tail = e.scale * (c + e.r);
    down = c - e.r;
    whole = tail + scale_exponent<64>(down);
  }
};

// x·sigmoid(v) = max(x, 0) + y·u for y = −|x| and u = sigmoid(−|v|).
template <class V>
V gate_value(V x, V y, const GateExp<V>& e) {
  return at_least(x, V::set(0)) + (y * e.tail) / e.whole;
}
// Its derivative: g = u(1 + slope·(1 − u)) for x ≤ 0 and 1 − g for x > 0; slope is y·dv/dx. With
// u = tail/whole and 1 − u = down/whole that is tail·(whole + slope·down)/whole².
template <class V>
V gate_derivative(V x, V slope, const GateExp<V>& e) {
  const V whole = e.tail * V::set(0x1p-64f) + e.down;
  const V g = e.tail * (whole + slope * e.down) / (whole * whole) * V::set(0x1p-64f);
  return select(x > V::set(0), V::set(1) - g, g);
}

template <class V>
struct Silu {
  explicit Silu(const float*) {}
  V value(V x) const {
    const V y = bounded(x);
    return gate_value(x, y, GateExp<V>(exp_parts<64>(y)));
  }
  V derivative(V x) const {
    const V y = bounded(x);
    return gate_derivative(x, y, GateExp<V>(exp_parts<64>(y)));
  }

 private:
  V bounded(V x) const { return at_least(negative_magnitude(x), V::set(-109.5f)); }
};

template <class V>
struct QuickGelu {
  static constexpr double kRate = 1.702;
  ScaledExp<V> exp;
  explicit QuickGelu(const float*) : exp(kRate) {}
  V value(V x) const {
    const V y = bounded(x);
    return gate_value(x, y, tail(y));
  }
  V derivative(V x) const {
    const V y = bounded(x);
    using F64 = decltype(widen(y));  // so that rate·y is rounded once
    const V slope = narrow(widen(y) * F64::set(kRate));
    return gate_derivative(x, slope, tail(y));
  }

 private:
  static constexpr simd::Coth kCoth = {0x1.2cd294p+0f, 0x1.227924p-2f, -0x1.be85dap-7f};
  V bounded(V x) const { return at_least(negative_magnitude(x), V::set(-64.5f)); }
  GateExp<V> tail(V y) const { return {exp.template parts_by_x<64>(y), kCoth}; }
};

// x·tanh(softplus(x)) = x·q/(q + 2) with q = e(e + 2), e = e^x; both sides of the quotient are
// taken 1.5 times, which lifts them off a power of two and so makes their roundings smaller.
template <class V>
struct Mish {
  explicit Mish(const float*) {}
  V value(V x) const {
    const V y = clamp(x, -109, 20);
    const Exp<V> parts = exp_parts<32>(y);
    const V big = parts.scale * parts.whole();                      // 2^32·e
    const V q = big * (big * V::set(1.5f * 0x1p-32f) + V::set(3));  // 2^32·1.5·e(e + 2)
    const V result = (y * q) / (q * V::set(0x1p-32f) + V::set(3)) * V::set(0x1p-32f);
    return select(x > V::set(20), x, result);
  }
  // e·w/d² with w = 4(x+1) + e(4x+6) + 4e² + e³ and d = 2 + 2e + e².
  V derivative(V x) const {
    const V y = clamp(x, -109, 20);  // as above, so that both come from one exponential
    const Exp<V> parts = exp_parts<32>(y);
    const V big = parts.scale * parts.whole();
    const V e = big * V::set(0x1p-32f);
    const V four_y = y * V::set(4);
    const V w = (four_y + V::set(4)) + e * ((four_y + V::set(6)) + e * (e + V::set(4)));
    const V d = e * (e + V::set(2)) + V::set(2);
    const V slope = big * (w / (d * d)) * V::set(0x1p-32f);
    return select(x > V::set(15), V::set(1), slope);
  }
};

}  // namespace lab::kernels
