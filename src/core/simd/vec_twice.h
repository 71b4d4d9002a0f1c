#pragma once

// Two vectors that go through every operation side by side, as one vector type of twice the lanes.
// The operations of a kernel depend on each other in a long chain; two chains taken in turns keep
// the processor's units busy. Include it inside the backend's target region.

#include <cstdint>

namespace lab::simd {

// Before the loop, where the compiler has to be led to it.
template <class T, class Scalar>
T set_once(Scalar x) {
  if constexpr (requires { T::set_early(x); }) {
    return T::set_early(x);
  } else {
    return T::set(x);
  }
}

template <class T>
struct Twice {  // of masks, integers or doubles
  T a, b;
  template <class Scalar>
  static Twice set(Scalar x) {
    const T both = set_once<T>(x);
    return {both, both};
  }
};
template <class T>
requires requires {
  T::lanes;
}
struct Twice<T> {  // of floats
  using Int = Twice<typename T::Int>;
  using Bool = Twice<typename T::Bool>;
  static constexpr int lanes = 2 * T::lanes;
  T a, b;
  static Twice load(const float* p) { return {T::load(p), T::load(p + T::lanes)}; }
  void store(float* p) const {
    a.store(p);
    b.store(p + T::lanes);
  }
  static Twice set(float x) {
    const T both = set_once<T>(x);
    return {both, both};
  }
};

template <class T>
Twice<T> operator+(Twice<T> x, Twice<T> y) {
  return {x.a + y.a, x.b + y.b};
}
template <class T>
Twice<T> operator-(Twice<T> x, Twice<T> y) {
  return {x.a - y.a, x.b - y.b};
}
template <class T>
Twice<T> operator*(Twice<T> x, Twice<T> y) {
  return {x.a * y.a, x.b * y.b};
}
template <class T>
Twice<T> operator/(Twice<T> x, Twice<T> y) {
  return {x.a / y.a, x.b / y.b};
}
template <class T>
Twice<T> operator&(Twice<T> x, Twice<T> y) {
  return {x.a & y.a, x.b & y.b};
}
template <class T>
Twice<T> operator|(Twice<T> x, Twice<T> y) {
  return {x.a | y.a, x.b | y.b};
}
template <class T>
Twice<T> operator^(Twice<T> x, Twice<T> y) {
  return {x.a ^ y.a, x.b ^ y.b};
}
template <int K, class T>
Twice<T> shift_left(Twice<T> x) {
  return {shift_left<K>(x.a), shift_left<K>(x.b)};
}
template <int K, class T>
Twice<T> shift_right(Twice<T> x) {
  return {shift_right<K>(x.a), shift_right<K>(x.b)};
}

template <class T>
typename Twice<T>::Bool operator<(Twice<T> x, Twice<T> y) {
  return {x.a < y.a, x.b < y.b};
}
template <class T>
typename Twice<T>::Bool operator<=(Twice<T> x, Twice<T> y) {
  return {x.a <= y.a, x.b <= y.b};
}
template <class T>
typename Twice<T>::Bool operator>(Twice<T> x, Twice<T> y) {
  return {x.a > y.a, x.b > y.b};
}
template <class T>
typename Twice<T>::Bool operator>=(Twice<T> x, Twice<T> y) {
  return {x.a >= y.a, x.b >= y.b};
}
template <class T>
typename Twice<T>::Bool is_nan(Twice<T> x) {
  return {is_nan(x.a), is_nan(x.b)};
}
template <class Mask>
bool any(Twice<Mask> m) {
  return any(m.a | m.b);
}
template <class Mask, class T>
Twice<T> select(Twice<Mask> m, Twice<T> x, Twice<T> y) {
  return {select(m.a, x.a, y.a), select(m.b, x.b, y.b)};
}

template <class T>
auto bits(Twice<T> x) {
  return Twice<decltype(bits(x.a))>{bits(x.a), bits(x.b)};
}
template <class T>
auto from_bits(Twice<T> x) {
  return Twice<decltype(from_bits(x.a))>{from_bits(x.a), from_bits(x.b)};
}
template <class T>
auto widen(Twice<T> x) {
  return Twice<decltype(widen(x.a))>{widen(x.a), widen(x.b)};
}
template <class T>
auto narrow(Twice<T> x) {
  return Twice<decltype(narrow(x.a))>{narrow(x.a), narrow(x.b)};
}
template <class T>
auto low_words(Twice<T> x) {
  return Twice<decltype(low_words(x.a))>{low_words(x.a), low_words(x.b)};
}

template <class T>
Twice<T> at_most(Twice<T> x, Twice<T> y) {
  return {at_most(x.a, y.a), at_most(x.b, y.b)};
}
template <class T>
Twice<T> at_least(Twice<T> x, Twice<T> y) {
  return {at_least(x.a, y.a), at_least(x.b, y.b)};
}
template <class T>
Twice<T> square_root(Twice<T> x) {
  return {square_root(x.a), square_root(x.b)};
}
template <class T>
requires requires(T v) {
  fused(v, v, v);
}
Twice<T> fused(Twice<T> x, Twice<T> y, Twice<T> z) {
  return {fused(x.a, y.a, z.a), fused(x.b, y.b, z.b)};
}
template <class T>
requires requires(T v) {
  scaled(v, v);
}
Twice<T> scaled(Twice<T> x, Twice<T> n) {
  return {scaled(x.a, n.a), scaled(x.b, n.b)};
}

}  // namespace lab::simd
