#include <algorithm>
#include <cmath>

#include "core/data/data_sets.h"
#include "core/playground/playground_start.h"
#include "core/random/generator.h"

namespace lab {
namespace {

// The number of points that train: the fraction rounded, but at least one point if there is any.
size_t train_count(size_t count, double fraction) {
  const auto share = static_cast<size_t>(std::floor(static_cast<double>(count) * fraction + 0.5));
  return std::clamp(share, std::min<size_t>(count, 1), count);
}

// Moves a random choice of `train` points before the others; both parts keep their order
// (D. Knuth, "The art of computer programming", 3.4.2, algorithm S).
std::vector<DataPoint> split(const std::vector<DataPoint>& points, size_t train,
                             Generator& generator) {
  std::vector<DataPoint> chosen, rest;
  for (size_t i = 0; i < points.size(); ++i) {
    const bool trains = generator.below(points.size() - i) < train - chosen.size();
    (trains ? chosen : rest).push_back(points[i]);
  }
  chosen.insert(chosen.end(), rest.begin(), rest.end());
  return chosen;
}

DataSet custom_data(const Experiment& experiment, Generator& generator) {
  DataSet data;
  const std::vector<DataPoint>& points = experiment.data.points;
  data.train_count = train_count(points.size(), experiment.data.train_fraction);
  data.points = split(points, data.train_count, generator);

  const std::string_view loss = experiment.training.loss;
  if (loss == "bce") return data;
  if (loss == "cross_entropy") {
    data.classes = experiment.network.outputs;
    return data;
  }
  const bool signs = std::ranges::all_of(
      points, [](const DataPoint& point) { return std::fabs(point.label) == 1; });
  if (loss == "hinge" || signs) {
    for (DataPoint& point : data.points) point.label = point.label > 0 ? 1 : 0;
  } else {
    data.problem = Problem::regression;
    data.classes = 1;
  }
  return data;
}

}  // namespace

DataSet make_data(const Experiment& experiment) {
  if (experiment.playground) return playground_start(experiment).data;
  const DataSetKind& kind = *find_data_set(experiment.data.kind);
  Generator generator(experiment.data.seed, kDataStream);
  if (!kind.generate) return custom_data(experiment, generator);

  DataSet data;
  kind.generate(experiment.data, generator, data.points);
  generator.shuffle(data.points);
  data.train_count = train_count(data.points.size(), experiment.data.train_fraction);
  data.problem = kind.problem;
  data.classes = kind.classes == 0 ? experiment.data.classes : kind.classes;
  return data;
}

}  // namespace lab
