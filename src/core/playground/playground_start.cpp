#include "core/playground/playground_start.h"

#include <cmath>
#include <utility>

#include "core/random/seed_random.h"

namespace lab {
namespace {

DataSet draw_data(const Experiment::Data& document, SeedRandom& random) {
  DataSet data;
  const DataSetKind& kind = *find_data_set(document.kind);
  kind.playground(document.noise, random, data.points);
  data.problem = kind.problem;
  data.classes = kind.classes;
  for (size_t left = data.points.size(); left > 0; --left) {  // draws for the last one, too
    const double place = random.uniform() * static_cast<double>(left);
    std::swap(data.points[static_cast<size_t>(place)], data.points[left - 1]);
  }
  const auto percent = static_cast<size_t>(std::floor(document.train_fraction * 100 + 0.5));
  data.train_count = data.points.size() * percent / 100;
  return data;
}

// Draws are taken even where all is to be zero.
void draw_layer(size_t inputs, size_t units, bool zero, SeedRandom& random,
                std::vector<std::vector<double>>& parameters) {
  std::vector<double> weights(inputs * units);
  for (double& weight : weights) {
    const double drawn = random.uniform() - 0.5;
    weight = zero ? 0 : drawn;
  }
  parameters.push_back(std::move(weights));
  parameters.emplace_back(units, zero ? 0 : 0.1);
}

}  // namespace

PlaygroundStart playground_start(const Experiment& experiment) {
  SeedRandom random(experiment.playground->seed);
  PlaygroundStart start{draw_data(experiment.data, random), {}};
  const bool zero = experiment.playground->init_zero;
  size_t inputs = experiment.features.size();
  for (const Experiment::Layer& layer : experiment.network.hidden) {
    const auto units = static_cast<size_t>(layer.units);
    draw_layer(inputs, units, zero, random, start.parameters);
    inputs = units;
  }
  draw_layer(inputs, 1, zero, random, start.parameters);
  return start;
}

}  // namespace lab
