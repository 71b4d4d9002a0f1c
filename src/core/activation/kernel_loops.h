#pragma once

// The loops that run a kernel body over arrays, and the table of them for one backend. The last
// few elements go through a padded vector: an element's bits don't depend on where it lies.
// Include it inside a backend's target region, after its vec_*.h.

#include "core/activation/kernel_table.h"
#include "core/activation/kernels_special.h"
#include "core/simd/vec_twice.h"

namespace lab::kernels {

// Runs `loop`, which takes whole vectors, over any number of elements.
template <class V>
[[gnu::noinline]] void in_vectors(decltype(KernelRow::value) loop, const float* params,
                                  const float* x, float* y, size_t count) {
  const size_t rest = count % V::lanes, whole = count - rest;
  float lane[V::lanes] = {};  // before the loop writes anything: y may be x
  for (size_t i = 0; i < rest; ++i) lane[i] = x[whole + i];
  loop(params, x, y, whole);
  if (rest == 0) return;
  loop(params, lane, lane, V::lanes);
  for (size_t i = 0; i < rest; ++i) y[whole + i] = lane[i];
}
// The same with two results.
template <class V>
[[gnu::noinline]] void in_vectors(decltype(KernelRow::both) loop, const float* params,
                                  const float* x, float* y, float* d, size_t count) {
  const size_t rest = count % V::lanes, whole = count - rest;
  float lane[V::lanes] = {}, slope[V::lanes];
  for (size_t i = 0; i < rest; ++i) lane[i] = x[whole + i];
  loop(params, x, y, d, whole);
  if (rest == 0) return;
  loop(params, lane, lane, slope, V::lanes);
  for (size_t i = 0; i < rest; ++i) y[whole + i] = lane[i];
  for (size_t i = 0; i < rest; ++i) d[whole + i] = slope[i];
}

// Flattened: a body that stayed a call would reload its constants for every vector.
template <class V, template <class> class Body>
struct Loops {
  static void value(const float* params, const float* x, float* y, size_t count) {
    if constexpr (requires { Body<V>::kCopies; }) {
      if (y != x) __builtin_memmove(y, x, count * sizeof(float));
    } else if constexpr (kPairsOnly) {
      in_vectors<Two>(value_loop, params, x, y, count);
    } else {
      in_vectors<V>(value_loop, params, x, y, count);
    }
  }
  static void derivative(const float* params, const float* x, float* d, size_t count) {
    in_vectors<V>(derivative_loop, params, x, d, count);
  }
  static void both(const float* params, const float* x, float* y, float* d, size_t count) {
    // As ever in training.
    if (count % V::lanes == 0) return both_loop(params, x, y, d, count);
    in_vectors<V>(both_loop, params, x, y, d, count);
  }

 private:
  using Two = simd::Twice<V>;
  static constexpr size_t kLanes = V::lanes;
  // Where two vectors are no more than a tile of training, a loop over single ones would be size
  // for nothing.
  static constexpr bool kPairsOnly = kLanes == 4;

  [[gnu::flatten]] static void value_loop(const float* params, const float* x, float* y,
                                          size_t count) {
    size_t i = 0;
    if constexpr (kLanes > 1) {
      const Body<Two> two(params);
      for (; i + 2 * kLanes <= count; i += 2 * kLanes) two.value(Two::load(x + i)).store(y + i);
    }
    if constexpr (!kPairsOnly) {
      const Body<V> f(params);
      for (; i < count; i += kLanes) f.value(V::load(x + i)).store(y + i);
    }
  }

  [[gnu::flatten]] static void derivative_loop(const float* params, const float* x, float* d,
                                               size_t count) {
    const Body<V> f(params);
    for (size_t i = 0; i < count; i += kLanes) f.derivative(V::load(x + i)).store(d + i);
  }

  [[gnu::flatten, gnu::noinline]] static void both_loop(const float* params, const float* x,
                                                        float* y, float* d, size_t count) {
    const Body<V> f(params);
    for (size_t i = 0; i < count; i += kLanes) {
      const V v = V::load(x + i);
      V value, slope;
      if constexpr (requires { f.both(v, value, slope); }) {
        f.both(v, value, slope);
      } else {
        value = f.value(v);
        slope = f.derivative(v);
      }
      value.store(y + i);
      slope.store(d + i);
    }
  }
};

template <class V>
struct KernelTable {
#define LAB_KERNEL_ROW(id, body) \
  {Loops<V, body>::value, Loops<V, body>::derivative, Loops<V, body>::both},
  static constexpr KernelRow rows[kKernelCount] = {LAB_ACTIVATION_KERNELS(LAB_KERNEL_ROW)};
#undef LAB_KERNEL_ROW
};

}  // namespace lab::kernels
