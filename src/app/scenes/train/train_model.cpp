#include "app/scenes/train/train_model.h"

#include <algorithm>
#include <cmath>

#include "app/scenes/train/presets.h"
#include "app/training/shown_metrics.h"
#include "core/experiment/document.h"

namespace lab {
namespace {

// Whether the same parameters serve document `b` and then `a`, so that training can go on. Points
// that have become a person's own are still the problem that was being learned.
bool same_network(const Experiment& a, const Experiment& b) {
  const auto units = [](const Experiment& e) {
    std::vector<int> sizes;
    for (const Experiment::Layer& layer : e.network.hidden) sizes.push_back(layer.units);
    return sizes;
  };
  const bool same_data = a.data.kind == b.data.kind || a.data.kind == "custom";
  return same_data && a.features == b.features && units(a) == units(b) &&
         a.network.outputs == b.network.outputs && a.network.bias == b.network.bias &&
         a.network.init == b.network.init && a.network.parameters == b.network.parameters &&
         a.playground == b.playground && a.training.precision == b.training.precision;
}

// Turns the labels of a person's points, classes or values, into what the loss takes, and lets the
// network have an output for each of them.
void label_for_loss(Experiment& experiment, Problem problem) {
  std::string& loss = experiment.training.loss;
  int& outputs = experiment.network.outputs;
  if (problem == Problem::regression) {
    outputs = 1;
    if (loss != "mse" && loss != "huber") loss = "mse";
    return;
  }
  double most = 1;
  for (const DataPoint& point : experiment.data.points) most = std::max(most, point.label);
  if (most > 1) loss = "cross_entropy";
  if (loss == "cross_entropy") outputs = std::max(outputs, static_cast<int>(most) + 1);
  if (loss == "cross_entropy" || loss == "bce") return;
  for (DataPoint& point : experiment.data.points) point.label = point.label > 0 ? 1 : -1;
}

// The weight or bias with that index among the parameters.
template <class Parameters>
auto& entry(Parameters& parameters, const train::Plan& plan, const WeightIndex& index) {
  const auto layer = static_cast<size_t>(index.layer), unit = static_cast<size_t>(index.unit);
  const size_t array = plan.array_of(layer);
  if (index.input < 0) return parameters[array + 1][unit];
  const auto inputs = static_cast<size_t>(plan.layers[layer].inputs);
  return parameters[array][unit * inputs + static_cast<size_t>(index.input)];
}

}  // namespace

TrainModel::TrainModel() {
  std::optional<Error> error;
  start(experiment_of(train_presets().front()), error);
}

bool TrainModel::start(const Experiment& experiment, std::optional<Error>& error) {
  Result<std::unique_ptr<Trainer>> made = Trainer::create(experiment);
  if (!made) {
    error = made.error();
    return false;
  }
  trainer_ = std::move(made.value());
  document_ = experiment;
  curve_.clear();
  stopped_by_ = StopCause::none;
  pace_.start();
  replay_.start();
  touch();
  record();
  return true;
}

std::optional<Error> TrainModel::apply(const Experiment& experiment) {
  if (experiment == document_) return std::nullopt;
  std::optional<Error> error;
  if (same_network(experiment, document_)) {
    error = trainer_->change(experiment);
    if (!error) {
      document_ = experiment;
      replay_.changed(*trainer_);
      stopped_by_ = StopCause::none;
      touch();
      record();
      return error;
    }
    if (error->code != "experiment.other_network") return error;
    error.reset();
  }
  start(experiment, error);
  return error;
}

std::optional<Error> TrainModel::edit(const std::function<void(Experiment&)>& change,
                                      bool same_gesture) {
  Experiment next = document_;
  change(next);
  if (next == document_) return std::nullopt;
  const Experiment before = document_;
  std::optional<Error> error = apply(next);
  if (!error) undo_.before_change(before, same_gesture);
  return error;
}

std::optional<Error> TrainModel::load(const Experiment& experiment) {
  const Experiment before = document_;
  std::optional<Error> error;
  if (!start(experiment, error)) return error;
  playing_ = false;
  undo_.before_change(before);
  return std::nullopt;
}

void TrainModel::undo() {
  Experiment next = document_;
  undo_.undo(next);
  apply(next);
}

void TrainModel::redo() {
  Experiment next = document_;
  undo_.redo(next);
  apply(next);
}

std::optional<Error> TrainModel::set_kind(std::string_view kind) {
  if (kind == "custom") {
    return draw_points([](std::vector<DataPoint>&) {});  // those that are there, to be added to
  }
  return edit([&](Experiment& e) {
    e.data.kind = kind;
    e.data.points.clear();
    e.playground.reset();
    if (e.network.init.scheme == "playground") e.network.init.scheme = "xavier_uniform";
    e.network.parameters.clear();
    e.network.frozen.clear();
    fit_to_data(e);
  });
}

std::optional<Error> TrainModel::draw_points(
    const std::function<void(std::vector<DataPoint>&)>& change) {
  std::vector<DataPoint> points = trainer_->data().points;
  change(points);
  return set_points(std::move(points), trainer_->data().problem);
}

std::optional<Error> TrainModel::set_points(std::vector<DataPoint> points, Problem problem) {
  return edit(
      [&](Experiment& e) {
        e.data.kind = "custom";
        e.data.points = std::move(points);
        e.playground.reset();
        if (e.network.init.scheme == "playground") e.network.init.scheme = "xavier_uniform";
        label_for_loss(e, problem);
      },
      true);
}

const train::Parameters& TrainModel::parameters() {
  if (read_ != revision_) {
    parameters_ = trainer_->parameters();
    read_ = revision_;
  }
  return parameters_;
}

double TrainModel::weight(const WeightIndex& index) {
  return entry(parameters(), trainer_->plan(), index);
}

void TrainModel::set_weight(const WeightIndex& index, double value) {
  train::Parameters next = parameters();
  entry(next, trainer_->plan(), index) = value;
  set_parameters(next);
}

void TrainModel::set_parameters(const train::Parameters& parameters) {
  if (trainer_->set_parameters(parameters)) return;
  // What training starts from belongs to the document.
  if (trainer_->steps() == 0) document_.network.parameters = parameters;
  replay_.changed(*trainer_);
  curve_.branch(trainer_->steps());
  touch();
  record();
}

void TrainModel::freeze(const WeightIndex& index, bool on) {
  edit([&](Experiment& e) {
    if (!on) std::erase(e.network.frozen, index);
    if (on && !frozen(index)) e.network.frozen.push_back(index);
  });
}

bool TrainModel::frozen(const WeightIndex& index) const {
  return std::ranges::find(document_.network.frozen, index) != document_.network.frozen.end();
}

const Metrics& TrainModel::metrics() const {
  if (measured_ != revision_) {
    metrics_ = trainer_->metrics();
    measured_ = revision_;
  }
  return metrics_;
}

void TrainModel::touch() {
  ++revision_;
}

void TrainModel::record() {
  curve_.add(metrics());
}

void TrainModel::play(bool on) {
  if (on && trainer_->divergence()) return;
  playing_ = on;
  pace_.start();
  if (on) stopped_by_ = StopCause::none;
}

void TrainModel::advance(double now, const std::function<double()>& clock, double budget) {
  if (going_on()) {
    const double until = now + budget;
    while (going_on() && clock() < until) {
      run(std::min(replay_.left(*trainer_), replay_.slice()), clock, until, false);
    }
    return;
  }
  if (!playing_) return;
  const int64_t per_epoch = std::max<int64_t>(trainer_->steps_per_epoch(), 1);
  const int64_t steps = pace_.due(now, kTrainSpeeds[speed_], per_epoch);
  if (steps < 1) return;
  const int64_t before = trainer_->steps();
  run(steps, clock, now + budget, rules_.any());
  pace_.took(trainer_->steps() - before, 2 * per_epoch);
}

// Takes steps until they are done, time is up, or, if it is careful, a rule says stop.
void TrainModel::run(int64_t count, const std::function<double()>& clock, double until,
                     bool careful) {
  const int64_t per_epoch = std::max<int64_t>(trainer_->steps_per_epoch(), 1);
  Chunk chunk(64);
  double time = clock();
  const double budget = until - time;
  curve_.branch(trainer_->steps());
  while (count > 0 && time < until && !trainer_->divergence()) {
    const int64_t to_epoch = per_epoch - trainer_->steps() % per_epoch;
    const int64_t taken = std::min({count, chunk.steps(), careful ? to_epoch : count});
    trainer_->step(taken);
    count -= taken;
    touch();
    if (careful && trainer_->steps() % per_epoch == 0 && stop_if_reached()) break;
    const double passed = clock() - time;
    time += passed;
    chunk.took(passed, budget);
  }
  record();
  if (trainer_->divergence()) playing_ = false;
}

bool TrainModel::stop_if_reached() {
  const Metrics& now = metrics();
  const double loss = shown_loss(now), accuracy = shown_accuracy(now);
  if (rules_.loss && loss <= *rules_.loss) stopped_by_ = StopCause::loss;
  if (rules_.accuracy && accuracy >= *rules_.accuracy) stopped_by_ = StopCause::accuracy;
  if (rules_.epochs && now.epoch >= *rules_.epochs) stopped_by_ = StopCause::epochs;
  if (stopped_by_ == StopCause::none) return false;
  playing_ = false;
  return true;
}

void TrainModel::step(int64_t count) {
  replay_.stop();
  curve_.branch(trainer_->steps());
  trainer_->step(count);
  touch();
  record();
}

void TrainModel::restart() {
  playing_ = false;
  stopped_by_ = StopCause::none;
  std::optional<Error> error;
  start(Experiment(document_), error);
}

void TrainModel::go_to(int64_t step) {
  if (step == trainer_->steps() && !trainer_->divergence()) return;
  playing_ = false;
  replay_.stop();
  if (trainer_->go_to(step)) touch();
}

bool TrainModel::restore_last_finite() {
  if (!trainer_->restore_last_finite()) return false;
  touch();
  curve_.branch(trainer_->steps());
  record();
  return true;
}

}  // namespace lab
