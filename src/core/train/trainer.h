#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/data/data_sets.h"
#include "core/error.h"
#include "core/experiment/experiment.h"
#include "core/formula/formula_activation.h"
#include "core/train/engine.h"
#include "core/train/layer_stats.h"
#include "core/train/timeline.h"

namespace lab {

// How well the network does on all of its data. NaN where there is nothing to tell: no test
// samples, or accuracy where numbers are predicted.
struct Metrics {
  int64_t step = 0;   // optimizer steps taken
  int64_t epoch = 0;  // whole passes
  double train_loss = 0, test_loss = 0;
  double train_accuracy = 0, test_accuracy = 0;  // shares of 1
  bool finite = true;                            // false: training has diverged and is frozen
  bool tested = false;                           // there are test samples
};

// Where training left the finite numbers.
struct Divergence {
  int64_t step = 0;          // optimizer steps taken when it was seen
  train::Parameters before;  // the parameters one step earlier
  WeightIndex weight;        // the first parameter that is not finite
  double learning_rate = 0;  // of that step
};

// A unit that has stopped learning: f'(z) = 0 on every training sample.
struct Death {
  size_t layer = 0, unit = 0;
  int64_t step = 0;  // that it has been dead since; 0: from the start
  // How far the mean of its z over the training samples moved in that step, and how widely z was
  // spread over them before it (the standard deviation). 0 where that step cannot be taken again.
  double jump = 0, spread = 0;

  // Whether that one step is why: it moved z by more than the samples differ.
  bool by_large_step() const { return jump > spread; }
  bool operator==(const Death&) const = default;
};

// How often each class was taken for each.
struct Confusion {
  size_t classes = 0;          // 0: numbers are predicted
  std::vector<size_t> counts;  // [true class][predicted class]
};

// What a step on one sample alone would do, number by number.
struct MicroStep {
  std::vector<double> features;                // what the network gets
  std::vector<double> target;                  // as the loss takes it
  double loss = 0;                             // before the step
  double learning_rate = 0;                    // of the step
  std::vector<train::LayerTrace> layers;       // of one column; slope·arriving gives gradient
  train::Parameters before, gradients, after;  // plan().array_of() tells a layer's place
};

// One experiment being trained. Deterministic: the same document and number of steps give the same
// bits on every machine.
class Trainer {
 public:
  // An error if the document is not valid. The instruction set changes the speed alone; this
  // program must have code for it.
  static Result<std::unique_ptr<Trainer>> create(const Experiment& experiment,
                                                 simd::Isa isa = simd::best_isa());

  const Experiment& experiment() const { return experiment_; }
  const train::Plan& plan() const { return plan_; }
  const DataSet& data() const { return data_; }
  const train::Samples& samples() const { return samples_; }

  // `count` optimizer steps or passes; fewer where a number stops being finite, which freezes the
  // training one step behind.
  void step(int64_t count);
  void epoch(int64_t count) { step(count * steps_per_epoch()); }
  int64_t steps() const { return engine_->steps(); }
  int64_t steps_per_epoch() const { return engine_->batches().per_epoch(); }
  // Of the next step.
  double learning_rate() const;

  Metrics metrics();
  // The accuracy alone, of one part of the samples: much quicker, to be asked after every epoch.
  double accuracy(bool test);
  // Over the training samples, or those for testing.
  Confusion confusion(bool test);
  const std::optional<Divergence>& divergence() const { return divergence_; }
  // Undoes the step that left the finite numbers. False if there was none.
  bool restore_last_finite();

  train::Parameters parameters() const { return engine_->parameters(); }
  train::Parameters gradients() const { return engine_->gradients(); }
  std::optional<Error> set_parameters(const train::Parameters& parameters);

  // Finite rows of network inputs and labels (a value, or a class index if the loss classifies;
  // else as the loss takes them), instead of the document's data. The document's split holds.
  std::optional<Error> set_data(std::span<const float> x, std::span<const float> y);

  // Another document with the same network: training goes on from here with its data, activations
  // and settings. All weights and biases stay; a prelu's slope comes from the document where the
  // layer had none, and goes where the layer has another activation. Another kind of optimizer
  // starts without moments. An error, and no change, if the document is not valid or its layers
  // have other sizes.
  std::optional<Error> change(const Experiment& experiment);

  // Logits of rows of inputs, before the output activation. x.size() must be a multiple of the
  // number of inputs.
  std::vector<float> predict(std::span<const float> x);
  // What every unit makes of such rows, [unit][row]: a list for each hidden layer's activations,
  // one for the logits, and one for the output activation's values of them.
  void activations(std::span<const float> x, train::UnitValues& values) {
    engine_->activations(x, values);
  }
  // What a step from here would do that learned from one of samples() alone, without dropout and
  // with an rrelu's mean slope. Nothing changes.
  MicroStep micro_step(size_t sample) const;

  // Forward and backward through all training samples, without learning from them: [unit][sample],
  // with the gradient of their mean loss.
  std::vector<train::LayerTrace> trace() const {
    return engine_->trace(samples_, 0, samples_.train_count);
  }
  // The same in figures.
  std::vector<LayerStats> layer_stats();

  // The units that are dead now, and since when: found by taking the kept steps again around each
  // death. Where parameters or settings were changed on the way, to the nearest kept step.
  std::vector<Death> deaths();

  // 16 hexadecimal digits over the bits of the parameters, the sign and payload of NaNs aside.
  std::string hash() const;

  // Steps that can be gone back to, in order; step 0 and the present one among them.
  std::vector<int64_t> kept_steps() const;
  // Restores a kept step exactly. What came after it stays kept until training goes on from there.
  bool go_to(int64_t step);

 private:
  Trainer(const Experiment& experiment, simd::Isa isa) : experiment_(experiment), isa_(isa) {}
  std::optional<Error> start();
  std::unique_ptr<train::Engine> make_engine(const train::Plan& plan,
                                             const train::Parameters& parameters) const;
  void make_document_data();
  std::vector<double> outputs(size_t first, size_t count);
  void evaluate(size_t first, size_t count, double& loss, double& accuracy);
  struct UnitState;
  std::vector<UnitState> unit_states();
  std::vector<Death> dead_units();
  void find_deaths(const train::Snapshot& alive, int64_t end, std::vector<Death>& deaths);
  void find_divergence(const train::Snapshot& before, int64_t count);

  Experiment experiment_;
  simd::Isa isa_;
  FormulaLibrary formulas_;
  train::Plan plan_;
  DataSet data_;
  train::Samples samples_;
  std::unique_ptr<train::Engine> engine_;
  Timeline timeline_;
  std::optional<Divergence> divergence_;
  train::Snapshot before_divergence_;
};

}  // namespace lab
