#pragma once

// The loops that run a kernel body over arrays, and the table of them for one backend. The last
// few elements go through a padded vector: an element's bits don't depend on where it lies.
// Include it inside a backend's target region, after its vec_*.h.

#include "core/activation/kernel_table.h"
#include "core/activation/kernels_special.h"

namespace lab::kernels {

// A vector's worth of memory for the elements that don't fill one.
template <class V>
struct Padded {
  float lane[V::lanes] = {};
  V load(const float* from, size_t count) {
    for (size_t i = 0; i < count; ++i) lane[i] = from[i];
    return V::load(lane);
  }
  void store(V v, float* to, size_t count) {
    v.store(lane);
    for (size_t i = 0; i < count; ++i) to[i] = lane[i];
  }
};

// Flattened: a body that stayed a call would reload its constants for every vector.
template <class V, template <class> class Body>
struct Loops {
  static constexpr size_t kLanes = V::lanes;

  [[gnu::flatten]] static void value(const float* params, const float* x, float* y, size_t count) {
    const Body<V> f(params);
    size_t i = 0;
    for (; i + kLanes <= count; i += kLanes) f.value(V::load(x + i)).store(y + i);
    if (i == count) return;
    Padded<V> rest;
    rest.store(f.value(rest.load(x + i, count - i)), y + i, count - i);
  }

  [[gnu::flatten]] static void derivative(const float* params, const float* x, float* d,
                                          size_t count) {
    const Body<V> f(params);
    size_t i = 0;
    for (; i + kLanes <= count; i += kLanes) f.derivative(V::load(x + i)).store(d + i);
    if (i == count) return;
    Padded<V> rest;
    rest.store(f.derivative(rest.load(x + i, count - i)), d + i, count - i);
  }

  [[gnu::flatten]] static void both(const float* params, const float* x, float* y, float* d,
                                    size_t count) {
    const Body<V> f(params);
    size_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
      const V v = V::load(x + i);
      const V slope = f.derivative(v);
      f.value(v).store(y + i);
      slope.store(d + i);
    }
    if (i == count) return;
    Padded<V> rest;
    const V v = rest.load(x + i, count - i);
    const V slope = f.derivative(v);
    rest.store(f.value(v), y + i, count - i);
    rest.store(slope, d + i, count - i);
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
