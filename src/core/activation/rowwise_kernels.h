#pragma once

// Row-wise activations, generic over the vector type V. A row is taken in tiles of 16 columns
// whatever the vector's width, and sums run in 16 lanes that one fixed tree adds up: every backend
// gives the same bits. Include it inside a backend's target region, after its vec_*.h.

#include "core/activation/kernels_exponential.h"
#include "core/activation/rowwise_table.h"
#include "core/simd/log_one_plus.h"

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
      return t;
    }
    float padded[kTile];
    for (size_t i = 0; i < kTile; ++i) padded[i] = at + i < columns ? row[at + i] : filler;
    for (size_t k = 0; k < kVectors; ++k) t.v[k] = V::load(padded + k * V::lanes);
    return t;
  }
  void store(float* row, size_t at, size_t columns) const {
    if (at + kTile <= columns) {
      for (size_t k = 0; k < kVectors; ++k) v[k].store(row + at + k * V::lanes);
      return;
    }
    float padded[kTile];
    for (size_t k = 0; k < kVectors; ++k) v[k].store(padded + k * V::lanes);
    for (size_t i = at; i < columns; ++i) row[i] = padded[i - at];
  }
  static Tile set(float x) {
    Tile t;
    for (size_t k = 0; k < kVectors; ++k) t.v[k] = V::set(x);
    return t;
  }
  float sum() const {
    float lane[kTile];
    for (size_t k = 0; k < kVectors; ++k) v[k].store(lane + k * V::lanes);
    for (size_t width = kTile / 2; width > 0; width /= 2) {
      for (size_t i = 0; i < width; ++i) lane[i] += lane[i + width];
    }
    return lane[0];
  }
};

// e^(sign·(x − top)) for a row, top being the largest sign·x.
template <class V>
struct RowExp {
  static constexpr float kLowest = -3.4028234e38f;
  const float* x;
  size_t columns;
  float sign;  // 1, or −1 for softmin
  float top;

  RowExp(const float* row, size_t n, float row_sign) : x(row), columns(n), sign(row_sign) {
    float largest = -__builtin_inff();
    for (size_t at = 0; at < n; at += kTile) {
      const Tile<V> t = Tile<V>::load(row, at, n, row[0]);
      float lane[kTile];
      for (size_t k = 0; k < Tile<V>::kVectors; ++k) {
        (t.v[k] * V::set(sign)).store(lane + k * V::lanes);
      }
      for (size_t i = 0; i < kTile; ++i) largest = lane[i] > largest ? lane[i] : largest;
    }
    top = largest;
  }

  // sign·x − top exactly, as high + low.
  struct Difference {
    V high, low;
  };
  Difference difference(V value) const {
    const V a = value * V::set(sign), b = V::set(-top);
    const V high = a + b;
    const V part = high - a;
    const V low = (a - (high - part)) + (b - part);
    return {high, select(high > V::set(-104), low, V::set(0))};  // −∞ has no low part
  }
  V scaled(V value) const {  // 2^64·e^…
    const Difference d = difference(value);
    const Exp<V> e = exp_parts<64>(at_least(d.high, V::set(-104)), d.low);
    return select(d.high < V::set(-104), V::set(0), e.scale * e.whole());  // padding counts nothing
  }
};

// y = softmax(sign·x)
template <class V>
void softmax_row(const float* x, size_t columns, float* y, float sign) {
  const RowExp<V> row(x, columns, sign);
  Tile<V> sums = Tile<V>::set(0);
  for (size_t at = 0; at < columns; at += kTile) {
    Tile<V> t = Tile<V>::load(x, at, columns, sign * -__builtin_inff());
    for (size_t k = 0; k < Tile<V>::kVectors; ++k) {
      t.v[k] = row.scaled(t.v[k]);
      sums.v[k] = sums.v[k] + t.v[k];
    }
    t.store(y, at, columns);
  }
  const V total = V::set(sums.sum());
  for (size_t at = 0; at < columns; at += kTile) {
    Tile<V> t = Tile<V>::load(y, at, columns, 0);
    for (V& v : t.v) v = v / total;
    t.store(y, at, columns);
  }
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

// ∂/∂x of softmax(sign·x): sign·y·(g − Σ g·y)
template <class V>
void softmax_row_backward(const float* x, size_t columns, const float* g, float* out, float sign) {
  softmax_row<V>(x, columns, out, sign);
  const V mean = V::set(row_sum<V>(g, out, columns));
  for (size_t at = 0; at < columns; at += kTile) {
    Tile<V> y = Tile<V>::load(out, at, columns, 0);
    const Tile<V> t = Tile<V>::load(g, at, columns, 0);
    for (size_t k = 0; k < Tile<V>::kVectors; ++k) {
      y.v[k] = y.v[k] * (t.v[k] - mean) * V::set(sign);
    }
    y.store(out, at, columns);
  }
}

template <class V>
struct Softmax {
  [[gnu::flatten]] static void forward(const float* x, size_t n, float* y) {
    softmax_row<V>(x, n, y, 1);
  }
  [[gnu::flatten]] static void backward(const float* x, size_t n, const float* g, float* out) {
    softmax_row_backward<V>(x, n, g, out, 1);
  }
};
template <class V>
struct Softmin {
  [[gnu::flatten]] static void forward(const float* x, size_t n, float* y) {
    softmax_row<V>(x, n, y, -1);
  }
  [[gnu::flatten]] static void backward(const float* x, size_t n, const float* g, float* out) {
    softmax_row_backward<V>(x, n, g, out, -1);
  }
};

// (x − top) − ln Σ e^(x − top). The columns equal to top are counted, not summed: where the others
// are far below, the logarithm of 1 + little stays exact.
template <class V>
struct LogSoftmax {
  [[gnu::flatten]] static void forward(const float* x, size_t columns, float* y) {
    const RowExp<V> row(x, columns, 1);
    const V top = V::set(row.top);
    Tile<V> sums = Tile<V>::set(0), ties = Tile<V>::set(0);
    for (size_t at = 0; at < columns; at += kTile) {
      const Tile<V> t = Tile<V>::load(x, at, columns, -__builtin_inff());
      for (size_t k = 0; k < Tile<V>::kVectors; ++k) {
        const auto tie = t.v[k] >= top;
        sums.v[k] = sums.v[k] + select(tie, V::set(0), row.scaled(t.v[k]));
        ties.v[k] = ties.v[k] + select(tie, V::set(1), V::set(0));
      }
    }
    const double others =
        static_cast<double>(sums.sum()) * 0x1p-64 + (static_cast<double>(ties.sum()) - 1);
    const V log = V::set(static_cast<float>(simd::log_one_plus(others)));
    for (size_t at = 0; at < columns; at += kTile) {
      Tile<V> t = Tile<V>::load(x, at, columns, 0);
      for (V& v : t.v) {
        const auto d = row.difference(v);
        v = d.high - (log - d.low);
      }
      t.store(y, at, columns);
    }
  }
  [[gnu::flatten]] static void backward(const float* x, size_t columns, const float* g,
                                        float* out) {
    softmax_row<V>(x, columns, out, 1);
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
      {Softmax<V>::forward, Softmax<V>::backward},
      {Softmin<V>::forward, Softmin<V>::backward},
      {LogSoftmax<V>::forward, LogSoftmax<V>::backward},
      {sparsemax_forward, sparsemax_backward},
      {Glu<V>::forward, Glu<V>::backward},
  };
};

}  // namespace lab::kernels
