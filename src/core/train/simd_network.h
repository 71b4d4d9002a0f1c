#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/activation/kernel_table.h"
#include "core/train/engine.h"
#include "core/train/step_table.h"

namespace lab::train {

// Training samples as the loops of step_table.h read them, in the order of the batches.
struct SampleTiles {
  size_t count = 0;                // training samples
  size_t stride = 0;               // of x and target
  std::vector<float> x;            // [input][sample]
  std::vector<float> x_by_sample;  // [sample][row of the first layer], 1 behind the inputs
  std::vector<float> target;       // [output][sample]
};

// A tile of a batch.
struct TileArgs {
  size_t first;    // its first sample among those of SampleTiles
  size_t samples;  // at most tile()
  size_t place;    // of its first sample in the batch
  int64_t step;    // with `place`: what is drawn at random depends on both
  float factor;    // of the loss's slopes
};

// The float32 network: its parameters and the passes through a tile of samples. Parameters of a
// layer lie row by row, [unit][inputs, bias, padding]: the bias is the weight of a further input
// that is always 1, or 0 where the network has no biases. Behind the layers each hidden one has a
// place for a slope, learned or not, so that other activations change no other place.
class SimdNetwork {
 public:
  SimdNetwork(const Plan& plan, simd::Isa isa);
  SimdNetwork(const SimdNetwork&) = delete;  // the prepared arguments point into the arrays
  SimdNetwork& operator=(const SimdNetwork&) = delete;

  // Activations and what is frozen, for a plan of the same shape. Slopes that begin to be learned
  // are the plan's.
  void set_plan(const Plan& plan);

  size_t tile() const { return kVectorsPerTile * table_.lanes; }
  // Parameters, and their gradients in the same layout.
  std::span<float> weights() { return w_; }
  std::span<const float> weights() const { return w_; }
  std::span<const float> gradients() const { return g_; }
  // Those at the front of these arrays that training changes.
  size_t trained() const { return learns_slopes_ ? w_.size() : slopes_; }
  // Index into them of a hidden layer's slope.
  size_t slope_at(size_t layer) const { return slopes_ + layer * table_.lanes; }
  std::span<const float> weight_mask() const { return weight_mask_; }
  std::span<const size_t> frozen() const { return frozen_; }

  void set_parameters(const Parameters& parameters);
  // An array in the layout of weights() as one of PyTorch's.
  Parameters as_parameters(std::span<const float> array) const;
  // Calls visit(index into weights()) for every parameter, in the order of Parameters.
  template <class Visit>
  void for_each_parameter(Visit visit) const;
  // To be called when weights() have changed: learned slopes reach the activations.
  void take_slopes() {
    if (learns_slopes_) take_learned_slopes();
  }

  // Training samples in that order; as they come if it is empty.
  void arrange(const Samples& samples, std::span<const uint32_t> order, SampleTiles& tiles) const;

  // The gradients of a tile, added to those of the tiles before it in its batch.
  void learn(const SampleTiles& x, const TileArgs& tile);
  // The passes leave their results in the layers' buffers. In training, slopes and units may be
  // drawn at random.
  void forward(const SampleTiles& x, const TileArgs& tile, bool training);
  void backward(const SampleTiles& x, const TileArgs& tile);
  void predict(std::span<const float> x, std::span<float> logits);
  void activations(std::span<const float> x, UnitValues& values);
  // What forward() and backward() left, into columns place … of `count`.
  void copy_trace(const TileArgs& tile, size_t count, std::vector<LayerTrace>& traces);

 private:
  struct Layer {
    LayerPlan plan;
    size_t inputs, units;
    size_t row;               // floats from one unit's parameters to the next's
    size_t offset;            // of its parameters
    const KernelRow* kernel;  // null for a formula
    bool identity;            // a = z, f' = 1
    // Of a tile: [unit][sample], rows as wide as its samples rounded up to whole vectors.
    std::vector<float> z, a, slope, delta, keep, arriving;
    std::vector<float> a_by_sample;  // [sample][row of the next layer]
  };

  static size_t round_up(size_t count, size_t to) { return (count + to - 1) / to * to; }
  // Floats that hold one unit's parameters, or one sample's activations, for a layer of `inputs`.
  size_t row_of(size_t inputs) const {
    return round_up(inputs + 1, std::max<size_t>(table_.lanes, 4));  // transposed four by four
  }
  void make_layers();
  size_t gather(std::span<const float> x, size_t first);
  void fill_mask();
  void prepare(size_t samples);
  void prepare_layer(size_t index);
  void place(const SampleTiles& x, const TileArgs& tile);
  LossArgs loss_args(const SampleTiles& x, const TileArgs& tile);
  void activate(size_t index);
  void evaluate(size_t index);
  void draw(size_t index, const TileArgs& tile);
  void find_arriving(size_t index);
  void add_slope_gradient(size_t index, const TileArgs& tile);
  void take_learned_slopes();

  Plan plan_;
  const StepTable& table_;
  const KernelRow* kernels_;
  std::vector<Layer> layers_;
  std::vector<LayerSteps> steps_;  // the layers', ready for a tile of prepared_ samples
  std::vector<float> w_, g_, weight_mask_;
  std::vector<size_t> frozen_;
  std::vector<float> gathered_;
  std::vector<float> ones_;  // as many as the largest layer has slopes
  size_t slopes_ = 0;                // where the places for slopes begin
  size_t prepared_ = 0, width_ = 0;  // samples of a tile, and floats in a row of its buffers
  void (*forward_)(const ForwardArgs&) = nullptr;  // for tiles of that width
  void (*backward_)(const BackwardArgs&) = nullptr;
  bool learns_slopes_ = false, draws_ = false, output_through_ = false;
  bool plain_ = false;  // none of these, and no formula: table_.learn does it all
};

template <class Visit>
void SimdNetwork::for_each_parameter(Visit visit) const {
  for (size_t l = 0; l < layers_.size(); ++l) {
    const Layer& layer = layers_[l];
    for (size_t u = 0; u < layer.units; ++u) {
      for (size_t i = 0; i < layer.inputs; ++i) visit(layer.offset + u * layer.row + i);
    }
    for (size_t u = 0; plan_.bias && u < layer.units; ++u) {
      visit(layer.offset + u * layer.row + layer.inputs);
    }
    if (layer.plan.learns_slope) visit(slope_at(l));
  }
}

}  // namespace lab::train
