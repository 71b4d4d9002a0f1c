#include "app/scenes/compare/seed_sweep.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/training/shown_metrics.h"

namespace lab {

void SeedSweep::start(std::vector<Experiment> experiments, const CompareGoal& goal, int seeds,
                      int64_t epochs) {
  clear();
  experiments_ = std::move(experiments);
  results_.assign(experiments_.size(), {});
  goal_ = goal;
  seeds_ = static_cast<size_t>(seeds);
  epochs_ = epochs;
}

void SeedSweep::cancel() {
  cancelled_ = true;
  trainer_.reset();
}

void SeedSweep::clear() {
  *this = SeedSweep();
}

void SeedSweep::advance(const std::function<double()>& clock, double until) {
  while (running() && clock() < until) {
    const size_t value = done_ % experiments_.size();
    const auto seed = static_cast<uint32_t>(done_ / experiments_.size() + 1);
    if (!trainer_) {
      Experiment experiment = experiments_[value];
      experiment.data.seed = experiment.network.init.seed = seed;
      auto made = Trainer::create(experiment);
      if (!made) return cancel();
      trainer_ = std::move(made.value());
    }
    const bool reached = goal_.met(*trainer_);
    const int64_t epoch = trainer_->steps() / std::max<int64_t>(trainer_->steps_per_epoch(), 1);
    if (!reached && epoch < epochs_ && !trainer_->divergence()) {
      const int64_t before = trainer_->steps();
      trainer_->epoch(1);
      if (trainer_->steps() > before || trainer_->divergence()) continue;
    }
    const Metrics m = trainer_->metrics();
    results_[value].push_back({seed, reached, m.epoch, shown_accuracy(m), shown_loss(m), m.finite});
    trainer_.reset();
    ++done_;
  }
}

SeedSummary SeedSweep::summary(size_t value) const {
  SeedSummary summary;
  std::vector<double> accuracies;
  for (const SeedResult& result : results_[value]) {
    ++summary.runs;
    if (!std::isnan(result.accuracy)) accuracies.push_back(result.accuracy);
    if (!result.reached) continue;
    ++summary.reached;
    summary.epochs.push_back(static_cast<double>(result.epochs));
  }
  summary.success = wilson(summary.reached, summary.runs);
  std::ranges::sort(summary.epochs);
  std::ranges::sort(accuracies);
  const auto of = [](const std::vector<double>& sorted, double share) {
    return sorted.empty() ? std::numeric_limits<double>::quiet_NaN() : quantile(sorted, share);
  };
  summary.low = of(summary.epochs, 0.25);
  summary.median = of(summary.epochs, 0.5);
  summary.high = of(summary.epochs, 0.75);
  summary.accuracy = of(accuracies, 0.5);
  return summary;
}

}  // namespace lab
