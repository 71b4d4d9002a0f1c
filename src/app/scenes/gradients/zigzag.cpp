#include "app/scenes/gradients/zigzag.h"

#include <array>
#include <cmath>

#include "core/activation/activation.h"
#include "core/random/generator.h"

namespace lab {
namespace {

constexpr int kSamples = 64;

// The neuron as a document: its inputs are points, and nothing comes behind it.
Experiment neuron(std::string_view activation, double rate) {
  const Activation& row = *find_activation(activation);
  Experiment e;
  e.data.kind = "custom";
  e.data.train_fraction = 1;
  Generator generator(7, 0);
  for (int i = 0; i < kSamples; ++i) {
    const double u = 1.5 * generator.normal(), v = 1.5 * generator.normal();
    const double x = row.exact_value(row.default_params(), u);
    const double y = row.exact_value(row.default_params(), v);
    e.data.points.push_back({x, y, Zigzag::kTarget[0] * x + Zigzag::kTarget[1] * y});
  }
  e.network.hidden.clear();
  e.network.bias = false;
  e.network.parameters = {{Zigzag::kStart[0], Zigzag::kStart[1]}};
  e.training.loss = "mse";
  e.training.optimizer.learning_rate = rate;
  e.training.batch_size = 1;
  e.training.precision = "float64";
  return e;
}

}  // namespace

Zigzag::Zigzag(std::string_view activation, double rate) : activation_(activation) {
  auto made = Trainer::create(neuron(activation, rate));
  if (!made) return;
  trainer_ = std::move(made.value());
  const train::Samples& samples = trainer_->samples();
  const auto count = static_cast<double>(samples.count);
  for (size_t i = 0; i < samples.count; ++i) {
    const double x = samples.x[2 * i], y = samples.x[2 * i + 1];
    xx_ += x * x / count;
    xy_ += x * y / count;
    yy_ += y * y / count;
  }
  note();
}

void Zigzag::note() {
  const std::vector<double> w = trainer_->parameters()[0];
  path_.push_back({w[0], w[1]});
  const double away = std::hypot(w[0] - kTarget[0], w[1] - kTarget[1]);
  if (arrived_ < 0 && away < 0.1) arrived_ = static_cast<int>(path_.size()) - 1;
}

void Zigzag::step(int count) {
  for (int i = 0; i < count && path_.size() <= kMostSteps && !trainer_->divergence(); ++i) {
    trainer_->step(1);
    note();
  }
}

double Zigzag::loss(double w1, double w2) const {
  const double a = w1 - kTarget[0], b = w2 - kTarget[1];
  return a * a * xx_ + 2 * a * b * xy_ + b * b * yy_;
}

double Zigzag::same_direction() const {
  size_t same = 0;
  for (size_t i = 1; i < path_.size(); ++i) {
    const double a = path_[i].w1 - path_[i - 1].w1, b = path_[i].w2 - path_[i - 1].w2;
    if (a * b > 0) ++same;
  }
  return path_.size() > 1 ? static_cast<double>(same) / static_cast<double>(path_.size() - 1) : 0;
}

}  // namespace lab
