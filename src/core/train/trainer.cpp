#include "core/train/trainer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "core/experiment/document.h"
#include "core/playground/playground_start.h"
#include "core/train/loss.h"

namespace lab {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr int64_t kStepsBetweenChecks = 64;  // for numbers that are no longer finite

// Whether a prediction means the class that the target does.
bool same_class(train::Plan const& plan, std::span<const double> out,
                std::span<const double> target) {
  if (out.size() > 1) {
    const auto top = [](std::span<const double> values) {
      return std::ranges::max_element(values) - values.begin();
    };
    return top(out) == top(target);
  }
  const bool probability = plan.loss == Loss::bce;
  return (out[0] > 0) == (target[0] > (probability ? 0.5 : 0));
}

// What a label stands for (see make_data), from the number a caller gave with custom rows.
bool classifies(Loss loss, std::span<const float> labels) {
  if (loss != Loss::mse && loss != Loss::huber) return true;
  return std::ranges::all_of(labels, [](float label) { return std::fabs(label) == 1; });
}

}  // namespace

Result<std::unique_ptr<Trainer>> Trainer::create(const Experiment& experiment) {
  std::unique_ptr<Trainer> trainer(new Trainer(experiment));
  if (std::optional<Error> error = trainer->start()) return *error;
  return trainer;
}

std::optional<Error> Trainer::start() {
  if (std::optional<Error> error = validate(experiment_)) return error;
  const Result<train::Plan> plan = train::make_plan(experiment_, formulas_);
  if (!plan) return plan.error();
  plan_ = plan.value();
  const train::Parameters parameters = train::initial_parameters(experiment_, plan_);
  engine_ = plan_.precision == Precision::float64
                ? train::make_reference_engine<double>(plan_, parameters)
                : train::make_simd_engine(plan_, parameters);
  data_ = experiment_.playground ? playground_start(experiment_).data : make_data(experiment_);
  samples_ = train::make_samples(data_, experiment_, plan_);
  use_data();
  timeline_.keep(engine_->snapshot());
  return std::nullopt;
}

void Trainer::use_data() {
  batches_ = train::Batches(samples_.train_count, plan_);
  engine_->set_samples(samples_);
}

void Trainer::step(int64_t count) {
  if (count > 0) timeline_.forget_after(engine_->steps());
  while (count > 0 && !divergence_ && batches_.per_epoch() > 0) {
    const int64_t taken =
        std::min({count, timeline_.steps_to_next(engine_->steps()), kStepsBetweenChecks});
    const train::Snapshot before = engine_->snapshot();
    engine_->run(taken);
    if (!engine_->finite()) return find_divergence(before, taken);
    count -= taken;
    if (timeline_.due(engine_->steps())) timeline_.keep(engine_->snapshot());
  }
}

// Takes the last steps again, one by one, to the first that is not finite.
void Trainer::find_divergence(const train::Snapshot& before, int64_t count) {
  engine_->restore(before);
  for (int64_t i = 0; i < count; ++i) {
    before_divergence_ = engine_->snapshot();
    train::Parameters parameters = engine_->parameters();
    engine_->run(1);
    if (engine_->finite()) continue;
    Divergence divergence;
    divergence.step = engine_->steps();
    divergence.before = std::move(parameters);
    divergence.weight = train::first_not_finite(plan_, engine_->parameters());
    divergence.learning_rate =
        train::learning_rate(plan_, (divergence.step - 1) / batches_.per_epoch());
    divergence_ = std::move(divergence);
    return;
  }
}

bool Trainer::restore_last_finite() {
  if (!divergence_) return false;
  engine_->restore(before_divergence_);
  divergence_.reset();
  return true;
}

void Trainer::evaluate(size_t first, size_t count, double& loss, double& accuracy) {
  loss = accuracy = kNone;
  if (count == 0) return;
  const size_t outputs = samples_.outputs;
  std::vector<double> out(count * outputs);
  engine_->predict(std::span(samples_.x).subspan(first * samples_.inputs, count * samples_.inputs),
                   out);
  if (plan_.output_in_loss) {
    const train::LayerPlan& layer = plan_.layers.back();
    for (double& value : out) value = layer.activation->exact_value(layer.params, value);
  }
  double sum = 0;
  size_t right = 0;
  for (size_t s = 0; s < count; ++s) {
    const auto row = std::span(out).subspan(s * outputs, outputs);
    const auto target = std::span(samples_.target).subspan((first + s) * outputs, outputs);
    sum += train::loss_value(plan_.loss, row, target);
    right += same_class(plan_, row, target);
  }
  loss = sum / static_cast<double>(count) * (plan_.playground ? 0.5 : 1);
  if (data_.problem == Problem::classification) {
    accuracy = static_cast<double>(right) / static_cast<double>(count);
  }
}

Metrics Trainer::metrics() {
  Metrics metrics;
  metrics.step = engine_->steps();
  metrics.epoch = batches_.per_epoch() > 0 ? metrics.step / batches_.per_epoch() : 0;
  metrics.finite = !divergence_;
  const size_t train = samples_.train_count;
  evaluate(0, train, metrics.train_loss, metrics.train_accuracy);
  evaluate(train, samples_.count - train, metrics.test_loss, metrics.test_accuracy);
  return metrics;
}

std::optional<Error> Trainer::set_parameters(const train::Parameters& parameters) {
  const std::vector<size_t> sizes = parameter_sizes(experiment_);
  const auto wrong = [](size_t list, size_t wanted, size_t given) {
    return Error{
        "argument.length",
        {"parameters[" + std::to_string(list) + "]", std::to_string(wanted), std::to_string(given)},
        "parameters"};
  };
  if (parameters.size() != sizes.size()) {
    return Error{"argument.length",
                 {"parameters", std::to_string(sizes.size()), std::to_string(parameters.size())},
                 "parameters"};
  }
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (parameters[i].size() != sizes[i]) return wrong(i, sizes[i], parameters[i].size());
  }
  engine_->set_parameters(parameters);
  divergence_.reset();
  timeline_.keep(engine_->snapshot());
  return std::nullopt;
}

std::optional<Error> Trainer::set_data(std::span<const float> x, std::span<const float> y) {
  const size_t inputs = samples_.inputs, count = y.size();
  if (x.size() != count * inputs || count == 0) {
    return Error{
        "argument.length",
        {"x", std::to_string(std::max<size_t>(count, 1) * inputs), std::to_string(x.size())},
        "x"};
  }
  Experiment custom = experiment_;
  custom.data.kind = "custom";
  custom.playground.reset();
  custom.data.points.clear();
  // The rows take the place of points whose first coordinate is their number.
  for (size_t i = 0; i < count; ++i) {
    custom.data.points.push_back({static_cast<double>(i), 0, static_cast<double>(y[i])});
  }
  if (std::optional<Error> error = validate(custom)) return error;
  const DataSet split = make_data(custom);
  train::Samples samples = train::make_samples(split, custom, plan_);
  for (size_t s = 0; s < count; ++s) {
    const auto row = static_cast<size_t>(split.points[s].x);
    for (size_t i = 0; i < inputs; ++i) {
      samples.x[s * inputs + i] = static_cast<double>(x[row * inputs + i]);
    }
  }
  data_ = split;
  if (!classifies(plan_.loss, y)) data_.problem = Problem::regression;
  samples_ = std::move(samples);
  use_data();
  return std::nullopt;
}

std::optional<Error> Trainer::change(const Experiment& experiment) {
  if (std::optional<Error> error = validate(experiment)) return error;
  const Result<train::Plan> made = train::make_plan(experiment, formulas_);
  if (!made) return made.error();
  const train::Plan& plan = made.value();
  if (parameter_sizes(experiment) != parameter_sizes(experiment_) ||
      plan.playground != plan_.playground || plan.precision != plan_.precision) {
    return Error{"experiment.other_network", {}, "network"};
  }
  const bool same_data = experiment.data == experiment_.data &&
                         experiment.features == experiment_.features &&
                         experiment.training.loss == experiment_.training.loss;
  experiment_ = experiment;
  plan_ = plan;
  engine_->set_plan(plan_);
  if (!same_data && !plan_.playground) {
    data_ = make_data(experiment_);
    samples_ = train::make_samples(data_, experiment_, plan_);
  }
  use_data();
  return std::nullopt;
}

std::vector<float> Trainer::predict(std::span<const float> x) {
  std::vector<float> logits(x.size() / samples_.inputs * samples_.outputs);
  engine_->predict(x, logits);
  return logits;
}

std::vector<LayerStats> Trainer::layer_stats() {
  return lab::layer_stats(engine_->trace(samples_, 0, samples_.train_count), samples_.train_count);
}

std::string Trainer::hash() const {
  uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a
  const auto add = [&](auto bits) {
    for (size_t byte = 0; byte < sizeof(bits); ++byte) {
      hash = (hash ^ ((bits >> (8 * byte)) & 0xff)) * 0x100000001b3u;
    }
  };
  for (const auto& array : engine_->parameters()) {
    for (const double value : array) {
      if (plan_.precision == Precision::float64) {
        add(std::isnan(value) ? 0x7ff8000000000000u : std::bit_cast<uint64_t>(value));
      } else {
        add(std::isnan(value) ? 0x7fc00000u : std::bit_cast<uint32_t>(static_cast<float>(value)));
      }
    }
  }
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(hash >> shift) & 15];
  return text;
}

std::vector<int64_t> Trainer::kept_steps() const {
  std::vector<int64_t> steps;
  for (const train::Snapshot& snapshot : timeline_.all()) steps.push_back(snapshot.steps);
  if (steps.empty() || steps.back() < engine_->steps()) steps.push_back(engine_->steps());
  return steps;
}

bool Trainer::go_to(int64_t step) {
  if (step == engine_->steps() && !divergence_) return true;
  const train::Snapshot* snapshot = timeline_.find(step);
  if (!snapshot) return false;
  // The present step would be lost to the way back if it were not kept.
  const train::Snapshot target = *snapshot;
  if (!divergence_ && timeline_.all().back().steps < engine_->steps()) {
    timeline_.keep(engine_->snapshot());
  }
  engine_->restore(target);
  divergence_.reset();
  return true;
}

}  // namespace lab
