#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/scenes/compare/compare_model.h"
#include "core/math/summary.h"

namespace lab {

// How one run of a sweep ended.
struct SeedResult {
  uint32_t seed = 0;
  bool reached = false;
  int64_t epochs = 0;  // to the goal, or to where it gave up
  double accuracy = 0, loss = 0;
  bool finite = true;
};

// What the runs of one value tell together.
struct SeedSummary {
  size_t runs = 0, reached = 0;
  Interval success;                      // where the rate of success lies, Wilson's at 95 %
  std::vector<double> epochs;            // of those that reached the goal, sorted
  double median = 0, low = 0, high = 0;  // quartiles of them; not-a-number where none did
  double accuracy = 0;                   // the median of all at the end
};

// The same comparison over many seeds of data and weights: seed by seed, every value in turn, each
// until its goal is met or the limit of epochs is over. The same results on every machine.
class SeedSweep {
 public:
  void start(std::vector<Experiment> experiments, const CompareGoal& goal, int seeds,
             int64_t epochs);
  void cancel();
  void clear();
  // Trains until the clock has reached `until`.
  void advance(const std::function<double()>& clock, double until);

  bool running() const { return done_ < total() && !cancelled_; }
  bool cancelled() const { return cancelled_; }
  size_t done() const { return done_; }
  size_t total() const { return experiments_.size() * seeds_; }
  bool empty() const { return done_ == 0; }
  const std::vector<SeedResult>& results(size_t value) const { return results_[value]; }
  SeedSummary summary(size_t value) const;
  int64_t epochs() const { return epochs_; }

 private:
  std::vector<Experiment> experiments_;
  CompareGoal goal_;
  size_t seeds_ = 0, done_ = 0;
  int64_t epochs_ = 0;
  bool cancelled_ = false;
  std::unique_ptr<Trainer> trainer_;  // of the run under way
  std::vector<std::vector<SeedResult>> results_;
};

}  // namespace lab
