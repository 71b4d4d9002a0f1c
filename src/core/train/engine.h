#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/simd/isa.h"
#include "core/train/plan.h"

namespace lab::train {

inline constexpr float kFirstSlope = 0.25f;  // of a PReLU, in PyTorch

// All that decides how training goes on, in the layout of the engine that made it.
struct Snapshot {
  int64_t steps = 0;
  Batches batches;                               // how passes were counted then
  OptimizerKind optimizer = OptimizerKind::sgd;  // whose moments these are
  double power1 = 1, power2 = 1;                 // β₁ᵗ, β₂ᵗ
  std::vector<float> single;                     // parameters and moments of the float32 engine
  std::vector<double> real;                      // … of the float64 engine

  size_t bytes() const {
    return sizeof(*this) + single.size() * sizeof(float) + real.size() * sizeof(double);
  }
};

// What the gradient of one batch did in a layer; [unit][sample] of `samples` columns.
struct LayerTrace {
  std::vector<double> z;         // pre-activations
  std::vector<double> a;         // activations
  std::vector<double> slope;     // f'(z)
  std::vector<double> gradient;  // ∂L/∂z
  std::vector<double> arriving;  // ∂L/∂a, of all layers but the last; 0 below 1e-30
};

// Numbers of every unit at many points: by layer, [unit][point].
using UnitValues = std::vector<std::vector<float>>;

// Trains one network. Two implementations, SimdEngine (float32) and ReferenceEngine (float64, and
// float32 for tests), run the same sequence of operations.
class Engine {
 public:
  virtual ~Engine() = default;

  // The data that steps learn from, from the next step on.
  virtual void set_samples(const Samples& samples) = 0;
  // How they are taken, step by step.
  virtual const Batches& batches() const = 0;

  // `count` optimizer steps.
  virtual void run(int64_t count) = 0;
  virtual int64_t steps() const = 0;

  virtual Parameters parameters() const = 0;
  // Of the same shapes; moments and the step count stay.
  virtual void set_parameters(const Parameters& parameters) = 0;
  // Of the batch last used, before clipping and regularization; zeros before the first step.
  virtual Parameters gradients() const = 0;
  // From now on the plan's activations, optimizer settings, rate, schedule, batch size and the
  // like, of a network of the same shape. Another kind of optimizer starts without moments, and a
  // slope that was not learned before from the plan's.
  virtual void set_plan(const Plan& plan) = 0;

  // Snapshots outlive a change of the plan. Moments of another kind of optimizer are not restored;
  // a slope that is learned now and was not then is kFirstSlope, or what it had been before.
  virtual Snapshot snapshot() const = 0;
  virtual void restore(const Snapshot& snapshot) = 0;
  // Whether every parameter is.
  virtual bool finite() const = 0;

  // Logits (before the output activation) of rows of inputs; rows × outputs.
  virtual void predict(std::span<const float> x, std::span<float> logits) = 0;
  virtual void predict(std::span<const double> x, std::span<double> logits) = 0;
  // What every unit makes of the rows, [unit][row]: the activations of each hidden layer, then the
  // logits, then the output activation's values of them.
  virtual void activations(std::span<const float> x, UnitValues& values) = 0;
  // Forward and backward through a batch of the training samples, without learning from it.
  virtual std::vector<LayerTrace> trace(const Samples& samples, size_t first, size_t count) = 0;
};

std::unique_ptr<Engine> make_simd_engine(const Plan& plan, const Parameters& parameters,
                                         simd::Isa isa = simd::best_isa());
// The readable definition of what an engine computes.
template <class S>
std::unique_ptr<Engine> make_reference_engine(const Plan& plan, const Parameters& parameters);

}  // namespace lab::train
