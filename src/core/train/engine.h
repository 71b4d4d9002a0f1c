#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/simd/isa.h"
#include "core/train/plan.h"

namespace lab::train {

// All that decides how training goes on, in the layout of the engine that made it.
struct Snapshot {
  int64_t steps = 0;
  double power1 = 1, power2 = 1;  // β₁ᵗ, β₂ᵗ
  std::vector<float> single;      // parameters and moments of the float32 engine
  std::vector<double> real;       // … of the float64 engine

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
  std::vector<double> arriving;  // ∂L/∂a, of all layers but the last
};

// Trains one network. Two implementations, SimdEngine (float32) and ReferenceEngine (float64, and
// float32 for tests), run the same sequence of operations.
class Engine {
 public:
  virtual ~Engine() = default;

  // The data that steps learn from, from the next step on.
  virtual void set_samples(const Samples& samples) = 0;

  // `count` optimizer steps.
  virtual void run(int64_t count) = 0;
  virtual int64_t steps() const = 0;

  virtual Parameters parameters() const = 0;
  // Of the same shapes; moments and the step count stay.
  virtual void set_parameters(const Parameters& parameters) = 0;
  // Of the batch last used, before clipping and regularization; zeros before the first step.
  virtual Parameters gradients() const = 0;
  // From now on the plan's optimizer settings, rate, schedule, batch size and the like.
  virtual void set_plan(const Plan& plan) = 0;

  virtual Snapshot snapshot() const = 0;
  virtual void restore(const Snapshot& snapshot) = 0;
  // Whether every parameter is.
  virtual bool finite() const = 0;

  // Logits (before the output activation) of `rows` rows of inputs; rows × outputs. `unit` of
  // `layer` if one is asked for instead: its activation, one per row.
  virtual void predict(std::span<const float> x, std::span<float> logits) = 0;
  virtual void predict(std::span<const double> x, std::span<double> logits) = 0;
  // Forward and backward through a batch of the training samples, without learning from it.
  virtual std::vector<LayerTrace> trace(const Samples& samples, size_t first, size_t count) = 0;
};

std::unique_ptr<Engine> make_simd_engine(const Plan& plan, const Parameters& parameters,
                                         simd::Isa isa = simd::best_isa());
// The readable definition of what an engine computes.
template <class S>
std::unique_ptr<Engine> make_reference_engine(const Plan& plan, const Parameters& parameters);

}  // namespace lab::train
