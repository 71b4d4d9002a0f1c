#include "core/train/plan.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/formula/formula_activation.h"
#include "core/math/real.h"
#include "core/playground/playground_start.h"
#include "core/random/generator.h"
#include "core/train/init_schemes.h"

namespace lab::train {
namespace {

Result<const Activation*> resolve(std::string_view id, FormulaLibrary& formulas) {
  if (id.starts_with(kFormulaPrefix)) {
    const auto formula = formulas.add(id.substr(kFormulaPrefix.size()));
    if (!formula) return formula.error();
    return &formula.value()->row();
  }
  const Activation* activation = find_activation(id);
  if (!activation) return Error{"activation.unknown", {std::string(id)}};
  return activation;
}

Result<LayerPlan> make_layer(const std::string& activation,
                             const std::map<std::string, double>& params, int inputs, int units,
                             FormulaLibrary& formulas) {
  const Result<const Activation*> row = resolve(activation, formulas);
  if (!row) return row.error();
  LayerPlan layer{inputs, units, row.value(), row.value()->default_params()};
  for (size_t i = 0; i < row.value()->params.size(); ++i) {
    const auto found = params.find(std::string(row.value()->params[i].id));
    if (found != params.end()) layer.params[i] = static_cast<float>(found->second);
  }
  layer.learns_slope = row.value()->id == "prelu";
  layer.random_slope = row.value()->id == "rrelu";
  return layer;
}

void resolve_optimizer(const Experiment::Training& training, Plan& plan) {
  const Experiment::Optimizer& optimizer = training.optimizer;
  const OptimizerKind kind = find_optimizer(optimizer.kind)->kind;
  const bool moving = kind == OptimizerKind::momentum || kind == OptimizerKind::nesterov;
  plan.optimizer = kind;
  plan.learning_rate = optimizer.learning_rate;
  plan.momentum = optimizer.momentum.value_or(moving ? 0.9 : 0);
  plan.beta1 = optimizer.beta1.value_or(0.9);
  plan.beta2 = optimizer.beta2.value_or(kind == OptimizerKind::rmsprop ? 0.99 : 0.999);
  plan.epsilon = optimizer.epsilon.value_or(kind == OptimizerKind::adagrad ? 1e-10 : 1e-8);
  plan.weight_decay = optimizer.weight_decay.value_or(kind == OptimizerKind::adamw ? 0.01 : 0);
}

// A target as the loss takes it, of a class that is or is not the one asked about.
double class_target(Loss loss, bool yes) {
  const bool probability = loss == Loss::bce || loss == Loss::cross_entropy;
  return yes ? 1 : probability ? 0 : -1;
}

}  // namespace

size_t Plan::parameter_count() const {
  size_t count = 0;
  for (const LayerPlan& layer : layers) {
    const size_t units = static_cast<size_t>(layer.units);
    count += units * static_cast<size_t>(layer.inputs) + (bias ? units : 0) + layer.learns_slope;
  }
  return count;
}

size_t Plan::array_of(size_t layer) const {
  size_t array = 0;
  for (size_t l = 0; l < layer; ++l) array += 1 + bias + layers[l].learns_slope;
  return array;
}

bool Plan::same_shape(const Plan& other) const {
  return bias == other.bias && std::ranges::equal(layers, other.layers, [](auto& a, auto& b) {
           return a.inputs == b.inputs && a.units == b.units;
         });
}

Result<Plan> make_plan(const Experiment& experiment, FormulaLibrary& formulas) {
  const Experiment::Network& network = experiment.network;
  const Experiment::Training& training = experiment.training;
  Plan plan;
  int inputs = static_cast<int>(experiment.features.size());
  for (const Experiment::Layer& hidden : network.hidden) {
    Result<LayerPlan> layer =
        make_layer(hidden.activation, hidden.params, inputs, hidden.units, formulas);
    if (!layer) return layer.error();
    plan.layers.push_back(layer.value());
    inputs = hidden.units;
  }
  Result<LayerPlan> output = make_layer(network.output, {}, inputs, network.outputs, formulas);
  if (!output) return output.error();
  plan.layers.push_back(output.value());
  plan.layers.back().learns_slope = plan.layers.back().random_slope = false;

  plan.bias = network.bias;
  plan.loss = find_loss(training.loss)->kind;
  plan.output_in_loss = plan.loss != Loss::bce && plan.loss != Loss::cross_entropy;
  resolve_optimizer(training, plan);
  plan.schedule = find_schedule(training.schedule.kind)->kind;
  plan.schedule_epochs = training.schedule.epochs;
  plan.schedule_factor = training.schedule.factor;
  plan.regularization = find_regularization(training.regularization.kind)->kind;
  plan.regularization_rate = training.regularization.rate;
  plan.batch_size = training.batch_size;
  plan.clip_norm = training.clip_norm;
  plan.dropout = training.dropout;
  plan.shuffle = training.shuffle;
  plan.seed = experiment.data.seed;
  plan.playground = experiment.playground.has_value();
  plan.precision = find_precision(training.precision)->kind;
  plan.frozen = network.frozen;
  return plan;
}

Parameters initial_parameters(const Experiment& experiment, const Plan& plan) {
  const Experiment::Network& network = experiment.network;
  if (!network.parameters.empty()) return network.parameters;
  if (experiment.playground) {
    Parameters parameters = playground_start(experiment).parameters;
    for (size_t l = 0, at = 2; l < plan.layers.size(); ++l, at += 2) {
      if (!plan.layers[l].learns_slope) continue;
      const double slope = static_cast<double>(plan.layers[l].params[0]);
      parameters.insert(parameters.begin() + static_cast<std::ptrdiff_t>(at++), {slope});
    }
    return parameters;
  }
  Parameters parameters;
  const InitScheme& scheme = *find_init_scheme(network.init.scheme);
  Generator generator(network.init.seed, kWeightStream);
  for (const LayerPlan& layer : plan.layers) {
    const size_t units = static_cast<size_t>(layer.units);
    std::vector<double> weights(units * static_cast<size_t>(layer.inputs)), biases(units);
    scheme.fill(generator, layer.inputs, layer.units, weights, biases);
    for (double& weight : weights) weight *= network.init.scale;
    parameters.push_back(std::move(weights));
    if (plan.bias) parameters.push_back(std::move(biases));
    if (layer.learns_slope) parameters.push_back({static_cast<double>(layer.params[0])});
  }
  return parameters;
}

WeightIndex first_not_finite(const Plan& plan, const Parameters& parameters) {
  size_t array = 0;
  for (size_t l = 0; l < plan.layers.size(); ++l) {
    const LayerPlan& layer = plan.layers[l];
    const size_t inputs = static_cast<size_t>(layer.inputs);
    const int arrays = 1 + plan.bias + layer.learns_slope;
    for (int part = 0; part < arrays; ++part, ++array) {
      const std::vector<double>& values = parameters[array];
      for (size_t i = 0; i < values.size(); ++i) {
        if (std::isfinite(values[i])) continue;
        if (part > 0) return {static_cast<int>(l), static_cast<int>(i), -1};
        return {static_cast<int>(l), static_cast<int>(i / inputs), static_cast<int>(i % inputs)};
      }
    }
  }
  return {};
}

Samples make_samples(const DataSet& data, const Experiment& experiment, const Plan& plan) {
  Samples samples;
  samples.inputs = plan.inputs();
  samples.outputs = plan.outputs();
  samples.count = data.points.size();
  samples.train_count = data.train_count;
  for (const DataPoint& point : data.points) {
    for (const std::string& feature : experiment.features) {
      samples.x.push_back(find_feature(feature)->of(point.x, point.y));
    }
    for (size_t output = 0; output < samples.outputs; ++output) {
      if (data.problem == Problem::regression) {
        samples.target.push_back(point.label);
      } else {
        const double asked = samples.outputs == 1 ? 1 : static_cast<double>(output);
        samples.target.push_back(class_target(plan.loss, point.label == asked));
      }
    }
  }
  return samples;
}

double learning_rate(const Plan& plan, int64_t epoch) {
  const double rate = plan.learning_rate, factor = plan.schedule_factor;
  const int64_t period = plan.schedule_epochs;
  switch (plan.schedule) {
    case ScheduleKind::constant:
      break;
    case ScheduleKind::step: {
      double share = 1;
      for (int64_t i = std::min<int64_t>(epoch / period, 10'000); i > 0; --i) share *= factor;
      return rate * share;
    }
    case ScheduleKind::cosine: {
      const double phase = static_cast<double>(epoch % (2 * period)) / static_cast<double>(period);
      const double least = rate * factor;
      return least + (rate - least) * (1 + real::cos(std::numbers::pi * phase)) / 2;
    }
    case ScheduleKind::warmup: {
      const double share =
          static_cast<double>(std::min(epoch, period)) / static_cast<double>(period);
      return rate * (factor + (1 - factor) * share);
    }
  }
  return rate;
}

Batches::Batches(size_t samples, const Plan& plan)
    : samples_(samples),
      size_(std::max<size_t>(1, static_cast<size_t>(plan.batch_size))),
      carries_(plan.playground) {
  if (!carries_) size_ = std::min(size_, std::max<size_t>(samples_, 1));
  const size_t whole = samples_ / size_;
  per_epoch_ = static_cast<int64_t>(carries_ ? whole : (samples_ + size_ - 1) / size_);
}

int64_t Batches::epoch(int64_t step) const {
  return per_epoch_ == 0 ? 0 : first_epoch_ + (step - first_step_) / per_epoch_;
}

Batch Batches::at(int64_t step) const {
  if (per_epoch_ == 0) return {};
  const size_t index = static_cast<size_t>((step - first_step_) % per_epoch_);
  Batch batch{epoch(step), index * size_, std::min(size_, samples_ - index * size_), 0};
  if (carries_ && index == 0 && batch.epoch > 0) batch.carried = samples_ % size_;
  return batch;
}

void Batches::advance(Batch& batch) const {
  const size_t first = batch.first + size_;
  const size_t end = carries_ ? static_cast<size_t>(per_epoch_) * size_ : samples_;
  if (first < end) {
    batch = {batch.epoch, first, std::min(size_, samples_ - first), 0};
  } else {
    batch = {batch.epoch + 1, 0, std::min(size_, samples_), carries_ ? samples_ % size_ : 0};
  }
}

void Batches::follow(const Batches& before, int64_t step) {
  first_step_ = before.first_step_;
  first_epoch_ = before.first_epoch_;
  if (per_epoch_ == before.per_epoch_ || before.per_epoch_ == 0) return;
  const bool begun = (step - first_step_) % before.per_epoch_ != 0;
  first_epoch_ = before.epoch(step) + begun;
  first_step_ = step;
}

std::vector<uint32_t> shuffled_order(const Plan& plan, size_t samples, int64_t epoch) {
  std::vector<uint32_t> order(samples);
  for (size_t i = 0; i < samples; ++i) order[i] = static_cast<uint32_t>(i);
  const uint64_t seed = (static_cast<uint64_t>(plan.seed) << 32) + static_cast<uint64_t>(epoch);
  Generator generator(seed, kShuffleStream);
  generator.shuffle(order);
  return order;
}

uint32_t unit_bits(uint32_t seed, int64_t step, size_t layer, size_t unit, size_t sample) {
  // Two rounds of a 64-bit mixer (the finalizer of SplitMix64) over the coordinates.
  const auto mix = [](uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  };
  const uint64_t place = (static_cast<uint64_t>(layer) << 48) +
                         (static_cast<uint64_t>(unit) << 32) + static_cast<uint64_t>(sample);
  const uint64_t key = mix((static_cast<uint64_t>(seed) << 32) ^ static_cast<uint64_t>(step));
  return static_cast<uint32_t>(mix(key + place * 0x9e3779b97f4a7c15u) >> 32);
}

template <class S>
UpdateRates<S> update_rates(const Plan& plan, double rate, double power1, double power2) {
  UpdateRates<S> rates;
  rates.rate = static_cast<S>(rate);
  rates.momentum = static_cast<S>(plan.momentum);
  rates.one_minus_beta1 = static_cast<S>(1 - plan.beta1);
  rates.beta2 = static_cast<S>(plan.beta2);
  rates.one_minus_beta2 = static_cast<S>(1 - plan.beta2);
  rates.epsilon = static_cast<S>(plan.epsilon);
  rates.step_size = static_cast<S>(rate / (1 - power1));
  rates.bias_correction = static_cast<S>(1 / std::sqrt(1 - power2));
  rates.shrink = static_cast<S>(1 - rate * plan.weight_decay);
  rates.weight_decay = static_cast<S>(plan.weight_decay);
  rates.regularization = plan.regularization;
  rates.decay = static_cast<S>(plan.regularization_rate);
  return rates;
}
template UpdateRates<float> update_rates(const Plan&, double, double, double);
template UpdateRates<double> update_rates(const Plan&, double, double, double);

}  // namespace lab::train
