#include "core/train/trainer.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/experiment/document.h"
#include "core/playground/playground_start.h"

namespace lab {
namespace {

constexpr int64_t kStepsBetweenChecks = 64;  // for numbers that are no longer finite

// What a label stands for (see make_data), from the number a caller gave with custom rows.
bool classifies(Loss loss, std::span<const float> labels) {
  if (loss != Loss::mse && loss != Loss::huber) return true;
  return std::ranges::all_of(labels, [](float label) { return std::fabs(label) == 1; });
}

}  // namespace

Result<std::unique_ptr<Trainer>> Trainer::create(const Experiment& experiment, simd::Isa isa) {
  std::unique_ptr<Trainer> trainer(new Trainer(experiment, isa));
  if (std::optional<Error> error = trainer->start()) return *error;
  return trainer;
}

std::optional<Error> Trainer::start() {
  if (std::optional<Error> error = validate(experiment_)) return error;
  const Result<train::Plan> plan = train::make_plan(experiment_, formulas_);
  if (!plan) return plan.error();
  plan_ = plan.value();
  const train::Parameters parameters = train::initial_parameters(experiment_, plan_);
  engine_ = make_engine(plan_, parameters);
  make_document_data();
  timeline_.keep(engine_->snapshot());
  return std::nullopt;
}

std::unique_ptr<train::Engine> Trainer::make_engine(const train::Plan& plan,
                                                    const train::Parameters& parameters) const {
  return plan.precision == Precision::float64
             ? train::make_reference_engine<double>(plan, parameters)
             : train::make_simd_engine(plan, parameters, isa_);
}

void Trainer::make_document_data() {
  data_ = experiment_.playground ? playground_start(experiment_).data : make_data(experiment_);
  samples_ = train::make_samples(data_, experiment_, plan_);
  engine_->set_samples(samples_);
}

double Trainer::learning_rate() const {
  return train::learning_rate(plan_, engine_->batches().epoch(steps()));
}

void Trainer::step(int64_t count) {
  if (count > 0) timeline_.forget_after(engine_->steps());
  while (count > 0 && !divergence_ && steps_per_epoch() > 0) {
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
        train::learning_rate(plan_, engine_->batches().epoch(divergence.step - 1));
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
  for (const auto& [name, numbers] : {std::pair("x", x), {"y", y}}) {
    const auto bad = std::ranges::find_if(numbers, [](float v) { return !std::isfinite(v); });
    if (bad == numbers.end()) continue;
    return Error{"argument.not_finite", {name, std::to_string(bad - numbers.begin())}, name};
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
  engine_->set_samples(samples_);
  return std::nullopt;
}

std::optional<Error> Trainer::change(const Experiment& experiment) {
  if (std::optional<Error> error = validate(experiment)) return error;
  const Result<train::Plan> made = train::make_plan(experiment, formulas_);
  if (!made) return made.error();
  const train::Plan& plan = made.value();
  if (!plan.same_shape(plan_) || plan.playground != plan_.playground ||
      plan.precision != plan_.precision) {
    return Error{"experiment.other_network", {}, "network"};
  }
  const bool same_data = experiment.data == experiment_.data &&
                         experiment.features == experiment_.features &&
                         experiment.training.loss == experiment_.training.loss &&
                         experiment.playground == experiment_.playground;
  const bool new_slopes =
      !std::ranges::equal(plan.layers, plan_.layers, {}, &train::LayerPlan::learns_slope,
                          &train::LayerPlan::learns_slope);
  experiment_ = experiment;
  plan_ = plan;
  engine_->set_plan(plan_);
  if (!same_data) make_document_data();
  if (new_slopes && !divergence_) timeline_.keep(engine_->snapshot());
  return std::nullopt;
}

std::vector<float> Trainer::predict(std::span<const float> x) {
  std::vector<float> logits(x.size() / samples_.inputs * samples_.outputs);
  engine_->predict(x, logits);
  return logits;
}

std::vector<LayerStats> Trainer::layer_stats() {
  return lab::layer_stats(trace(), samples_.train_count);
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
