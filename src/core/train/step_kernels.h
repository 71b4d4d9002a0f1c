#pragma once

// The bodies of step_table.h, generic over the vector type V. Include it inside a backend's target
// region, after its vec_*.h and transpose_*.h.

#include "core/simd/vec_twice.h"
#include "core/train/loss_kernels.h"
#include "core/train/step_table.h"
#include "core/train/update.h"

namespace lab::train {

// Arguments are copied where a loop begins: of those behind a reference the compiler would believe
// that every store of a vector may change them.

// Rows × Vectors of an output at a time: as many running sums as hide the latency of an addition.
template <class V, int Rows, int Vectors>
struct Sums {
  static constexpr size_t kWidth = static_cast<size_t>(Vectors * V::lanes);
  V sum[Rows][Vectors];

  void start(int r, V value) {
    for (int v = 0; v < Vectors; ++v) sum[r][v] = value;
  }
  // Adds Σ_k w[r][k]·x[k], with w[r+1][k] and w[r][k+1] so far from w[r][k].
  [[gnu::always_inline]] void add(const float* w, size_t w_row, size_t w_inner, const float* x,
                                  size_t x_row, size_t inner) {
    for (size_t k = 0; k < inner; ++k, x += x_row, w += w_inner) {
      V in[Vectors];
      for (int v = 0; v < Vectors; ++v) in[v] = V::load(x + v * V::lanes);
      for (int r = 0; r < Rows; ++r) {
        const V weight = V::set(w[static_cast<size_t>(r) * w_row]);
        for (int v = 0; v < Vectors; ++v) sum[r][v] = sum[r][v] + weight * in[v];
      }
    }
  }
};

// cut() of update.h, with what it needs made once, before a loop.
template <class V>
struct Cut {
  // Spelt out: one that g++ makes by itself does not belong to the target region.
  Cut()
      : limit(simd::set_once<V>(kSmallest)),
        magnitude(simd::set_once<Int>(0x7fffffffu)),
        all(simd::set_once<Int>(0xffffffffu)) {}
  V operator()(V x) const {
    const auto small = from_bits(bits(x) & magnitude) < limit;
    if constexpr (requires { bits(small); }) {  // fewer instructions than a choice takes
      return from_bits(bits(x) & (bits(small) ^ all));
    } else {
      return select(small, V::set(0), x);
    }
  }

 private:
  using Int = typename V::Int;
  V limit;
  Int magnitude, all;
};

template <int Vectors>
inline constexpr int kRowsAtOnce = Vectors > 2 ? 2 : 4;

template <class V, int Rows, int Vectors>
[[gnu::always_inline]] inline void forward_rows(const ForwardArgs& a, size_t unit) {
  Sums<V, Rows, Vectors> sums;
  const float* w = a.w + unit * a.row;
  for (int r = 0; r < Rows; ++r) {
    sums.start(r, V::set(w[static_cast<size_t>(r) * a.row + a.inputs]));
  }
  sums.add(w, a.row, 1, a.x, a.x_row, a.inputs);
  float* out = a.out + unit * sums.kWidth;
  for (int i = 0; i < Rows * Vectors; ++i) {
    sums.sum[i / Vectors][i % Vectors].store(out + i * V::lanes);
  }
}

template <class V, int Vectors>
void forward(const ForwardArgs& args) {
  const ForwardArgs a = args;
  constexpr int kRows = kRowsAtOnce<Vectors>;
  size_t unit = 0;
  for (; unit + kRows <= a.units; unit += kRows) forward_rows<V, kRows, Vectors>(a, unit);
  for (; unit < a.units; ++unit) forward_rows<V, 1, Vectors>(a, unit);
}

template <class V, int Rows, int Vectors>
[[gnu::always_inline]] inline void backward_rows(const BackwardArgs& a, size_t input,
                                                 const Cut<V>& cut) {
  Sums<V, Rows, Vectors> sums;
  for (int r = 0; r < Rows; ++r) sums.start(r, V::set(0));
  sums.add(a.w + input, 1, a.row, a.delta, sums.kWidth, a.units);
  const float* slope = a.slope + input * sums.kWidth;
  float* out = a.out + input * sums.kWidth;
  for (int i = 0; i < Rows * Vectors; ++i) {
    const V sum = sums.sum[i / Vectors][i % Vectors];
    cut(sum * V::load(slope + i * V::lanes)).store(out + i * V::lanes);
  }
}

template <class V, int Vectors>
void backward(const BackwardArgs& args) {
  const BackwardArgs a = args;
  const Cut<V> cut;
  constexpr int kRows = kRowsAtOnce<Vectors>;
  size_t input = 0;
  for (; input + kRows <= a.inputs; input += kRows) backward_rows<V, kRows, Vectors>(a, input, cut);
  for (; input < a.inputs; ++input) backward_rows<V, 1, Vectors>(a, input, cut);
}

// A function of its own, so that its loop has the registers for itself.
template <class V, int Units, int Vectors>
[[gnu::noinline]] void gradient_block(const float* delta, size_t delta_row, const float* x,
                                      float* g, size_t row, size_t samples, bool accumulate) {
  V sum[Units][Vectors];
  for (int i = 0; i < Units * Vectors; ++i) sum[i / Vectors][i % Vectors] = V::set(0);
  const auto place = [&](int u, int v) { return g + static_cast<size_t>(u) * row + v * V::lanes; };
  if (accumulate) {
    for (int u = 0; u < Units; ++u) {
      for (int v = 0; v < Vectors; ++v) sum[u][v] = V::load(place(u, v));
    }
  }
  for (size_t s = 0; s < samples; ++s, x += row, ++delta) {
    V in[Vectors];
    for (int v = 0; v < Vectors; ++v) in[v] = V::load(x + v * V::lanes);
    for (int u = 0; u < Units; ++u) {
      const V d = V::set(delta[static_cast<size_t>(u) * delta_row]);
      for (int v = 0; v < Vectors; ++v) sum[u][v] = sum[u][v] + d * in[v];
    }
  }
  for (int u = 0; u < Units; ++u) {
    for (int v = 0; v < Vectors; ++v) sum[u][v].store(place(u, v));
  }
}

template <class V, int Units, int Vectors>
void gradient_at(const GradientArgs& a, size_t unit, size_t input) {
  gradient_block<V, Units, Vectors>(a.delta + unit * a.delta_row, a.delta_row, a.x + input,
                                    a.g + unit * a.row + input, a.row, a.samples, a.accumulate);
}

template <class V, int Units>
[[gnu::always_inline]] inline void gradient_rows(const GradientArgs& a, size_t unit) {
  constexpr int kVectors = Units == 1 ? 4 : 2;
  size_t input = 0;
  for (; input + kVectors * V::lanes <= a.row; input += kVectors * V::lanes) {
    gradient_at<V, Units, kVectors>(a, unit, input);
  }
  for (; input < a.row; input += V::lanes) gradient_at<V, Units, 1>(a, unit, input);
}

template <class V>
void gradient(const GradientArgs& args) {
  const GradientArgs a = args;
  size_t unit = 0;
  for (; unit + 4 <= a.units; unit += 4) gradient_rows<V, 4>(a, unit);
  if (unit + 2 <= a.units) {
    gradient_rows<V, 2>(a, unit);
    unit += 2;
  }
  if (unit < a.units) gradient_rows<V, 1>(a, unit);
}

// Transpose4 turns 4×4 floats.
template <class V, void (*Transpose4)(const float*, size_t, float*, size_t)>
void transpose(const TransposeArgs& args) {
  const TransposeArgs a = args;
  for (size_t unit = 0; unit < a.units; unit += 4) {
    for (size_t s = 0; s < a.samples; s += 4) {
      Transpose4(a.from + unit * a.from_row + s, a.from_row, a.to + s * a.to_row + unit, a.to_row);
    }
  }
}

template <class V, void (*Transpose4)(const float*, size_t, float*, size_t), int Vectors>
void learn(const TileSteps& tile) {
  const size_t last = tile.layers.size() - 1;
  for (size_t l = 0; l < last; ++l) {
    const LayerSteps& layer = tile.layers[l];
    forward<V, Vectors>(layer.forward);
    const ActivateArgs& f = layer.activate;
    f.both(f.params, f.z, f.a, f.slope, f.count);
    transpose<V, Transpose4>(layer.transpose);
  }
  forward<V, Vectors>(tile.layers[last].forward);
  tile.loss_gradient(tile.loss, tile.loss_args);
  for (size_t l = last; l > 0; --l) {
    backward<V, Vectors>(tile.layers[l].backward);
    gradient<V>(tile.layers[l].gradient);
  }
  gradient<V>(tile.layers[0].gradient);
}

template <class V, void (*Transpose4)(const float*, size_t, float*, size_t)>
inline constexpr StepTable kSteps = {
    V::lanes,
    {forward<V, 1>, forward<V, 2>, forward<V, 3>, forward<V, 4>},
    {backward<V, 1>, backward<V, 2>, backward<V, 3>, backward<V, 4>},
    gradient<V>,
    transpose<V, Transpose4>,
    loss_gradient<V>,
    {learn<V, Transpose4, 1>, learn<V, Transpose4, 2>, learn<V, Transpose4, 3>,
     learn<V, Transpose4, 4>},
    update<V, float>};

}  // namespace lab::train
