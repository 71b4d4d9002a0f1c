#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/scenes/gradients/deep_setup.h"
#include "app/scenes/gradients/theory.h"
#include "app/training/pace.h"
#include "app/training/replay.h"
#include "core/train/trainer.h"

namespace lab {

// How the gradient came through the layers at one step. All are of hidden layers and the output.
struct GradientMoment {
  int64_t step = 0;
  // As exponents of ten, relative to the output layer's gradient: all of it, and the products of
  // the factors of f' and of the weights from the output up to the layer.
  std::vector<float> gradient, slope, weight;
  std::vector<float> dead;  // shares of each layer's units
};

// Sizes of ∂L/∂z of a layer on a logarithmic axis.
struct LogHistogram {
  static constexpr int kBins = 48;
  static constexpr double kLeast = -20, kMost = 4;  // exponents of ten
  std::array<size_t, kBins> counts{};
  size_t zeros = 0, all = 0;
};

// The document of the scene "Gradients" and the run that follows from it.
class GradientsModel {
 public:
  static constexpr double kFaintest = -30;  // exponent that stands for a gradient of 0

  GradientsModel();

  const DeepSetup& setup() const { return setup_; }
  Trainer& trainer() { return *trainer_; }
  const Trainer& trainer() const { return *trainer_; }
  const Metrics& metrics() const { return metrics_; }
  unsigned revision() const { return revision_; }
  // The activation that is in the layers now, also after a revival.
  const std::string& activation() const;

  // Another network from step 0. An error, and no change, where it cannot be.
  std::optional<Error> load(const DeepSetup& setup);
  // Training goes on from here with another rate or activation.
  std::optional<Error> set_rate(double rate);
  std::optional<Error> revive(const std::string& activation);
  void restart();

  bool playing() const { return playing_; }
  void play(bool on);
  size_t speed() const { return speed_; }
  void set_speed(size_t index) { speed_ = index; }
  void advance(double now, const std::function<double()>& clock, double budget);
  void step(int64_t count);
  // As TrainModel's: what a link holds of a run.
  void go_on_to(int64_t step);
  bool going_on() const { return replay_.left(*trainer_) > 0; }
  int reproducible_step() const { return replay_.step(*trainer_); }

  // Looks at the layers at the present step, if that has not been done.
  void look();
  const std::vector<LayerStats>& layers() const { return layers_; }
  const std::vector<LogHistogram>& gradients() const { return gradients_; }
  const std::vector<LayerTheory>& theory(size_t scheme) const { return theory_[scheme]; }
  static constexpr std::array<std::string_view, 3> kTheories = {"xavier_normal", "he_normal",
                                                                "lecun_normal"};
  // What was seen at every so many steps, and at the last look: the same for the same steps,
  // however long they took.
  const std::vector<GradientMoment>& moments() const { return moments_; }
  size_t dead_count() const;
  size_t hidden_count() const;

  // The units that are dead now, with the step of death; nothing while training plays or where it
  // would take long to find.
  const std::vector<Death>& ledger();
  bool ledger_known() const { return ledger_of_ == revision_; }
  // Why a unit is dead: one step moved its z further than the samples differ; else its bias,
  // without which it would still pass some sample; else its weights.
  enum class Cause { step, bias, weights };
  Cause cause(const Death& death) const;

 private:
  static constexpr int64_t kMostMoments = 192;  // and one at the last look

  void touch();
  void run(int64_t count, const std::function<double()>& clock, double now, double budget);
  int64_t take(int64_t most);
  void keep_moment();
  int64_t first_stride() const;
  double input_square() const;

  DeepSetup setup_;
  std::unique_ptr<Trainer> trainer_;
  Metrics metrics_;
  unsigned revision_ = 1, looked_ = 0, ledger_of_ = 0;
  std::vector<LayerStats> layers_;
  std::vector<LogHistogram> gradients_;
  std::vector<bool> by_bias_;  // of layer 0's units, layer 1's, …
  std::array<std::vector<LayerTheory>, kTheories.size()> theory_;
  std::vector<GradientMoment> moments_;
  int64_t stride_ = 1;  // steps between two moments; a power of two
  std::vector<Death> ledger_;
  bool playing_ = false;
  size_t speed_ = 3;
  Pace pace_;
  Replay replay_;
};

}  // namespace lab
