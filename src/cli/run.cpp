#include "cli/run.h"

#include <algorithm>
#include <cmath>

namespace lab::cli {
namespace {

// The first multiple of `distance` behind a step.
int64_t next_multiple(int64_t step, int64_t distance) {
  return (step / distance + 1) * distance;
}

}  // namespace

Outcome train_until(Trainer& trainer, const Options& options, int64_t default_epochs,
                    const std::function<void(const Metrics&)>& report) {
  const int64_t epoch = std::max<int64_t>(trainer.steps_per_epoch(), 1);
  const int64_t limit = options.steps.value_or(options.epochs.value_or(default_epochs) * epoch);
  const bool seeks = !options.goals.empty();
  Outcome outcome;
  for (bool first = true;; first = false) {
    const int64_t step = trainer.steps();
    outcome.metrics = trainer.metrics();
    outcome.reached = seeks && std::ranges::all_of(options.goals, [&](const Goal& goal) {
                        return goal.met(outcome.metrics);
                      });
    const bool last = outcome.reached || step >= limit || !outcome.metrics.finite;
    const bool due = first || last || (options.every && step % *options.every == 0);
    if (report && due) report(outcome.metrics);
    if (last) return outcome;
    int64_t next = limit;
    if (seeks) next = std::min(next, next_multiple(step, options.check.value_or(epoch)));
    if (options.every) next = std::min(next, next_multiple(step, *options.every));
    trainer.step(next - step);
    // Data that has no step to offer would never end.
    if (trainer.steps() == step && !trainer.divergence()) return outcome;
  }
}

void write_metrics(JsonWriter& json, const Metrics& metrics) {
  json.member("step", metrics.step).member("epoch", metrics.epoch);
  for (const MetricName& name : metric_names()) {
    const double value = metrics.*name.value;
    json.key(name.json);
    std::isnan(value) ? json.null() : json.value(value);
  }
  json.member("finite", metrics.finite);
}

}  // namespace lab::cli
