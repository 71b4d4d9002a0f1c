#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/activation/activation.h"
#include "core/data/data_sets.h"
#include "core/error.h"
#include "core/experiment/experiment.h"
#include "core/train/choices.h"
#include "core/train/update_args.h"

namespace lab {
class FormulaLibrary;
}

namespace lab::train {

// Parameters as a PyTorch state_dict orders them: for each layer its weights (units × inputs,
// row-major), its biases if the network has them, and a learned slope (1) behind that.
using Parameters = std::vector<std::vector<double>>;

// A linear map and the activation behind it.
struct LayerPlan {
  int inputs = 0, units = 0;
  const Activation* activation = nullptr;
  ActivationParams params = {};
  bool learns_slope = false;  // PReLU: params[0] is a parameter of the network
  bool random_slope = false;  // RReLU: the slope is drawn in training, its mean is used elsewhere
};

// What an engine has to know of an experiment, with every id resolved and every default filled in.
struct Plan {
  std::vector<LayerPlan> layers;  // the hidden ones and the output layer
  bool bias = true;
  bool output_in_loss =
      true;  // the loss sees the output's activation; bce and cross_entropy logits
  Loss loss = Loss::mse;
  OptimizerKind optimizer = OptimizerKind::sgd;
  double learning_rate = 0, momentum = 0, beta1 = 0, beta2 = 0, epsilon = 0, weight_decay = 0;
  ScheduleKind schedule = ScheduleKind::constant;
  int schedule_epochs = 1;
  double schedule_factor = 1;
  RegularizationKind regularization = RegularizationKind::none;
  double regularization_rate = 0;
  int batch_size = 1;
  double clip_norm = 0, dropout = 0;
  bool shuffle = false;
  uint32_t seed = 0;  // of everything drawn in training
  bool playground = false;
  Precision precision = Precision::float32;
  std::vector<WeightIndex> frozen;

  size_t inputs() const { return static_cast<size_t>(layers.front().inputs); }
  size_t outputs() const { return static_cast<size_t>(layers.back().units); }
  // Where a layer's arrays begin in Parameters.
  size_t array_of(size_t layer) const;
  // Whether the weights of this network fit the other one; learned slopes may come or go.
  bool same_shape(const Plan& other) const;
  size_t parameter_count() const;
};

// The plan of a document that validate() has found no fault with; formulas are added to the
// library, which must outlive the plan.
Result<Plan> make_plan(const Experiment& experiment, FormulaLibrary& formulas);

// The parameters that training starts from.
Parameters initial_parameters(const Experiment& experiment, const Plan& plan);

// The first parameter that is not a finite number.
WeightIndex first_not_finite(const Plan& plan, const Parameters& parameters);

// Rows of network inputs and of targets as the loss takes them, those for training first.
struct Samples {
  size_t inputs = 0, outputs = 0;
  size_t count = 0, train_count = 0;
  std::vector<double> x;       // count × inputs
  std::vector<double> target;  // count × outputs
};

// The samples behind a data set: its features, and its labels as the loss takes them (a value; 0 or
// 1; ±1; one of those per class if there are several outputs).
Samples make_samples(const DataSet& data, const Experiment& experiment, const Plan& plan);

// Learning rate in an epoch (from 0), by PyTorch's closed forms of StepLR, CosineAnnealingLR and
// LinearLR.
double learning_rate(const Plan& plan, int64_t epoch);

// Which samples the optimizer step with a number (from 0) learns from, and how far that is in
// passes through the data.
struct Batch {
  int64_t epoch = 0;
  size_t first = 0, count = 0;  // of the training samples
  size_t carried = 0;  // samples at the end of the data that come before these (Playground only)
};
class Batches {
 public:
  Batches() = default;
  Batches(size_t samples, const Plan& plan);
  int64_t per_epoch() const { return per_epoch_; }
  // The whole passes behind a step.
  int64_t epoch(int64_t step) const;
  Batch at(int64_t step) const;
  // From one step's batch to the next step's.
  void advance(Batch& batch) const;
  // Counts passes on from where others stood at a step. Where an epoch has another number of steps
  // now, a pass that had begun counts as a whole one.
  void follow(const Batches& before, int64_t step);

 private:
  int64_t first_step_ = 0, first_epoch_ = 0;  // passes are counted from here
  size_t samples_ = 0, size_ = 1;
  bool carries_ = false;
  int64_t per_epoch_ = 1;
};

// The order of the training samples in an epoch, if they are shuffled.
std::vector<uint32_t> shuffled_order(const Plan& plan, size_t samples, int64_t epoch);

// 32 random bits for one unit and sample of a batch: what is drawn does not depend on the order in
// which an engine asks.
uint32_t unit_bits(uint32_t seed, int64_t step, size_t layer, size_t unit, size_t sample);
// As a number in [0, 1), exact in float.
inline float unit_random(uint32_t seed, int64_t step, size_t layer, size_t unit, size_t sample) {
  return static_cast<float>(unit_bits(seed, step, layer, unit, sample) >> 8) * 0x1p-24f;
}

// The constants of one optimizer step. `power1` and `power2` are β₁ᵗ and β₂ᵗ with t counted from 1.
template <class S>
UpdateRates<S> update_rates(const Plan& plan, double rate, double power1, double power2);

}  // namespace lab::train
