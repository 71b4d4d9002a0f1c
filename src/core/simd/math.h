#pragma once

// Building blocks of the kernels, generic over the vector type V (one of vec_*.h).
// Only + − × ÷ √, compares and bit operations, so every backend gives the same bits.
// Include it inside the backend's target region.

#include <cstdint>

namespace lab::simd {

template <class V>
V magnitude(V x) {
  return from_bits(bits(x) & V::Int::set(0x7fffffffu));
}
template <class V>
V negate(V x) {
  return from_bits(bits(x) ^ V::Int::set(0x80000000u));
}
template <class V>
V negative_magnitude(V x) {  // −|x|
  return from_bits(bits(x) | V::Int::set(0x80000000u));
}
// `size` (not negative) with the sign of `sign`.
template <class V>
V with_sign(V size, V sign) {
  return from_bits(bits(size) | (bits(sign) & V::Int::set(0x80000000u)));
}
template <class V>
V clamp(V x, float low, float high) {
  return at_most(at_least(x, V::set(low)), V::set(high));
}
// `result`, but NaN where x is NaN: for functions whose arithmetic does not carry x through.
template <class V>
V keep_nan(V result, V x) {
  return select(is_nan(x), x, result);
}
// x·2^K by the exponent field, for normal x that stays normal.
template <int K, class V>
V scale_exponent(V x) {
  return from_bits(bits(x) + V::Int::set(static_cast<uint32_t>(K) << 23));
}
// a·b + c where a·b is exact or vanishes beside c: fused or not, the same bits.
template <class V>
V add_exact(V a, V b, V c) {
  if constexpr (requires { fused(a, b, c); }) {
    return fused(a, b, c);
  } else {
    return a * b + c;
  }
}
template <class V>
V polynomial(V, float c0) {
  return V::set(c0);
}
// c0 + z·(c1 + z·(c2 + …))
template <class V, class... C>
V polynomial(V z, float c0, C... rest) {
  return V::set(c0) + z * polynomial(z, rest...);
}

// e^y as 2^n·e^r with n = round(y/ln 2), where `scale` is 2^(n + Bias).
template <class V>
struct Exp {
  V r, scale;

  // e^r − 1 = r + r²·beyond_linear, relative error of the polynomial below 2^-25. It is summed by
  // pairs, for a shorter chain of operations.
  V beyond_linear() const {
    const V z = r * r;
    const V high = polynomial(r, 0x1.5558aap-5f, 0x1.123b02p-7f) + z * V::set(0x1.6a5602p-10f);
    return polynomial(r, 0x1.fffffcp-2f, 0x1.555490p-3f) + z * high;
  }
  V minus_one() const { return r + (r * r) * beyond_linear(); }
  V whole() const { return V::set(1) + minus_one(); }  // e^r

  // e^r = up/down, a cheaper form where a division follows anyway: odd/even = tanh(r/2) with
  // relative error below 2^-30 for |r| ≤ 0.3475 (minimax). Both lie between 7 and 13.
  V up() const { return even() + odd(); }
  V down() const { return even() - odd(); }
  V even() const { return V::set(kEven) + r * r; }
  V odd() const { return r * (V::set(0x1.4011b2p+2f) + V::set(0x1.54f756p-4f) * (r * r)); }

 private:
  static constexpr float kEven = 0x1.4011b2p+3f;
};

// c = r·coth(r/2) by an even polynomial, both in some unit: e^r = (c + r)/(c − r) and
// e^r − 1 = 2r/(c − r). Relative error of the former below 2^-26.5 for |r| ≤ 0.3475 (minimax).
struct Coth {
  float c0, c1, c2;
  template <class V>
  V of(V r) const {
    return polynomial(r * r, c0, c1, c2);
  }
};
inline constexpr Coth kCoth = {2, 0x1.555546p-3f, -0x1.6b0b7ap-9f};
inline constexpr Coth kCothInBits = {0x1.715476p+1f, 0x1.d92fa4p-4f, -0x1.e2923ap-11f};  // r/ln 2

inline constexpr float kIntegerMagic = 12582912.0f;  // 1.5·2^23: rounds to an integer

// Bias lets 2^n be a normal number for the tails: −126 − Bias ≤ n ≤ 127 − Bias must hold.
// A result scaled by 2^Bias is multiplied by 2^−Bias last, so that denormals are rounded once.
template <int Bias>
inline constexpr float kExpMagic = kIntegerMagic + 127 + Bias;

template <class V>
V exp_scale_of(V rounded) {  // 2^(n + Bias) from y·log2(e) + kExpMagic<Bias>
  return from_bits(shift_left<23>(bits(rounded)));
}

inline constexpr float kLog2E = 0x1.715476p+0f;
inline constexpr float kLn2High = 0x1.63p-1f;       // ten bits: n·kLn2High is exact
inline constexpr float kLn2Low = -0x1.bd0106p-13f;  // ln 2 − kLn2High

// The parts of e^y with 2^(n + Bias − k) as scale, for a magic number lowered by an integer k.
template <class V>
Exp<V> exp_parts_by(V magic, V y) {
  const V rounded = y * V::set(kLog2E) + magic;
  const V n = rounded - magic;
  const V r = add_exact(n, V::set(-kLn2High), y) - n * V::set(kLn2Low);
  return {r, exp_scale_of(rounded)};
}
template <int Bias, class V>
Exp<V> exp_parts(V y) {
  return exp_parts_by(V::set(kExpMagic<Bias>), y);
}

// e^y for functions that take e^y − 1 or damp its error by the size of e^y: one constant for ln 2
// is enough then, since the error of n·ln 2 grows no faster than 2^|n| shrinks what it is added to.
template <class V>
Exp<V> exp_parts_damped(V y) {
  const V magic = V::set(kExpMagic<0>);
  const V rounded = y * V::set(kLog2E) + magic;
  return {y - (rounded - magic) * V::set(0x1.62e430p-1f), exp_scale_of(rounded)};
}

// e^(high + low) with |low| small beside 1 and high exact.
template <int Bias, class V>
Exp<V> exp_parts(V high, V low) {
  const V magic = V::set(kExpMagic<Bias>);
  const V rounded = (high + low) * V::set(kLog2E) + magic;
  const V n = rounded - magic;
  const V r = add_exact(n, V::set(-kLn2High), high) + (low - n * V::set(kLn2Low));
  return {r, exp_scale_of(rounded)};
}

// e^(rate·x). The remainder is taken in units of x, before the multiplication by the rate, so the
// rounding of rate·x is not amplified in the tails. One lane of constants, made in double.
template <class V>
struct ScaledExp {
  float rate, inverse, log2e, ln2_high, ln2_low;

  explicit ScaledExp(double exact_rate)
      : rate(static_cast<float>(exact_rate)),
        inverse(static_cast<float>(1 / exact_rate)),
        log2e(static_cast<float>(1.4426950408889634074 * exact_rate)) {
    const double ln2 = 0.69314718055994530942 / exact_rate;
    ln2_high = keep_ten_bits(static_cast<float>(ln2));
    ln2_low = static_cast<float>(ln2 - static_cast<double>(ln2_high));
  }

  template <int Bias>
  Exp<V> parts(V x) const {
    const Exp<V> e = parts_by_x<Bias>(x);
    return {e.r * V::set(rate), e.scale};
  }
  // The same with r in units of x.
  template <int Bias>
  Exp<V> parts_by_x(V x) const {
    const V magic = V::set(kExpMagic<Bias>);
    const V rounded = x * V::set(log2e) + magic;
    const V n = rounded - magic;
    return {add_exact(n, V::set(-ln2_high), x) - n * V::set(ln2_low), exp_scale_of(rounded)};
  }

 private:
  // Dekker's splitting by a multiplication: the top ten bits of c.
  static float keep_ten_bits(float c) {
    const float spread = c * 16385.0f;
    return spread - (spread - c);
  }
};

// x·2^n for x between 1/2 and 2, |n| ≤ 252, from n + kIntegerMagic; denormals are rounded once.
template <class V>
V times_power_of_two(V x, V rounded) {
  const V magic = V::set(kIntegerMagic);
  if constexpr (requires { scaled(x, rounded); }) {
    return scaled(x, rounded - magic);
  } else {
    const auto n = bits(rounded) - bits(magic);
    const auto half = shift_right<1>(n);
    const auto one = V::Int::set(0x3f800000u);
    return x * from_bits(shift_left<23>(half) + one) * from_bits(shift_left<23>(n - half) + one);
  }
}

// e^y over the whole range, overflow and denormals included, for −104 ≤ y ≤ 89.
template <class V>
V exp_full(V y) {
  const V magic = V::set(kIntegerMagic);
  const V rounded = y * V::set(kLog2E) + magic;
  const V n = rounded - magic;
  const V r = add_exact(n, V::set(-kLn2High), y) - n * V::set(kLn2Low);
  return times_power_of_two(Exp<V>{r, magic}.whole(), rounded);
}

// x² = high + low with high exact (x split after twelve bits) for 0 ≤ x < 16, and x² rounded, which
// is there sooner.
template <class V>
struct Square {
  V high, low, rounded;
  explicit Square(V x) : rounded(x * x) {
    const V head = from_bits(bits(x) & V::Int::set(0xfffff000u));
    high = head * head;
    low = (x - head) * (x + head);
  }
};

// e^(−k·w) for a square w, where k is 1 or 1/2: it is scale·e^(−k·r).
template <int Bias, class V>
Exp<V> exp_of_minus(const Square<V>& w, float k) {
  const V magic = V::set(kExpMagic<Bias>);
  const V rounded = w.rounded * V::set(-k * kLog2E) + magic;
  const V n = rounded - magic;
  const V rest = add_exact(n, V::set(kLn2High / k), w.high) + (w.low + n * V::set(kLn2Low / k));
  return {rest, exp_scale_of(rounded)};
}

// ln(1+e)/w for w = 2e/(2+e), 0 ≤ e ≤ 1, as a polynomial in w²; relative error below 2^-27.
template <class V>
V log1p_over(V w_squared) {
  return polynomial(w_squared, 1.0f, 0x1.555502p-4f, 0x1.99d1cap-7f, 0x1.1ec070p-9f,
                    0x1.1ec904p-11f);
}

}  // namespace lab::simd
