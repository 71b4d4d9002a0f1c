#include "core/train/collapse.h"

#include <algorithm>
#include <cmath>

namespace lab {
namespace {

// Applies one more layer to the map so far: W ← V·W, b ← V·b + c, with `inputs` columns in W.
void append_layer(const std::vector<double>& v, const std::vector<double>* c, size_t units,
                  size_t inputs, LinearCollapse& map) {
  const size_t inner = map.bias.size();
  std::vector<double> weights(units * inputs), bias(units);
  for (size_t u = 0; u < units; ++u) {
    bias[u] = c ? (*c)[u] : 0;
    for (size_t k = 0; k < inner; ++k) {
      bias[u] += v[u * inner + k] * map.bias[k];
      for (size_t i = 0; i < inputs; ++i) {
        weights[u * inputs + i] += v[u * inner + k] * map.weights[k * inputs + i];
      }
    }
  }
  map.weights = std::move(weights);
  map.bias = std::move(bias);
}

// Rows of network inputs at the points of the grid.
std::vector<float> grid_inputs(const Experiment& experiment, double extent, int points) {
  std::vector<float> x;
  const double distance = 2 * extent / std::max(points - 1, 1);
  for (int row = 0; row < points; ++row) {
    for (int column = 0; column < points; ++column) {
      for (const std::string& feature : experiment.features) {
        x.push_back(static_cast<float>(
            find_feature(feature)->of(-extent + column * distance, -extent + row * distance)));
      }
    }
  }
  return x;
}

}  // namespace

LinearCollapse collapse(Trainer& trainer, double extent, int points) {
  const train::Plan& plan = trainer.plan();
  const train::Parameters parameters = trainer.parameters();
  const size_t inputs = plan.inputs(), outputs = plan.outputs();
  LinearCollapse map;
  map.weights.resize(inputs * inputs);
  map.bias.resize(inputs);
  for (size_t i = 0; i < inputs; ++i) map.weights[i * inputs + i] = 1;
  for (size_t l = 0; l < plan.layers.size(); ++l) {
    const size_t array = plan.array_of(l);
    const std::vector<double>* bias = plan.bias ? &parameters[array + 1] : nullptr;
    append_layer(parameters[array], bias, static_cast<size_t>(plan.layers[l].units), inputs, map);
  }
  const std::vector<float> x = grid_inputs(trainer.experiment(), extent, points);
  const std::vector<float> logits = trainer.predict(x);
  for (size_t row = 0; row * inputs < x.size(); ++row) {
    for (size_t o = 0; o < outputs; ++o) {
      double sum = map.bias[o];
      for (size_t i = 0; i < inputs; ++i) {
        sum += map.weights[o * inputs + i] * static_cast<double>(x[row * inputs + i]);
      }
      const double difference = std::fabs(sum - static_cast<double>(logits[row * outputs + o]));
      // NaN stays: then the two can't be compared.
      if (!(difference <= map.largest_difference) && !std::isnan(map.largest_difference)) {
        map.largest_difference = difference;
      }
    }
  }
  return map;
}

}  // namespace lab
