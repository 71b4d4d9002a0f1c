#pragma once

// Row-wise activations, generic over the vector type V. A row is taken in tiles of 16 columns
// whatever the vector's width, and sums run in 16 lanes that one fixed tree adds up: every backend
// gives the same bits. Softmax and softmin are within 7 units in the last place, where they are
// normal numbers, log_softmax within 5. Include it inside a backend's target region, after its
// vec_*.h.

#include "core/activation/kernels_exponential.h"
#include "core/activation/rowwise_table.h"
#include "core/simd/log_one_plus.h"
#include "core/simd/vec_twice.h"

namespace lab::kernels {

inline constexpr size_t kTile = 16;

template <class V>
struct Tile {
  static constexpr size_t kVectors = kTile / V::lanes;
  V v[kVectors];

  // The columns from `at` on; those beyond the row's end read as `filler`.
  static Tile load(const float* row, size_t at, size_t columns, float filler) {
    Tile t;
    if (at + kTile <= columns) {
      for (size_t k = 0; k < kVectors; ++k) t.v[k] = V::load(row + at + k * V::lanes);
    } else {
      const Tile rest = load_rest(row + at, columns - at, filler);
      for (size_t k = 0; k < kVectors; ++k) t.v[k] = rest.v[k];
    }
    return t;
  }
  void store(float* row, size_t at, size_t columns) const {
    if (at + kTile <= columns) {
      for (size_t k = 0; k < kVectors; ++k) v[k].store(row + at + k * V::lanes);
    } else {
      const Tile rest = *this;
      rest.store_rest(row + at, columns - at);
    }
  }
  static Tile set(float x) {
    Tile t;
    for (size_t k = 0; k < kVectors; ++k) t.v[k] = V::set(x);
    return t;
  }
  // Lane i takes in lane i + 8, then i + 4, i + 2 and i + 1: in registers as far as vectors go.
  template <class Operation>
  float folded(Operation operation) const {
    Tile t = *this;
    for (size_t n = kVectors / 2; n > 0; n /= 2) {
      for (size_t k = 0; k < n; ++k) t.v[k] = operation(t.v[k], t.v[k + n]);
    }
    return folded_lanes(t.v[0], operation);
  }
  float sum() const {
    return folded([](auto a, auto b) { return a + b; });
  }

 private:
  template <class U, class Operation>
  static float folded_lanes(U v, Operation operation) {
    if constexpr (requires { v.a; }) {  // two vectors
      return folded_lanes(operation(v.a, v.b), operation);
    } else {
      float lane[U::lanes];
      v.store(lane);
      for (size_t n = U::lanes / 2; n > 0; n /= 2) {
        for (size_t i = 0; i < n; ++i) lane[i] = operation(lane[i], lane[i + n]);
      }
      return lane[0];
    }
  }
  // `count` < 16 columns; whole vectors go straight, since reading one back from single floats just
  // written is slow. Callers pass copies: a tile whose address is known would live in memory.
  [[gnu::noinline]] static Tile load_rest(const float* from, size_t count, float filler) {
    Tile t;
    for (size_t k = 0; k < kVectors; ++k, from += V::lanes) {
      if (count >= V::lanes) {
        t.v[k] = V::load(from);
        count -= V::lanes;
        continue;
      }
      float padded[V::lanes];
      for (size_t i = 0; i < V::lanes; ++i) padded[i] = i < count ? from[i] : filler;
      t.v[k] = count > 0 ? V::load(padded) : V::set(filler);
      count = 0;
    }
    return t;
  }
  [[gnu::noinline]] void store_rest(float* to, size_t count) const {
    for (size_t k = 0; count > 0; ++k, to += V::lanes) {
      if (count >= V::lanes) {
        v[k].store(to);
        count -= V::lanes;
        continue;
      }
      float padded[V::lanes];
      v[k].store(padded);
      for (size_t i = 0; i < count; ++i) to[i] = padded[i];
      count = 0;
    }
  }
};

// Calls take(k, v) for each vector of a row, the k-th of its tile. Whole tiles are not gathered in
// a Tile, which would go through memory.
template <class V, class Take>
void read_row(const float* x, size_t columns, float filler, Take take) {
  size_t at = 0;
  for (; at + kTile <= columns; at += kTile) {
    for (size_t k = 0; k < Tile<V>::kVectors; ++k) take(k, V::load(x + at + k * V::lanes));
  }
  if (at == columns) return;
  const Tile<V> t = Tile<V>::load(x, at, columns, filler);
  for (size_t k = 0; k < Tile<V>::kVectors; ++k) take(k, t.v[k]);
}
// Writes f(k, v) of each. y may be x.
template <class V, class Function>
void map_row(const float* x, size_t columns, float filler, float* y, Function f) {
  size_t at = 0;
  for (; at + kTile <= columns; at += kTile) {
    for (size_t k = 0; k < Tile<V>::kVectors; ++k) {
      const size_t i = at + k * V::lanes;
      f(k, V::load(x + i)).store(y + i);
    }
  }
  if (at == columns) return;
  Tile<V> t = Tile<V>::load(x, at, columns, filler);
  for (size_t k = 0; k < Tile<V>::kVectors; ++k) t.v[k] = f(k, t.v[k]);
  t.store(y, at, columns);
}

// What goes through many operations is taken two short vectors at a time.
template <class V, int Lanes>
struct WideOf {
  using Type = V;
};
template <class V>
struct WideOf<V, 4> {
  using Type = simd::Twice<V>;
};
template <class V>
using Wide = typename WideOf<V, V::lanes>::Type;

inline float at_least(float x, float c) {
  return x < c ? c : x;
}

// The largest sign·x of a row, NaN left out.
template <class V, int Sign>
float row_top(const float* x, size_t columns) {
  const float lowest = -__builtin_inff();
  Tile<V> top = Tile<V>::set(lowest);
  read_row<V>(x, columns, Sign * lowest,
              [&](size_t k, V v) { top.v[k] = at_least(top.v[k], Sign > 0 ? v : negate(v)); });
  return top.folded([](auto a, auto b) { return at_least(a, b); });
}

// The exponentials of a row in a common unit, which cancels where they are divided by each other:
// e^(sign·x − shift)·2^(64 − k), k making the largest about 2^64. The shift is 0 or, where the
// row's top is so far out that the difference is exact for all that count beside it, the top.
template <class V, int Sign>
struct RowExp {
  V offset, lowest, magic;

  explicit RowExp(float top) {
    const float shift = top < 256 && top > -256 ? 0 : top;
    const float rest = top - shift;  // NaN where top is infinite: then all results are
    const float k = (rest * simd::kLog2E + simd::kIntegerMagic) - simd::kIntegerMagic;
    offset = V::set(-shift);
    lowest = V::set(rest - 130);  // vanishes beside the largest
    magic = V::set(simd::kExpMagic<64> - k);
  }
  V of(V x) const {
    const V y = Sign > 0 ? offset + x : offset - x;
    const Exp<V> e = simd::exp_parts_by(magic, at_least(y, lowest));
    return (e.scale * e.up()) / e.down();
  }
};

// y = softmax(sign·x)
template <class V, int Sign>
[[gnu::noinline, gnu::flatten]] void softmax_row(const float* x, size_t columns, float* y) {
  using W = Wide<V>;
  const RowExp<W, Sign> exp(row_top<V, Sign>(x, columns));
  Tile<W> sums = Tile<W>::set(0);
  map_row<W>(x, columns, Sign * -__builtin_inff(), y, [&](size_t k, W v) {
    const W e = exp.of(v);
    sums.v[k] = sums.v[k] + e;
    return e;
  });
  const V total = V::set(sums.sum());
  map_row<V>(y, columns, 0, y, [&](size_t, V v) { return v / total; });
}

// Σ aᵢ·bᵢ, or Σ aᵢ where b is null.
template <class V>
float row_sum(const float* a, const float* b, size_t columns) {
  Tile<V> sums = Tile<V>::set(0);
  for (size_t at = 0; at < columns; at += kTile) {
    Tile<V> t = Tile<V>::load(a, at, columns, 0);
    if (b) {
      const Tile<V> u = Tile<V>::load(b, at, columns, 0);
      for (size_t k = 0; k < Tile<V>::kVectors; ++k) t.v[k] = t.v[k] * u.v[k];
    }
    for (size_t k = 0; k < Tile<V>::kVectors; ++k) sums.v[k] = sums.v[k] + t.v[k];
  }
  return sums.sum();
}

// y = softmax(sign·x) and its ∂/∂x: sign·y·(g − Σ g·y)
template <class V, int Sign>
struct Softmax {
  static void forward(const float* x, size_t columns, float* y) {
    softmax_row<V, Sign>(x, columns, y);
  }
  [[gnu::flatten]] static void backward(const float* x, size_t columns, const float* g,
                                        float* out) {
    softmax_row<V, Sign>(x, columns, out);
    const V mean = V::set(row_sum<V>(g, out, columns));
    for (size_t at = 0; at < columns; at += kTile) {
      Tile<V> y = Tile<V>::load(out, at, columns, 0);
      const Tile<V> t = Tile<V>::load(g, at, columns, 0);
      for (size_t k = 0; k < Tile<V>::kVectors; ++k) {
        y.v[k] = y.v[k] * (Sign > 0 ? t.v[k] - mean : mean - t.v[k]);
      }
      y.store(out, at, columns);
    }
  }
};

// (x − top) − ln Σ e^(x − top), two terms of one sign. The columns equal to top are counted, not
// summed: where the others are far below, the logarithm of 1 + little stays exact.
template <class V>
struct LogSoftmax {
  [[gnu::flatten]] static void forward(const float* x, size_t columns, float* y) {
    const float largest = row_top<V, 1>(x, columns);
    using W = Wide<V>;
    const RowExp<W, 1> exp(largest);
    const W unit = W::set(largest);
    Tile<W> sums = Tile<W>::set(0), ties = Tile<W>::set(0);
    read_row<W>(x, columns, -__builtin_inff(), [&](size_t k, W v) {
      const auto tie = v >= unit;
      sums.v[k] = sums.v[k] + select(tie, W::set(0), exp.of(v));
      ties.v[k] = ties.v[k] + select(tie, W::set(1), W::set(0));
    });
    float one[W::lanes];
    exp.of(unit).store(one);
    const double others = static_cast<double>(sums.sum()) / static_cast<double>(one[0]) +
                          (static_cast<double>(ties.sum()) - 1);
    const V top = V::set(largest), log = V::set(static_cast<float>(simd::log_one_plus(others)));
    map_row<V>(x, columns, 0, y, [&](size_t, V v) { return (v - top) - log; });
  }
  [[gnu::flatten]] static void backward(const float* x, size_t columns, const float* g,
                                        float* out) {
    softmax_row<V, 1>(x, columns, out);
    const V total = V::set(row_sum<V>(g, nullptr, columns));
    for (size_t at = 0; at < columns; at += kTile) {
      Tile<V> y = Tile<V>::load(out, at, columns, 0);
      const Tile<V> t = Tile<V>::load(g, at, columns, 0);
      for (size_t k = 0; k < Tile<V>::kVectors; ++k) y.v[k] = t.v[k] - y.v[k] * total;
      y.store(out, at, columns);
    }
  }
};

// The first half of a row, gated by the sigmoid of the second.
template <class V>
struct Glu {
  [[gnu::flatten]] static void forward(const float* x, size_t columns, float* y) {
    const size_t half = columns / 2;
    const Sigmoid<V> gate(nullptr);
    for (size_t at = 0; at < half; at += kTile) {
      Tile<V> a = Tile<V>::load(x, at, half, 0);
      const Tile<V> b = Tile<V>::load(x + half, at, half, 0);
      for (size_t k = 0; k < Tile<V>::kVectors; ++k) a.v[k] = a.v[k] * gate.value(b.v[k]);
      a.store(y, at, half);
    }
  }
  [[gnu::flatten]] static void backward(const float* x, size_t columns, const float* g,
                                        float* out) {
    const size_t half = columns / 2;
    const Sigmoid<V> gate(nullptr);
    for (size_t at = 0; at < half; at += kTile) {
      Tile<V> a = Tile<V>::load(x, at, half, 0);
      Tile<V> b = Tile<V>::load(x + half, at, half, 0);
      const Tile<V> t = Tile<V>::load(g, at, half, 0);
      for (size_t k = 0; k < Tile<V>::kVectors; ++k) {
        const V gate_in = b.v[k];
        b.v[k] = t.v[k] * a.v[k] * gate.derivative(gate_in);
        a.v[k] = t.v[k] * gate.value(gate_in);
      }
      a.store(out, at, half);
      b.store(out + half, at, half);
    }
  }
};

template <class V>
struct RowKernelTable {
  static constexpr RowKernelRow rows[kRowKernelCount] = {
      {Softmax<V, 1>::forward, Softmax<V, 1>::backward},
      {Softmax<V, -1>::forward, Softmax<V, -1>::backward},
      {LogSoftmax<V>::forward, LogSoftmax<V>::backward},
      {sparsemax_forward, sparsemax_backward},
      {Glu<V>::forward, Glu<V>::backward},
  };
};

}  // namespace lab::kernels
