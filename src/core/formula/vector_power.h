#pragma once

// a^b, generic over the vector type; include inside a backend's target region. The logarithm is
// made in double precision, since the exponential amplifies its error up to a hundredfold.

#include "core/formula/vector_functions.h"

namespace lab::formula {

// log2(x) in double precision, absolute error below 2^-40, for finite x > 0.
template <class V>
auto log2_wide(V x) {
  using F64 = decltype(widen(x));
  const Binary<V> b(x);
  // s = e/(2+e): a float quotient, corrected once.
  const V down = V::set(2) + b.e, inverse = V::set(1) / down;
  const F64 rough = widen(b.e * inverse);
  const F64 rest = widen(b.e) - rough * (widen(b.e) + F64::set(2));
  const F64 s = rough + rest * widen(inverse), z = s * s;
  F64 sum = F64::set(1.0 / 13);
  for (int k = 11; k > 0; k -= 2) sum = F64::set(1.0 / k) + z * sum;  // artanh(s)/s
  return widen(b.n) + s * sum * F64::set(2.8853900817779268147);      // 2/ln 2
}

// 2^y for y in double precision, |y| ≤ 240.
template <class V, class F64>
V exp2_wide(F64 y) {
  const V magic = V::set(12582912.0f), rounded = narrow(y) + magic;
  const F64 rest = y - widen(rounded - magic);
  const V e = exp(narrow(rest * F64::set(0.69314718055994530942)));
  const auto n = bits(rounded) - bits(magic), half = shift_right<1>(n), bias = V::Int::set(127);
  const V first = from_bits(shift_left<23>(half + bias));
  return (e * first) * from_bits(shift_left<23>((n - half) + bias));
}

// |a|^exponent for exponents in double precision.
template <class V, class F64>
V power_of_magnitude(V a, F64 exponent) {
  const V inside = simd::clamp(a, 0x1p-149f, kVectorMax);
  const F64 product = log2_wide(inside) * exponent;
  const V bound = V::set(240), size = narrow(product);
  const auto fits = (size <= bound) & (size >= negate(bound));
  // Far outside the result is 0 or ∞ anyway; the limit is exact in double precision.
  const V limit = at_most(at_least(size, negate(bound)), bound);
  const V fine = exp2_wide<V>(product), coarse = exp2_wide<V>(widen(limit));
  return select(fits, fine, coarse);
}

// As C's pow for float, except that a NaN operand always gives NaN.
template <class V>
V power(V a, V b) {
  const V zero = V::set(0), one = V::set(1), size = magnitude(a);
  const V regular = power_of_magnitude(size, widen(b));
  const auto grows = b > zero;
  const V at_zero = select(grows, zero, infinity<V>());
  const V at_infinity = select(grows, infinity<V>(), zero);
  V result = select(size <= zero, at_zero, select(size > V::set(kVectorMax), at_infinity, regular));
  // A negative base: its sign stays for odd exponents; there is no result for a fraction.
  const V whole = round(b), half = V::set(0.5f) * whole;
  const auto even = magnitude(half - round(half)) <= zero;
  const auto is_whole = magnitude(whole - b) <= zero;
  const auto negative = from_bits((bits(a) & V::Int::set(0x80000000u)) | bits(one)) < zero;
  const V mirrored =
      select(is_whole, select(even, result, negate(result)),
             select((size <= zero) | (size > V::set(kVectorMax)), result, not_a_number<V>()));
  result = select(negative, mirrored, result);
  result = select(magnitude(b) <= zero, one, result);
  return keep_nan(keep_nan(result, a), b);
}

template <class V>
V cube_root(V x) {
  using F64 = decltype(widen(x));
  const V a = magnitude(x);
  const V size = power_of_magnitude(a, F64::set(1.0 / 3));
  const auto regular = (a > V::set(0)) & (a <= V::set(kVectorMax));
  return select(regular, with_sign(size, x), x);
}

}  // namespace lab::formula
