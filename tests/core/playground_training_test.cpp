// TensorFlow Playground's own losses (github.com/tensorflow/playground at 02469bd, its engine run
// in Node; seed "0.5", no noise and half of the data unless stated), matched to the digits given.

#include <doctest/doctest.h>

#include <cmath>

#include "core/train/trainer.h"

namespace {

using namespace lab;

struct Case {
  const char* data;
  const char* activation;
  std::vector<int> units;
  double noise;
  int batch;
  const char* regularization;
  double rate;
  std::array<double, 4> losses;  // before training, and after 1, 10 and 100 epochs
};

const Case kCases[] = {
    {"circle",
     "tanh",
     {4, 2},
     0,
     10,
     "none",
     0,
     {.512127243729, .501487598768, .491077348612, .0181329577604}},
    {"xor",
     "tanh",
     {4, 2},
     0,
     10,
     "none",
     0,
     {.513008122300, .503785205406, .496621180493, .0132148673177}},
    {"xor",
     "relu",
     {4, 2},
     0,
     10,
     "none",
     0,
     {.480004692301, .434498913002, .113497327153, .00586658536501}},
    {"gauss",
     "identity",
     {2},
     0,
     10,
     "none",
     0,
     {.329972146784, .0443123997282, .00281508208475, .000298844790581}},
    {"spiral",
     "tanh",
     {8, 8},
     0.2,
     10,
     "none",
     0,
     {.668541314789, .469216421344, .445689451360, .394963507158}},
    {"circle",
     "sigmoid",
     {4, 2},
     0,
     30,
     "l2",
     .01,
     {.536100977465, .514606051264, .499478663599, .499489287023}},
    {"xor",
     "relu",
     {4, 2},
     0,
     10,
     "l1",
     .03,
     {.480004692301, .448012158957, .197144393279, .0553967491355}},
    {"reg_plane",
     "tanh",
     {4, 2},
     0,
     10,
     "none",
     0,
     {.0688806810142, .0183085945400, .00389951851377, .000515031062666}},
    {"reg_gauss",
     "relu",
     {6, 4},
     0,
     10,
     "none",
     0,
     {.0454670818943, .0360678351795, .0339353910199, .0277985120521}},
};

Experiment experiment_of(const Case& c) {
  Experiment experiment;
  experiment.playground = Experiment::Playground{"0.5", false};
  experiment.data.kind = c.data;
  experiment.data.noise = c.noise;
  experiment.network.hidden.clear();
  for (const int units : c.units) experiment.network.hidden.push_back({units, c.activation, {}});
  const bool regression = std::string_view(c.data).starts_with("reg");
  experiment.network.output = regression ? "identity" : "tanh";
  experiment.network.init.scheme = "playground";
  experiment.training.loss = "mse";
  experiment.training.batch_size = c.batch;
  experiment.training.regularization = {c.regularization, c.rate};
  experiment.training.precision = "float64";
  return experiment;
}

}  // namespace

TEST_CASE("Playground mode reproduces every loss that TensorFlow Playground shows") {
  for (const Case& c : kCases) {
    CAPTURE(c.data);
    CAPTURE(c.activation);
    const auto trainer = Trainer::create(experiment_of(c));
    REQUIRE_MESSAGE(trainer.ok(), (trainer ? "" : trainer.error().message(Language::en)));
    constexpr int64_t kEpochs[] = {0, 1, 10, 100};
    for (size_t i = 0; i < 4; ++i) {
      CAPTURE(kEpochs[i]);
      trainer.value()->epoch(kEpochs[i] - trainer.value()->metrics().epoch);
      CHECK(trainer.value()->metrics().epoch == kEpochs[i]);
      // The table has twelve digits.
      CHECK(std::fabs(trainer.value()->metrics().train_loss - c.losses[i]) <
            1e-9 * std::max(1.0, c.losses[i]));
    }
  }
}

TEST_CASE("Playground mode learns the slopes of a PReLU, and leaves what is frozen") {
  Experiment experiment = experiment_of(kCases[1]);
  experiment.network.hidden = {{4, "prelu", {}}, {2, "prelu", {}}};
  experiment.network.frozen = {{0, 1, 0}, {2, 0, -1}};
  const auto made = Trainer::create(experiment);
  REQUIRE(made.ok());
  Trainer& trainer = *made.value();
  const train::Parameters before = trainer.parameters();
  REQUIRE(before.size() == 8);
  CHECK(before[2] == std::vector<double>{0.25});
  trainer.epoch(20);
  const train::Parameters after = trainer.parameters();
  CHECK(after[2] != before[2]);
  CHECK(after[5] != before[5]);
  CHECK(after[0][2] == before[0][2]);
  CHECK(after[0][3] != before[0][3]);
  CHECK(after[7] == before[7]);
  CHECK(trainer.metrics().train_loss < 0.4);
}
