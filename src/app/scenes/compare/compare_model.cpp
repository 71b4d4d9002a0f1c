#include "app/scenes/compare/compare_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "app/training/fit_to_data.h"
#include "app/training/shown_metrics.h"

namespace lab {
namespace {

Comparison first_comparison() {
  Comparison comparison;
  Experiment& e = comparison.base;
  e.data.kind = "circle";
  e.data.noise = 0.1;
  e.network.hidden.assign(2, {8, "tanh", {}});
  e.training.optimizer.kind = "adam";
  e.training.optimizer.learning_rate = 0.01;
  for (const std::string_view value : row_of(comparison.varied).at_first) {
    comparison.values.emplace_back(value);
  }
  return comparison;
}

double mean_of_hidden(const std::vector<LayerStats>& layers, double LayerStats::*share) {
  if (layers.size() < 2) return 0;
  double sum = 0;
  for (size_t l = 0; l + 1 < layers.size(); ++l) sum += layers[l].*share;
  return sum / static_cast<double>(layers.size() - 1);
}

}  // namespace

bool CompareGoal::met(const Metrics& m) const {
  if (!m.finite) return false;
  const double reached = shown_accuracy(m);
  return std::isnan(reached) ? shown_loss(m) <= loss : reached >= accuracy;
}

bool CompareGoal::met(Trainer& trainer) const {
  if (trainer.divergence()) return false;
  const train::Samples& samples = trainer.samples();
  const double reached = trainer.accuracy(samples.train_count < samples.count);
  return std::isnan(reached) ? met(trainer.metrics()) : reached >= accuracy;
}

const CompareRun& CompareModel::best() const {
  const auto worse = [](const CompareRun& a, const CompareRun& b) {
    const auto rank = [](const CompareRun& run) {
      const double accuracy = shown_accuracy(run.metrics), loss = shown_loss(run.metrics);
      return std::pair(std::isnan(accuracy) ? -1 : accuracy,
                       std::isnan(loss) ? -std::numeric_limits<double>::infinity() : -loss);
    };
    return rank(a) < rank(b);
  };
  return *std::ranges::max_element(runs_, worse);
}

double CompareRun::dead() const {
  return mean_of_hidden(layers, &LayerStats::dead);
}

double CompareRun::saturated() const {
  return mean_of_hidden(layers, &LayerStats::saturated);
}

CompareModel::CompareModel() {
  load(first_comparison());
}

int64_t CompareModel::per_epoch() const {
  return std::max<int64_t>(runs_.front().trainer->steps_per_epoch(), 1);
}

Result<Experiment> CompareModel::experiment(const std::string& value) const {
  Experiment experiment = document_.base;
  if (auto error = set_varied(document_.varied, value, experiment)) return *error;
  return experiment;
}

// Makes the run that a value stands for, at step 0.
std::optional<Error> CompareModel::start(CompareRun& run, const Comparison& comparison,
                                         const std::string& value) const {
  Experiment experiment = comparison.base;
  if (auto error = set_varied(comparison.varied, value, experiment)) return error;
  auto made = Trainer::create(experiment);
  if (!made) return made.error();
  run.value = value;
  run.experiment = std::move(experiment);
  run.trainer = std::move(made.value());
  run.curve.clear();
  run.metrics = run.trainer->metrics();
  run.curve.add(run.metrics);
  run.goal_epoch.reset();
  if (comparison.goal.met(run.metrics)) run.goal_epoch = 0;
  run.seconds = 0;
  run.timed = 0;
  ++run.revision;
  return std::nullopt;
}

std::optional<Error> CompareModel::load(const Comparison& comparison) {
  std::vector<CompareRun> runs;
  for (const std::string& value : comparison.values) {
    CompareRun run;
    run.colour = runs.size();
    if (auto error = start(run, comparison, value)) return error;
    runs.push_back(std::move(run));
  }
  document_ = comparison;
  runs_ = std::move(runs);
  step_ = 0;
  pace_.start();
  playing_ = false;
  return std::nullopt;
}

std::optional<Error> CompareModel::edit(const std::function<void(Experiment&)>& change) {
  Comparison next = document_;
  change(next.base);
  if (next == document_) return std::nullopt;
  const bool was_playing = playing_;
  auto error = load(next);
  if (!error) play(was_playing);
  return error;
}

std::optional<Error> CompareModel::vary(Varied varied) {
  if (varied == document_.varied) return std::nullopt;
  Comparison next = document_;
  next.varied = varied;
  next.values.clear();
  for (const std::string_view value : row_of(varied).at_first) next.values.emplace_back(value);
  return load(next);
}

size_t CompareModel::free_colour() const {
  for (size_t colour = 0;; ++colour) {
    if (std::ranges::find(runs_, colour, &CompareRun::colour) == runs_.end()) return colour;
  }
}

std::optional<Error> CompareModel::add(const std::string& value) {
  if (runs_.size() >= kMostRuns) return std::nullopt;
  CompareRun run;
  run.colour = free_colour();
  if (auto error = start(run, document_, value)) return error;
  runs_.push_back(std::move(run));
  document_.values.push_back(value);
  return std::nullopt;
}

std::optional<Error> CompareModel::set_value(size_t index, const std::string& value) {
  if (runs_[index].value == value) return std::nullopt;
  CompareRun run;
  run.colour = runs_[index].colour;
  run.revision = runs_[index].revision;
  if (auto error = start(run, document_, value)) return error;
  runs_[index] = std::move(run);
  document_.values[index] = value;
  return std::nullopt;
}

void CompareModel::remove(size_t index) {
  if (runs_.size() <= kFewestRuns) return;
  runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(index));
  document_.values.erase(document_.values.begin() + static_cast<std::ptrdiff_t>(index));
}

// When a goal was met is looked up by training again.
void CompareModel::set_goal(const CompareGoal& goal) {
  if (goal == document_.goal) return;
  document_.goal = goal;
  for (CompareRun& run : runs_) start(run, document_, std::string(run.value));
}

std::string CompareModel::next_value() const {
  const VariedRow& row = row_of(document_.varied);
  for (const auto& list : {row.next, row.at_first}) {
    for (const std::string_view value : list) {
      if (std::ranges::find(document_.values, value) == document_.values.end()) {
        return std::string(value);
      }
    }
  }
  return document_.values.back();
}

bool CompareModel::all_diverged() const {
  return std::ranges::all_of(
      runs_, [](const CompareRun& run) { return run.trainer->divergence().has_value(); });
}

bool CompareModel::behind(const CompareRun& run) const {
  return run.trainer->steps() < step_ && !run.trainer->divergence();
}

bool CompareModel::catching_up() const {
  return std::ranges::any_of(runs_, [this](const CompareRun& run) { return behind(run); });
}

void CompareModel::play(bool on) {
  playing_ = on && !all_diverged();
  pace_.start();
}

void CompareModel::restart() {
  load(Comparison(document_));
}

// Takes steps; while the goal is not met it is asked for at the end of every epoch.
void CompareModel::take(CompareRun& run, int64_t count,
                        const std::function<double()>& clock) const {
  Trainer& trainer = *run.trainer;
  const int64_t epoch = per_epoch();
  while (count > 0 && !trainer.divergence()) {
    const int64_t to_epoch = epoch - trainer.steps() % epoch;
    const int64_t taken = run.goal_epoch ? count : std::min(count, to_epoch);
    const double before = clock ? clock() : 0;
    trainer.step(taken);
    if (clock) {
      run.seconds += clock() - before;
      run.timed += taken;
    }
    count -= taken;
    ++run.revision;
    if (run.goal_epoch || trainer.steps() % epoch != 0) continue;
    if (document_.goal.met(trainer)) run.goal_epoch = trainer.steps() / epoch;
  }
}

void CompareModel::catch_up(const std::function<double()>& clock, double until) {
  for (CompareRun& run : runs_) {
    while (behind(run) && clock() < until) {
      take(run, std::min(per_epoch(), step_ - run.trainer->steps()), clock);
      run.metrics = run.trainer->metrics();
      run.curve.add(run.metrics);
    }
  }
}

void CompareModel::advance(double now, const std::function<double()>& clock, double budget) {
  const double until = now + budget;
  if (catching_up()) catch_up(clock, until);
  if (!playing_ || catching_up()) return;
  const int64_t epoch = per_epoch();
  int64_t left = pace_.due(now, kTrainSpeeds[speed_], epoch);
  if (left < 1) return;
  const int64_t before = step_;
  double time = clock();
  do {  // rounds in which every run takes the same steps
    const int64_t taken = std::min(left, chunk_.steps());
    for (CompareRun& run : runs_) take(run, taken, clock);
    step_ += taken;
    left -= taken;
    const double round = clock() - time;
    time += round;
    chunk_.took(round, budget);
  } while (left > 0 && time < until);
  pace_.took(step_ - before, 2 * epoch);
  record();
  if (all_diverged()) playing_ = false;
}

void CompareModel::take(int64_t count, const std::function<double()>& clock) {
  for (CompareRun& run : runs_) take(run, step_ + count - run.trainer->steps(), clock);
  step_ += count;
  record();
}

void CompareModel::record() {
  for (CompareRun& run : runs_) {
    run.metrics = run.trainer->metrics();
    run.curve.add(run.metrics);
  }
}

void CompareModel::look(CompareRun& run) {
  if (run.looked == run.revision) return;
  run.layers = run.trainer->layer_stats();
  run.looked = run.revision;
}

}  // namespace lab
