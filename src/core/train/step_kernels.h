#pragma once

// The bodies of step_table.h, generic over the vector type V. Include it inside a backend's target
// region, after its vec_*.h and transpose_*.h.

#include "core/train/loss_kernels.h"
#include "core/train/step_table.h"
#include "core/train/update.h"

namespace lab::train {

// Rows × Vectors of the output at a time: as many running sums as hide the latency of an addition.
template <class V, int Rows, int Vectors>
[[gnu::always_inline]] inline void linear_block(const LinearArgs& a, size_t row) {
  V sum[Rows][Vectors];
  const float* w = a.w + row * a.w_row;
  for (int r = 0; r < Rows; ++r) {
    const V start = V::set(a.bias ? a.bias[(row + static_cast<size_t>(r)) * a.w_row] : 0.0f);
    for (int v = 0; v < Vectors; ++v) sum[r][v] = start;
  }
  const float* x = a.x;
  for (size_t k = 0; k < a.inner; ++k, x += a.x_row, w += a.w_inner) {
    V in[Vectors];
    for (int v = 0; v < Vectors; ++v) in[v] = V::load(x + v * V::lanes);
    for (int r = 0; r < Rows; ++r) {
      const V weight = V::set(w[static_cast<size_t>(r) * a.w_row]);
      for (int v = 0; v < Vectors; ++v) sum[r][v] = sum[r][v] + weight * in[v];
    }
  }
  for (int r = 0; r < Rows; ++r) {
    const size_t at = (row + static_cast<size_t>(r)) * a.out_row;
    for (int v = 0; v < Vectors; ++v) {
      const size_t i = at + static_cast<size_t>(v * V::lanes);
      V out = sum[r][v];
      if (a.scale) out = cut(out * V::load(a.scale + i));
      out.store(a.out + i);
    }
  }
}

template <class V, int Vectors>
void linear(const LinearArgs& a) {
  constexpr int kRows = Vectors > 2 ? 2 : 4;
  size_t row = 0;
  for (; row + kRows <= a.rows; row += kRows) linear_block<V, kRows, Vectors>(a, row);
  for (; row < a.rows; ++row) linear_block<V, 1, Vectors>(a, row);
}

template <class V, int Units, int Vectors>
[[gnu::always_inline]] inline void gradient_block(const GradientArgs& a, size_t unit,
                                                  size_t input) {
  V sum[Units][Vectors];
  float* g = a.g + unit * a.row + input;
  for (int u = 0; u < Units; ++u) {
    for (int v = 0; v < Vectors; ++v) {
      const float* from = g + static_cast<size_t>(u) * a.row + v * V::lanes;
      sum[u][v] = a.accumulate ? V::load(from) : V::set(0);
    }
  }
  const float* delta = a.delta + unit * a.delta_row;
  const float* x = a.x + input;
  for (size_t s = 0; s < a.samples; ++s, x += a.row) {
    V in[Vectors];
    for (int v = 0; v < Vectors; ++v) in[v] = V::load(x + v * V::lanes);
    for (int u = 0; u < Units; ++u) {
      const V d = V::set(delta[static_cast<size_t>(u) * a.delta_row + s]);
      for (int v = 0; v < Vectors; ++v) sum[u][v] = sum[u][v] + d * in[v];
    }
  }
  for (int u = 0; u < Units; ++u) {
    for (int v = 0; v < Vectors; ++v) {
      sum[u][v].store(g + static_cast<size_t>(u) * a.row + v * V::lanes);
    }
  }
}

template <class V, int Units>
[[gnu::always_inline]] inline void gradient_rows(const GradientArgs& a, size_t unit) {
  constexpr int kVectors = Units == 1 ? 4 : 2;
  size_t input = 0;
  for (; input + kVectors * V::lanes <= a.row; input += kVectors * V::lanes) {
    gradient_block<V, Units, kVectors>(a, unit, input);
  }
  for (; input < a.row; input += V::lanes) gradient_block<V, Units, 1>(a, unit, input);
}

template <class V>
void gradient(const GradientArgs& a) {
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
void transpose(const TransposeArgs& a) {
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
    linear<V, Vectors>(layer.forward);
    const ActivateArgs& f = layer.activate;
    f.both(f.params, f.z, f.a, f.slope, f.count);
    transpose<V, Transpose4>(layer.transpose);
  }
  linear<V, Vectors>(tile.layers[last].forward);
  tile.loss_gradient(tile.loss, tile.loss_args);
  for (size_t l = last; l > 0; --l) {
    linear<V, Vectors>(tile.layers[l].backward);
    gradient<V>(tile.layers[l].gradient);
  }
  gradient<V>(tile.layers[0].gradient);
}

template <class V, void (*Transpose4)(const float*, size_t, float*, size_t)>
inline constexpr StepTable kSteps = {V::lanes,
                                     {linear<V, 1>, linear<V, 2>, linear<V, 3>, linear<V, 4>},
                                     gradient<V>,
                                     transpose<V, Transpose4>,
                                     loss_gradient<V>,
                                     {learn<V, Transpose4, 1>, learn<V, Transpose4, 2>,
                                      learn<V, Transpose4, 3>, learn<V, Transpose4, 4>},
                                     update<V, float>};

}  // namespace lab::train
