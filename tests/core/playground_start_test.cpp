#include "core/playground/playground_start.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace lab;

struct Case {
  std::string kind;
  std::string activation;
  std::vector<int> hidden;
  double noise = 0;
};

Experiment document(const Case& row) {
  Experiment experiment;
  experiment.playground = Experiment::Playground{"0.5", false};
  experiment.data.kind = row.kind;
  experiment.data.noise = row.noise;
  experiment.network.hidden.clear();
  for (int units : row.hidden) experiment.network.hidden.push_back({units, row.activation, {}});
  return experiment;
}

double activate(std::string_view id, double z) {
  if (id == "tanh") return std::tanh(z);
  if (id == "relu") return std::max(z, 0.0);
  if (id == "sigmoid") return 1 / (1 + std::exp(-z));
  return z;
}

// The mean of ½·error² over the training points, as Playground shows it.
double training_loss(const Experiment& experiment, const PlaygroundStart& start) {
  const bool classifies = start.data.problem == Problem::classification;
  double loss = 0;
  for (size_t i = 0; i < start.data.train_count; ++i) {
    const DataPoint& point = start.data.points[i];
    std::vector<double> a = {point.x, point.y};
    for (size_t l = 0; l < start.parameters.size(); l += 2) {
      const bool last = l + 2 == start.parameters.size();
      std::vector<double> next = start.parameters[l + 1];
      for (size_t u = 0; u < next.size(); ++u) {
        for (size_t k = 0; k < a.size(); ++k) {
          next[u] += start.parameters[l][u * a.size() + k] * a[k];
        }
        const std::string at_output = classifies ? "tanh" : "identity";
        const std::string id = last ? at_output : experiment.network.hidden[l / 2].activation;
        next[u] = activate(id, next[u]);
      }
      a = next;
    }
    const double target = classifies ? 2 * point.label - 1 : point.label;
    loss += (a[0] - target) * (a[0] - target) / 2;
  }
  return loss / static_cast<double>(start.data.train_count);
}

}  // namespace

// Losses before training, as Playground's own engine gives them with seed 0.5.
TEST_CASE("playground: data and weights give the losses that Playground shows on loading") {
  struct Row {
    Case of;
    double loss;
  };
  const Row rows[] = {
      {{"circle", "tanh", {4, 2}}, .512127243729},
      {{"xor", "tanh", {4, 2}}, .513008122300},
      {{"xor", "relu", {4, 2}}, .480004692301},
      {{"gauss", "identity", {2}}, .329972146784},
      {{"spiral", "tanh", {8, 8}, 0.2}, .668541314789},
      {{"circle", "sigmoid", {4, 2}}, .536100977465},
      {{"reg_plane", "tanh", {4, 2}}, .0688806810142},
      {{"reg_gauss", "relu", {6, 4}}, .0454670818943},
  };
  for (const Row& row : rows) {
    CAPTURE(row.of.kind);
    CAPTURE(row.of.activation);
    const Experiment experiment = document(row.of);
    const double loss = training_loss(experiment, playground_start(experiment));
    CHECK(std::fabs(loss - row.loss) < 6e-13);  // 12 digits are known
  }
}

TEST_CASE("playground: the first point and the first weights") {
  const Experiment experiment = document({"xor", "tanh", {4, 2}});
  const PlaygroundStart start = playground_start(experiment);
  CHECK(start.data.points.size() == 500);
  CHECK(start.data.train_count == 250);
  CHECK(start.data.points[0] == DataPoint{-1.3516197422476608, -4.480323599407508, 1});
  REQUIRE(start.parameters.size() == 6);
  CHECK(start.parameters[0].size() == 8);
  CHECK(start.parameters[0][0] == 0.15073031362995037);
  CHECK(start.parameters[0][1] == 0.24480396388753178);
  CHECK(start.parameters[1] == std::vector<double>(4, 0.1));
  CHECK(start.parameters[2].size() == 8);
  CHECK(start.parameters[3].size() == 2);
  CHECK(start.parameters[4].size() == 2);
  CHECK(start.parameters[5] == std::vector<double>{0.1});

  const PlaygroundStart circle = playground_start(document({"circle", "tanh", {4, 2}}));
  CHECK(circle.parameters[0][0] == 0.15073031362995037);
}

TEST_CASE("playground: zero weights, percentages and seeds") {
  Experiment experiment = document({"reg_plane", "tanh", {3}});
  experiment.features = {"x", "y", "xy"};
  experiment.playground->init_zero = true;
  for (int percent = 10; percent <= 90; percent += 10) {
    experiment.data.train_fraction = percent / 100.0;
    CHECK(playground_start(experiment).data.train_count == static_cast<size_t>(12 * percent));
  }
  const PlaygroundStart zero = playground_start(experiment);
  CHECK(zero.data.points.size() == 1200);
  CHECK(zero.data.problem == Problem::regression);
  const std::vector<size_t> sizes = {9, 3, 3, 1};
  REQUIRE(zero.parameters.size() == sizes.size());
  for (size_t i = 0; i < sizes.size(); ++i) {
    CHECK(zero.parameters[i] == std::vector<double>(sizes[i], 0));
  }
  experiment.playground->init_zero = false;
  const PlaygroundStart drawn = playground_start(experiment);
  CHECK(drawn.data.points == zero.data.points);
  CHECK(drawn.parameters[0][0] != 0);
  CHECK(make_data(experiment).points == drawn.data.points);
  experiment.playground->seed = "0.6";
  CHECK(playground_start(experiment).data.points != drawn.data.points);
}
