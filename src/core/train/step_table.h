#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/simd/isa.h"
#include "core/train/choices.h"
#include "core/train/update_args.h"

// The loops of one training step on a tile of samples. Activations, pre-activations and gradients
// of a tile are stored unit by unit, [unit][sample], so that a vector holds samples and a weight is
// broadcast; every sum over inputs or units runs in their order. The gradient of the weights runs
// over inputs instead, from a copy stored [sample][input], and sums the samples in their order,
// tile after tile. So each number is one fixed sequence of operations, whatever the vector's width
// and the tile's size, and padding (samples beyond the last one, inputs beyond the bias) is never
// read by a number that counts.

namespace lab::train {

// Samples in a tile are at most so many vectors of them.
inline constexpr size_t kVectorsPerTile = 4;

// Rows of a tile, [unit][sample], are as long as the vectors that the function is for, but for the
// samples' own.

// out[u][s] = w[u][inputs] + Σ_i w[u][i]·x[i][s].
struct ForwardArgs {
  const float* w;
  size_t row;  // of w
  const float* x;
  size_t x_row;
  float* out;
  size_t units, inputs;
};

// out[i][s] = (Σ_u w[u][i]·delta[u][s]) · slope[i][s]. Results below 1e-30 are 0 (see cut() in
// update.h): a gradient that vanishes must not slow down all it meets.
struct BackwardArgs {
  const float* w;
  size_t row;  // of w
  const float* delta;
  const float* slope;
  float* out;
  size_t inputs, units;
};

// g[o][i] (+)= Σ_s delta[o][s]·x[s][i], over i < row (a multiple of the lanes).
struct GradientArgs {
  const float* delta;
  size_t delta_row;
  const float* x;
  float* g;
  size_t row;  // of x and g
  size_t units, samples;
  bool accumulate;  // onto what g holds
};

// a = f(z) and slope = f'(z), of whole rows: what lies beyond the samples is never used.
struct ActivateArgs {
  void (*both)(const float* params, const float* z, float* a, float* slope, size_t count);
  const float* params;
  const float* z;
  float *a, *slope;
  size_t count;
};

// to[s][i] = from[i][s] for s < samples and i < units, both rounded up to a multiple of 4.
struct TransposeArgs {
  const float* from;
  size_t from_row;
  float* to;
  size_t to_row;
  size_t units, samples;
};

// delta[o][s] = ∂L/∂out · factor, from outputs and targets [output][sample].
struct LossArgs {
  const float* out;
  float* delta;
  size_t row;  // of out and delta
  const float* target;
  size_t target_row;
  size_t outputs, samples;
  float factor;  // 1/number of samples in the batch, and the like
};

// What a layer does with a tile. The output layer, here without an activation, has no `activate`
// and `transpose`; the first one has no `backward`, which leads into the layer before.
struct LayerSteps {
  ForwardArgs forward;
  ActivateArgs activate;
  TransposeArgs transpose;
  BackwardArgs backward;
  GradientArgs gradient;
};

// A tile's way forward through all layers, back, and to the gradients.
struct TileSteps {
  std::span<const LayerSteps> layers;
  void (*loss_gradient)(Loss loss, const LossArgs&);
  Loss loss;
  LossArgs loss_args;
};

struct StepTable {
  size_t lanes;                                          // floats in a vector
  void (*forward[kVectorsPerTile])(const ForwardArgs&);  // of tiles of 1, 2, … vectors
  void (*backward[kVectorsPerTile])(const BackwardArgs&);
  void (*gradient)(const GradientArgs&);
  void (*transpose)(const TransposeArgs&);
  void (*loss)(Loss loss, const LossArgs&);
  // All of these at once, of tiles of 1, 2, … vectors: in a small network most of the time would go
  // by between them.
  void (*learn[kVectorsPerTile])(const TileSteps&);
  void (*update)(OptimizerKind kind, const UpdateArgs<float>&);
};

// Null if this program has no code for that instruction set.
const StepTable* step_table(simd::Isa isa);

const StepTable* steps_scalar();
const StepTable* steps_sse2();
const StepTable* steps_avx2();
const StepTable* steps_avx512();
const StepTable* steps_wasm();

}  // namespace lab::train
