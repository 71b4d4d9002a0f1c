// One experiment in training: determinism, divergence, the way back, statistics.

#include "core/train/trainer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "core/experiment/share_link.h"
#include "core/train/collapse.h"
#include "training.h"

namespace {

using namespace lab;
using lab::test::trainer_of;
using lab::test::xor_experiment;

Experiment diverging_experiment() {
  Experiment experiment = xor_experiment();
  experiment.network.hidden = {{8, "squared_relu", {}}};
  experiment.training.loss = "mse";
  experiment.training.optimizer = {"sgd", 10, {}, {}, {}, {}, {}};
  return experiment;
}

struct Moments {
  double mean, deviation;
};

// Of a unit's z over all training samples.
Moments moments_of(const train::LayerTrace& trace, size_t unit, size_t count) {
  double sum = 0, squares = 0;
  for (size_t i = 0; i < count; ++i) sum += trace.z[unit * count + i];
  const double mean = sum / static_cast<double>(count);
  for (size_t i = 0; i < count; ++i) {
    squares += (trace.z[unit * count + i] - mean) * (trace.z[unit * count + i] - mean);
  }
  return {mean, std::sqrt(squares / static_cast<double>(count))};
}

}  // namespace

TEST_CASE("the accuracy alone is that of the metrics") {
  for (const char* link : {"v=1&data=xor&net=4tanh", "v=1&data=rings3&outputs=3&loss=cross_entropy",
                           "v=1&data=circle&output=sigmoid&loss=mse", "v=1&data=reg_plane&loss=mse",
                           "v=1&data=moons&train=1&loss=hinge"}) {
    CAPTURE(link);
    const auto trainer =
        std::move(Trainer::create(experiment_from_share_text(link).value()).value());
    trainer->epoch(3);
    const Metrics metrics = trainer->metrics();
    const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
    CHECK(same(trainer->accuracy(false), metrics.train_accuracy));
    CHECK(same(trainer->accuracy(true), metrics.test_accuracy));
  }
}

TEST_CASE("a network with a hidden layer learns XOR, one without does not") {
  const auto deep = trainer_of(xor_experiment());
  deep->epoch(60);
  CHECK(deep->metrics().test_accuracy > 0.98);
  CHECK(deep->metrics().test_loss < 0.1);
  Experiment linear = xor_experiment();
  linear.network.hidden.clear();
  const auto shallow = trainer_of(linear);
  shallow->epoch(60);
  CHECK(shallow->metrics().test_accuracy < 0.7);
}

TEST_CASE("every kind of data can be trained on") {
  for (const DataSetKind& kind : data_set_kinds()) {
    CAPTURE(kind.id);
    Experiment experiment = xor_experiment();
    experiment.data.kind = std::string(kind.id);
    if (kind.id == "custom") experiment.data.points = {{1, 1, 1}, {-1, 1, 0}, {2, -1, 1}};
    if (kind.problem == Problem::regression) experiment.training.loss = "mse";
    const int classes = kind.classes > 0 ? kind.classes : experiment.data.classes;
    if (kind.problem == Problem::classification && classes > 2) {
      experiment.training.loss = "cross_entropy";
      experiment.network.outputs = classes;
    }
    const auto trainer = trainer_of(experiment);
    const double before = trainer->metrics().train_loss;
    trainer->epoch(20);
    CHECK(trainer->metrics().train_loss < before);
    CHECK(std::isnan(trainer->metrics().train_accuracy) == (kind.problem == Problem::regression));
  }
}

TEST_CASE("the same steps give the same bits, however they are asked for") {
  for (const char* precision : {"float32", "float64"}) {
    Experiment experiment = xor_experiment();
    experiment.training.precision = precision;
    experiment.training.shuffle = true;
    experiment.training.dropout = 0.2;
    const auto whole = trainer_of(experiment), parts = trainer_of(experiment);
    whole->step(150);
    for (int i = 0; i < 15; ++i) {
      parts->step(10);
      parts->metrics();
      parts->layer_stats();
    }
    CHECK(whole->hash() == parts->hash());
    parts->step(1);
    CHECK(whole->hash() != parts->hash());
  }
}

TEST_CASE("kept steps are restored exactly, and going on from them repeats the bits") {
  Experiment experiment = xor_experiment();
  experiment.training.shuffle = true;
  const auto trainer = trainer_of(experiment);
  const std::string start = trainer->hash();
  trainer->step(777);
  const std::string end = trainer->hash();
  CHECK(trainer->kept_steps().front() == 0);
  CHECK(trainer->kept_steps().back() == 777);
  REQUIRE(trainer->go_to(0));
  CHECK(trainer->hash() == start);
  CHECK(trainer->steps() == 0);
  REQUIRE(trainer->go_to(777));
  CHECK(trainer->hash() == end);
  REQUIRE(trainer->go_to(512));
  trainer->step(777 - 512);
  CHECK(trainer->hash() == end);
  CHECK_FALSE(trainer->go_to(778));
}

TEST_CASE("a snapshot takes the place of those at its step and behind it") {
  Timeline timeline;
  train::Snapshot snapshot;
  for (const int64_t step : {0, 1, 2, 1}) {
    snapshot.steps = step;
    snapshot.power1 += 1;
    timeline.keep(snapshot);
  }
  CHECK(timeline.all().size() == 2);
  CHECK(timeline.find(1)->power1 == snapshot.power1);
  CHECK(timeline.find(2) == nullptr);
}

TEST_CASE("the timeline stays within its memory and thins out") {
  Experiment experiment = xor_experiment();
  experiment.network.hidden = {{64, "relu", {}}, {64, "relu", {}}};
  experiment.training.batch_size = 1;
  experiment.data.samples = 20;
  const auto trainer = trainer_of(experiment);
  trainer->step(3000);
  const std::vector<int64_t> kept = trainer->kept_steps();
  CHECK(kept.front() == 0);
  const size_t bytes = 3 * 64 * (64 + 8) * sizeof(float);  // at least, with Adam's moments
  CHECK(kept.size() > 30);
  CHECK(kept.size() < Timeline::kMaxBytes / bytes + 2);
}

TEST_CASE("divergence freezes training where it happened, and can be undone") {
  const auto trainer = trainer_of(diverging_experiment());
  trainer->step(5000);
  REQUIRE(trainer->divergence().has_value());
  const Divergence divergence = *trainer->divergence();
  CHECK(divergence.step == trainer->steps());
  CHECK(divergence.step < 5000);
  CHECK(divergence.learning_rate == 10);
  CHECK_FALSE(trainer->metrics().finite);
  trainer->step(10);
  CHECK(trainer->steps() == divergence.step);

  const auto again = trainer_of(diverging_experiment());
  again->step(divergence.step - 1);
  CHECK_FALSE(again->divergence().has_value());
  REQUIRE(trainer->restore_last_finite());
  CHECK(trainer->hash() == again->hash());
  CHECK(trainer->parameters() == divergence.before);
  CHECK(trainer->metrics().finite);
  CHECK_FALSE(trainer->restore_last_finite());

  Experiment calmer = diverging_experiment();
  calmer.training.optimizer.learning_rate = 1e-4;
  REQUIRE_FALSE(trainer->change(calmer).has_value());
  trainer->step(1);
  CHECK(trainer->steps() == divergence.step);
}

TEST_CASE("frozen weights stay, whatever the optimizer does") {
  Experiment experiment = xor_experiment();
  experiment.network.frozen = {{0, 3, 1}, {0, 2, -1}, {1, 0, 5}};
  experiment.training.optimizer.kind = "adamw";
  for (const char* precision : {"float32", "float64"}) {
    experiment.training.precision = precision;
    const auto trainer = trainer_of(experiment);
    const train::Parameters before = trainer->parameters();
    trainer->step(50);
    const train::Parameters after = trainer->parameters();
    CHECK(after[0][3 * 2 + 1] == before[0][3 * 2 + 1]);
    CHECK(after[1][2] == before[1][2]);
    CHECK(after[2][5] == before[2][5]);
    CHECK(after[0][3 * 2] != before[0][3 * 2]);
  }
}

TEST_CASE("custom rows are learned from in their order, and wrong ones are refused") {
  Experiment experiment = xor_experiment();
  experiment.data.train_fraction = 1;
  experiment.training.batch_size = 2;
  experiment.training.loss = "mse";
  experiment.training.precision = "float64";
  Experiment points = experiment;
  points.data.kind = "custom";
  points.data.points = {{0.5, 1, 2}, {-1, 0.25, -3}, {3, 2, 0.5}};
  const std::vector<float> x = {0.5f, 1, -1, 0.25f, 3, 2}, y = {2, -3, 0.5f};
  const auto a = trainer_of(experiment), b = trainer_of(points);
  REQUIRE_FALSE(a->set_data(x, y).has_value());
  a->step(7);
  b->step(7);
  CHECK(a->parameters() == b->parameters());
  CHECK(a->steps_per_epoch() == 2);
  CHECK(a->set_data(std::span(x).first(5), y)->code == "argument.length");
  Experiment classes = xor_experiment();
  CHECK(trainer_of(classes)->set_data(x, y)->field.has_value());
}

TEST_CASE("the learning rate follows PyTorch's schedules") {
  train::Plan plan;
  plan.learning_rate = 0.4;
  plan.schedule_epochs = 10;
  plan.schedule_factor = 0.5;
  plan.schedule = ScheduleKind::step;  // StepLR(10, 0.5)
  CHECK(train::learning_rate(plan, 9) == 0.4);
  CHECK(train::learning_rate(plan, 10) == 0.2);
  CHECK(train::learning_rate(plan, 35) == doctest::Approx(0.05));
  plan.schedule = ScheduleKind::cosine;  // CosineAnnealingLR(10, eta_min=0.2)
  CHECK(train::learning_rate(plan, 0) == doctest::Approx(0.4));
  CHECK(train::learning_rate(plan, 5) == doctest::Approx(0.3));
  CHECK(train::learning_rate(plan, 10) == doctest::Approx(0.2));
  plan.schedule = ScheduleKind::warmup;  // LinearLR(0.5, total_iters=10)
  CHECK(train::learning_rate(plan, 0) == doctest::Approx(0.2));
  CHECK(train::learning_rate(plan, 5) == doctest::Approx(0.3));
  CHECK(train::learning_rate(plan, 99) == doctest::Approx(0.4));
}

TEST_CASE("layers tell dead and saturated units, and how the gradient shrinks") {
  Experiment experiment = xor_experiment();
  experiment.network.hidden = {{2, "relu", {}}, {3, "sigmoid", {}}};
  experiment.network.parameters = {{1, 0, 0, 1}, {0, -100},    {1, 1, 0, 1, 2, 0},
                                   {0, 30, 0},   {1, -1, 0.5}, {0}};
  const auto trainer = trainer_of(experiment);
  const std::vector<LayerStats> stats = trainer->layer_stats();
  REQUIRE(stats.size() == 3);
  CHECK(stats[0].dead_units == std::vector<size_t>{1});
  CHECK(stats[0].dead == 0.5);
  CHECK(stats[1].saturated >= 1.0 / 3);
  CHECK(stats[1].dead == 0);
  for (size_t l = 0; l + 1 < stats.size(); ++l) {
    CHECK(stats[l].gradient_rms == doctest::Approx(stats[l + 1].gradient_rms *
                                                   stats[l].weight_factor * stats[l].slope_factor));
  }
  size_t counted = 0;
  for (const size_t count : stats[0].pre_activation.histogram.counts) counted += count;
  CHECK(counted == 2 * trainer->samples().train_count);
}

TEST_CASE("units that have died are told with the step since which they are dead") {
  Experiment experiment = xor_experiment();
  experiment.network.hidden = {{12, "relu", {}}, {8, "relu", {}}};
  experiment.training.optimizer = {"sgd", 1.5, {}, {}, {}, {}, {}};
  const auto trainer = trainer_of(experiment), witness = trainer_of(experiment);
  constexpr int kSteps = 300;
  const size_t count = witness->samples().train_count;
  std::vector<std::vector<int64_t>> since(2);
  since[0].assign(12, -1);
  since[1].assign(8, -1);
  std::map<std::pair<size_t, size_t>, Death> fatal;  // what the step did to each that died
  std::vector<train::LayerTrace> before;
  for (int step = 0; step <= kSteps; ++step) {
    if (step > 0) witness->step(1);
    const std::vector<LayerStats> stats = witness->layer_stats();
    const std::vector<train::LayerTrace> now = witness->trace();
    for (size_t l = 0; l < 2; ++l) {
      const std::vector<size_t>& dead = stats[l].dead_units;
      for (size_t u = 0; u < since[l].size(); ++u) {
        const bool is_dead = std::ranges::find(dead, u) != dead.end();
        if (!is_dead) since[l][u] = -1;
        if (!is_dead || since[l][u] >= 0) continue;
        since[l][u] = step;
        if (step == 0) continue;
        const Moments earlier = moments_of(before[l], u, count),
                      later = moments_of(now[l], u, count);
        fatal[{l, u}] = {l, u, step, std::fabs(later.mean - earlier.mean), earlier.deviation};
      }
    }
    before = now;
  }
  std::vector<Death> expected;
  for (size_t l = 0; l < 2; ++l) {
    for (size_t u = 0; u < since[l].size(); ++u) {
      if (since[l][u] >= 0) expected.push_back(since[l][u] > 0 ? fatal[{l, u}] : Death{l, u, 0});
    }
  }
  REQUIRE(expected.size() > 1);
  CHECK(std::ranges::count_if(expected, &Death::by_large_step) > 0);
  CHECK_FALSE(std::ranges::all_of(expected, &Death::by_large_step));
  trainer->step(kSteps);
  const std::string hash = trainer->hash();
  CHECK(trainer->deaths() == expected);
  CHECK(trainer->hash() == hash);
  CHECK(trainer->steps() == kSteps);
}

TEST_CASE("a linear stack is one linear layer") {
  Experiment experiment = xor_experiment();
  experiment.network.hidden = {{5, "identity", {}}, {7, "identity", {}}};
  experiment.training.precision = "float64";
  auto trainer = trainer_of(experiment);
  trainer->step(100);
  LinearCollapse map = collapse(*trainer, 6);
  CHECK(map.weights.size() == 2);
  CHECK(map.bias.size() == 1);
  CHECK(map.largest_difference < 1e-5);  // predictions are floats
  experiment.network.hidden[1].activation = "tanh";
  trainer = trainer_of(experiment);
  CHECK(collapse(*trainer, 6).largest_difference > 0.1);
  const auto diverged = trainer_of(diverging_experiment());
  diverged->step(5000);
  REQUIRE(diverged->divergence().has_value());
  CHECK(std::isnan(collapse(*diverged, 6).largest_difference));
}

TEST_CASE("metrics say whether there are test samples, which a loss that is no number does not") {
  const auto diverged = trainer_of(diverging_experiment());
  CHECK(diverged->metrics().tested ==
        (diverged->samples().train_count < diverged->samples().count));
  Experiment experiment = xor_experiment();
  experiment.data.train_fraction = 1;
  CHECK_FALSE(trainer_of(experiment)->metrics().tested);
}

TEST_CASE("a hash is that of the parameters, and hangs on their last bit") {
  const auto trainer = trainer_of(xor_experiment());
  train::Parameters parameters = trainer->parameters();
  const std::string before = trainer->hash();
  CHECK(before.size() == 16);
  parameters[0][0] =
      static_cast<double>(std::nextafter(static_cast<float>(parameters[0][0]), 2.0f));
  REQUIRE_FALSE(trainer->set_parameters(parameters).has_value());
  CHECK(trainer->hash() != before);
  parameters[0].pop_back();
  CHECK(trainer->set_parameters(parameters)->field == "parameters");
}
