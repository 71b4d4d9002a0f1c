#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/history.h"
#include "app/training/fit_to_data.h"
#include "app/training/loss_history.h"
#include "app/training/pace.h"
#include "app/training/replay.h"
#include "core/train/trainer.h"

namespace lab {

// When training stops by itself. A rule that is empty does not count; losses and accuracies are
// those of the test samples, or of the training samples where nothing tests.
struct StopRules {
  std::optional<double> loss;      // at most
  std::optional<double> accuracy;  // at least, a share of 1
  std::optional<int64_t> epochs;

  bool any() const { return loss || accuracy || epochs; }
  bool operator==(const StopRules&) const = default;
};
enum class StopCause { none, loss, accuracy, epochs };

// The document of the scene "Train", its history, and the run that follows from it. A change that
// is refused returns why and leaves everything as it was.
class TrainModel {
 public:
  TrainModel();

  const Experiment& document() const { return document_; }
  Trainer& trainer() { return *trainer_; }
  const Trainer& trainer() const { return *trainer_; }
  // Of the present revision, looked up once.
  const Metrics& metrics() const;
  const train::Parameters& parameters();
  const LossHistory& history() const { return curve_; }
  // Another number whenever parameters, data or document have changed.
  unsigned revision() const { return revision_; }

  // Changes the document. Training goes on where the network stays the same, else it begins again.
  std::optional<Error> edit(const std::function<void(Experiment&)>& change,
                            bool same_gesture = false);
  std::optional<Error> load(const Experiment& experiment);
  void end_gesture() { undo_.end_gesture(); }
  void forget_changes() { undo_.clear(); }
  bool can_undo() const { return undo_.can_undo(); }
  bool can_redo() const { return undo_.can_redo(); }
  void undo();
  void redo();
  // Gives the data a kind, and the network and the loss what it takes to learn it.
  std::optional<Error> set_kind(std::string_view kind);
  // Changes the points, whose labels are classes or values. They become the person's own.
  std::optional<Error> draw_points(const std::function<void(std::vector<DataPoint>&)>& change);
  // Takes points whose labels are classes or values instead of the data.
  std::optional<Error> set_points(std::vector<DataPoint> points, Problem problem);
  // Sets one weight or bias by hand, at the present step.
  void set_weight(const WeightIndex& index, double value);
  double weight(const WeightIndex& index);
  void set_parameters(const train::Parameters& parameters);
  void freeze(const WeightIndex& index, bool on);
  bool frozen(const WeightIndex& index) const;

  bool playing() const { return playing_; }
  void play(bool on);
  size_t speed() const { return speed_; }
  void set_speed(size_t index) { speed_ = index; }
  const StopRules& stop_rules() const { return rules_; }
  void set_stop_rules(const StopRules& rules) { rules_ = rules; }
  StopCause stopped_by() const { return stopped_by_; }

  // To be called every frame: takes the steps that are due, within a time budget in seconds.
  void advance(double now, const std::function<double()>& clock, double budget);
  void step(int64_t count);
  // Trains on to that step, frame by frame, whatever the speed and the rules to stop: with what a
  // link holds of a run.
  void go_on_to(int64_t step) { replay_.go_on_to(step); }
  bool going_on() const { return replay_.left(*trainer_) > 0; }
  // The step, or 0 if something was changed on the way, so that the document does not lead to it.
  int reproducible_step() const { return replay_.step(*trainer_); }
  void restart();  // to step 0: the same data, the same weights
  void go_to(int64_t step);
  bool restore_last_finite();

 private:
  bool start(const Experiment& experiment, std::optional<Error>& error);
  std::optional<Error> apply(const Experiment& experiment);
  void touch();
  void record();
  void run(int64_t count, const std::function<double()>& clock, double until, bool careful);
  bool stop_if_reached();

  Experiment document_;
  std::unique_ptr<Trainer> trainer_;
  History<Experiment> undo_;
  LossHistory curve_;
  mutable Metrics metrics_;
  mutable unsigned measured_ = 0;  // the revision that they are of
  train::Parameters parameters_;
  unsigned revision_ = 1, read_ = 0;
  Replay replay_;
  bool playing_ = false;
  size_t speed_ = 4;
  Pace pace_;
  StopRules rules_;
  StopCause stopped_by_ = StopCause::none;
};

}  // namespace lab
