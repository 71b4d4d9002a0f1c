#include <algorithm>
#include <limits>

#include "core/train/loss.h"
#include "core/train/trainer.h"

namespace lab {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// The class that a row of outputs or targets means, counted from 0: the largest of several, else
// whether the one is beyond the middle.
size_t class_of(std::span<const double> row, double middle) {
  if (row.size() == 1) return row[0] > middle;
  return static_cast<size_t>(std::ranges::max_element(row) - row.begin());
}

size_t target_class(const train::Plan& plan, std::span<const double> target) {
  return class_of(target, plan.loss == Loss::bce ? 0.5 : 0);
}

}  // namespace

// What the loss takes of some samples: logits, or what the output activation makes of them.
std::vector<double> Trainer::outputs(size_t first, size_t count) {
  std::vector<double> out(count * samples_.outputs);
  engine_->predict(std::span(samples_.x).subspan(first * samples_.inputs, count * samples_.inputs),
                   out);
  if (plan_.output_in_loss) {
    const train::LayerPlan& layer = plan_.layers.back();
    for (double& value : out) value = layer.activation->exact_value(layer.params, value);
  }
  return out;
}

void Trainer::evaluate(size_t first, size_t count, double& loss, double& accuracy) {
  loss = accuracy = kNone;
  if (count == 0) return;
  const size_t width = samples_.outputs;
  const std::vector<double> out = outputs(first, count);
  double sum = 0;
  size_t right = 0;
  for (size_t s = 0; s < count; ++s) {
    const auto row = std::span(out).subspan(s * width, width);
    const auto target = std::span(samples_.target).subspan((first + s) * width, width);
    sum += train::loss_value(plan_.loss, row, target);
    right += class_of(row, 0) == target_class(plan_, target);
  }
  loss = sum / static_cast<double>(count) * (plan_.playground ? 0.5 : 1);
  if (data_.problem == Problem::classification) {
    accuracy = static_cast<double>(right) / static_cast<double>(count);
  }
}

Metrics Trainer::metrics() {
  Metrics metrics;
  metrics.step = engine_->steps();
  metrics.epoch = engine_->batches().epoch(metrics.step);
  metrics.finite = !divergence_;
  const size_t train = samples_.train_count;
  metrics.tested = samples_.count > train;
  evaluate(0, train, metrics.train_loss, metrics.train_accuracy);
  evaluate(train, samples_.count - train, metrics.test_loss, metrics.test_accuracy);
  return metrics;
}

double Trainer::accuracy(bool test) {
  const size_t width = samples_.outputs, first = test ? samples_.train_count : 0;
  const size_t count = test ? samples_.count - first : samples_.train_count;
  if (data_.problem != Problem::classification || count == 0) return kNone;
  const std::vector<double> out = outputs(first, count);
  size_t right = 0;
  for (size_t s = 0; s < count; ++s) {
    const auto target = std::span(samples_.target).subspan((first + s) * width, width);
    right += class_of(std::span(out).subspan(s * width, width), 0) == target_class(plan_, target);
  }
  return static_cast<double>(right) / static_cast<double>(count);
}

Confusion Trainer::confusion(bool test) {
  Confusion confusion;
  if (data_.problem != Problem::classification) return confusion;
  const size_t width = samples_.outputs, first = test ? samples_.train_count : 0;
  const size_t count = test ? samples_.count - first : samples_.train_count;
  confusion.classes = std::max<size_t>(width, 2);
  confusion.counts.resize(confusion.classes * confusion.classes);
  const std::vector<double> out = outputs(first, count);
  for (size_t s = 0; s < count; ++s) {
    const auto target = std::span(samples_.target).subspan((first + s) * width, width);
    const size_t truth = target_class(plan_, target);
    const size_t predicted = class_of(std::span(out).subspan(s * width, width), 0);
    ++confusion.counts[truth * confusion.classes + predicted];
  }
  return confusion;
}

}  // namespace lab
