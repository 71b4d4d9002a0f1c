#include "core/train/loss.h"

#include <algorithm>
#include <cmath>

#include "core/math/real.h"

namespace lab::train {
namespace {

double largest(std::span<const double> values) {
  return *std::max_element(values.begin(), values.end());
}

double log_sum_exp(std::span<const double> values) {
  const double top = largest(values);
  double sum = 0;
  for (const double value : values) sum += real::exp(value - top);
  return top + real::log(sum);
}

double logistic(double z) {
  const double e = real::exp(-std::fabs(z));
  return z < 0 ? e / (1 + e) : 1 / (1 + e);
}

double one_value(Loss loss, double out, double target) {
  const double error = out - target;
  switch (loss) {
    case Loss::mse:
      return error * error;
    case Loss::bce:
      return std::max(out, 0.0) - out * target + real::log1p(real::exp(-std::fabs(out)));
    case Loss::hinge:
      return std::max(0.0, 1 - out * target);
    case Loss::huber:
      return std::fabs(error) < 1 ? 0.5 * error * error : std::fabs(error) - 0.5;
    case Loss::cross_entropy:
      break;
  }
  return 0;
}

double one_slope(Loss loss, double out, double target) {
  switch (loss) {
    case Loss::bce:
      return logistic(out) - target;
    case Loss::hinge:
      return out * target < 1 ? -target : 0;
    case Loss::huber:
      return std::clamp(out - target, -1.0, 1.0);
    default:
      return out - target;
  }
}

}  // namespace

double loss_value(Loss loss, std::span<const double> out, std::span<const double> target) {
  if (loss == Loss::cross_entropy) {
    double chosen = 0;
    for (size_t i = 0; i < out.size(); ++i) {
      if (target[i] > 0) chosen += target[i] * out[i];
    }
    return log_sum_exp(out) - chosen;
  }
  double sum = 0;
  for (size_t i = 0; i < out.size(); ++i) sum += one_value(loss, out[i], target[i]);
  return sum / static_cast<double>(out.size());
}

void loss_slopes(Loss loss, std::span<const double> out, std::span<const double> target,
                 std::span<double> slopes) {
  if (loss != Loss::cross_entropy) {
    for (size_t i = 0; i < out.size(); ++i) slopes[i] = one_slope(loss, out[i], target[i]);
    return;
  }
  const double top = largest(out);
  double sum = 0;
  for (size_t i = 0; i < out.size(); ++i) sum += slopes[i] = real::exp(out[i] - top);
  for (size_t i = 0; i < out.size(); ++i) slopes[i] = slopes[i] / sum - target[i];
}

double loss_factor(Loss loss, size_t outputs, size_t samples, bool playground) {
  const double count = static_cast<double>(samples);
  if (playground) return 1 / count;  // of ½·error²
  if (loss == Loss::cross_entropy) return 1 / count;
  return (loss == Loss::mse ? 2 : 1) / (count * static_cast<double>(outputs));
}

}  // namespace lab::train
