#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/scenes/compare/varied.h"
#include "app/training/loss_history.h"
#include "app/training/pace.h"
#include "core/train/trainer.h"

namespace lab {

// What a run is to reach, of the test samples (of the training samples where nothing tests): an
// accuracy where classes are told apart, a loss where values are predicted.
struct CompareGoal {
  double accuracy = 0.95;  // at least, a share of 1
  double loss = 0.01;      // at most

  bool met(const Metrics& metrics) const;
  // The same of a run as it is now, without all that metrics take.
  bool met(Trainer& trainer) const;
  bool operator==(const CompareGoal&) const = default;
};

// Everything that can be set in a comparison.
struct Comparison {
  Experiment base;
  Varied varied = Varied::activation;
  std::vector<std::string> values;  // of the runs, 1 … kMostRuns
  CompareGoal goal;

  bool operator==(const Comparison&) const = default;
};

// One of the runs.
struct CompareRun {
  std::string value;
  size_t colour = 0;  // of series_colour(); stays with the run
  Experiment experiment;
  std::unique_ptr<Trainer> trainer;
  LossHistory curve;
  Metrics metrics;                    // of the present step
  std::vector<LayerStats> layers;     // of revision `looked`
  std::optional<int64_t> goal_epoch;  // the first at whose end the goal was met
  double seconds = 0;                 // spent on `timed` steps
  int64_t timed = 0;
  unsigned revision = 1, looked = 0;

  // The shares over all hidden units (and samples): f' = 0 everywhere; |f'| below 0.05.
  double dead() const;
  double saturated() const;
};

// Runs that share data, seed, first weights and step clock and differ in one thing. They train one
// after another inside one time budget and are always at the same step, but for those that catch
// up: a run that was added, and all of them when the goal has changed.
class CompareModel {
 public:
  static constexpr size_t kMostRuns = 8;
  static constexpr size_t kFewestRuns = 1;

  CompareModel();

  const Comparison& document() const { return document_; }
  std::vector<CompareRun>& runs() { return runs_; }
  const std::vector<CompareRun>& runs() const { return runs_; }
  // The experiment of one value, or why there is none.
  Result<Experiment> experiment(const std::string& value) const;
  const DataSet& data() const { return runs_.front().trainer->data(); }
  int64_t step() const { return step_; }
  int64_t epoch() const { return step_ / per_epoch(); }
  int64_t per_epoch() const;
  // The run that does best so far: by accuracy, and then by loss.
  const CompareRun& best() const;

  // Another comparison from step 0. An error, and no change, where one of its runs cannot be.
  std::optional<Error> load(const Comparison& comparison);
  std::optional<Error> edit(const std::function<void(Experiment&)>& change);
  std::optional<Error> vary(Varied varied);
  // At the present step, live.
  std::optional<Error> add(const std::string& value);
  std::optional<Error> set_value(size_t run, const std::string& value);
  void remove(size_t run);
  void set_goal(const CompareGoal& goal);
  // The value that another run would take.
  std::string next_value() const;

  bool playing() const { return playing_; }
  void play(bool on);
  size_t speed() const { return speed_; }
  void set_speed(size_t index) { speed_ = index; }
  void restart();
  bool all_diverged() const;
  // Whether a run is behind the others.
  bool behind(const CompareRun& run) const;
  bool catching_up() const;

  // To be called every frame: takes the steps that are due, within a time budget in seconds.
  void advance(double now, const std::function<double()>& clock, double budget);
  // All runs take so many steps, however long it takes; without a clock they are not timed.
  void take(int64_t count, const std::function<double()>& clock);
  // Lets the runs catch up with that step, frame by frame: with what a link holds of them.
  void go_on_to(int64_t step) { step_ = step; }
  // Brings the layers' figures of a run up to date.
  void look(CompareRun& run);

 private:
  std::optional<Error> start(CompareRun& run, const Comparison& comparison,
                             const std::string& value) const;
  size_t free_colour() const;
  void take(CompareRun& run, int64_t count, const std::function<double()>& clock) const;
  void catch_up(const std::function<double()>& clock, double until);
  void record();

  Comparison document_;
  std::vector<CompareRun> runs_;
  int64_t step_ = 0;
  bool playing_ = false;
  size_t speed_ = 4;
  Chunk chunk_{32};  // steps of a round in which every run has its turn
  Pace pace_;
};

}  // namespace lab
