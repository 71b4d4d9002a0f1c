// Gradients of whole networks against central differences, for every activation and every loss, and
// the vector engine's bits wherever something is drawn, clipped or learned besides weights.

#include <doctest/doctest.h>

#include <cmath>

#include "core/train/trainer.h"
#include "training.h"

namespace {

using namespace lab;
using lab::test::trainer_of;

Experiment small_experiment(std::string_view activation) {
  Experiment experiment;
  experiment.data.kind = "moons";
  experiment.data.samples = 24;
  experiment.data.train_fraction = 1;
  experiment.network.hidden = {{5, std::string(activation), {}}, {3, std::string(activation), {}}};
  experiment.network.init.scheme = "uniform";
  experiment.training.batch_size = 24;
  experiment.training.precision = "float64";
  experiment.training.optimizer = {"sgd", 0, {}, {}, {}, {}, {}};
  return experiment;
}

double loss_at(Trainer& trainer, const train::Parameters& parameters) {
  REQUIRE_FALSE(trainer.set_parameters(parameters).has_value());
  return trainer.metrics().train_loss;
}

// A difference over a kink or a jump says nothing; such a pair of steps disagrees with each other.
void check_gradients(const Experiment& experiment) {
  const auto trainer = trainer_of(experiment);
  trainer->step(1);  // with a learning rate of 0
  const train::Parameters gradients = trainer->gradients();
  const train::Parameters start = trainer->parameters();
  size_t judged = 0, total = 0;
  for (size_t a = 0; a < start.size(); ++a) {
    for (size_t i = 0; i < start[a].size(); ++i) {
      const auto slope = [&](double h) {
        train::Parameters up = start, down = start;
        up[a][i] += h;
        down[a][i] -= h;
        return (loss_at(*trainer, up) - loss_at(*trainer, down)) / (2 * h);
      };
      ++total;
      const double coarse = slope(1e-5), fine = slope(5e-6);
      if (std::fabs(coarse - fine) > 1e-6 * (1 + std::fabs(fine))) continue;
      ++judged;
      CHECK(std::fabs(fine - gradients[a][i]) < 1e-6 * (1 + std::fabs(fine)));
    }
  }
  CHECK(judged * 10 >= total * 8);
}

}  // namespace

TEST_CASE("gradients agree with central differences for every activation") {
  for (const Activation& activation : activations()) {
    if (activation.id == "rrelu") continue;  // its slopes in training are random
    CAPTURE(activation.id);
    check_gradients(small_experiment(activation.id));
  }
  check_gradients(small_experiment("formula:x<0 ? 0.1*x : x*tanh(ln(1+exp(x)))"));
}

TEST_CASE("gradients agree with central differences for every loss") {
  for (const auto& loss : losses()) {
    CAPTURE(loss.id);
    for (const int outputs : {1, 2}) {
      if (loss.kind == Loss::cross_entropy && outputs == 1) continue;
      CAPTURE(outputs);
      Experiment experiment = small_experiment("tanh");
      experiment.training.loss = std::string(loss.id);
      experiment.network.outputs = outputs;
      check_gradients(experiment);
    }
  }
  Experiment squashed = small_experiment("gelu");
  squashed.training.loss = "mse";
  squashed.network.output = "tanh";
  check_gradients(squashed);
}

TEST_CASE("what training draws, clips, learns and regularizes has the same bits everywhere") {
  const auto variants = [] {
    std::vector<Experiment> all;
    for (const char* activation : {"prelu", "rrelu", "gelu", "formula:x*tanh(x)"}) {
      for (const auto& optimizer : optimizers()) {
        Experiment experiment = small_experiment(activation);
        experiment.network.hidden[0].units = 9;
        experiment.training.batch_size = 7;
        experiment.training.optimizer = {std::string(optimizer.id), 0.05, {}, {}, {}, {}, {}};
        experiment.training.clip_norm = 0.5;
        experiment.training.dropout = 0.25;
        experiment.training.shuffle = true;
        experiment.training.regularization = {all.size() % 2 ? "l1" : "l2", 0.01};
        experiment.training.schedule = {"cosine", 3, 0.1};
        experiment.network.bias = all.size() % 3 != 0;
        if (experiment.network.bias) experiment.network.frozen = {{0, 1, -1}, {1, 2, 0}};
        all.push_back(experiment);
      }
    }
    return all;
  }();
  for (const Experiment& experiment : variants) {
    CAPTURE(experiment.network.hidden[0].activation);
    CAPTURE(experiment.training.optimizer.kind);
    FormulaLibrary formulas;
    const train::Plan plan = train::make_plan(experiment, formulas).value();
    const train::Parameters start = train::initial_parameters(experiment, plan);
    const train::Samples samples = train::make_samples(make_data(experiment), experiment, plan);
    const auto readable = train::make_reference_engine<float>(plan, start);
    readable->set_samples(samples);
    readable->run(40);
    CHECK(readable->parameters() != start);
    for (const simd::Isa isa : simd::available_isas()) {
      CAPTURE(simd::isa_name(isa));
      const auto engine = train::make_simd_engine(plan, start, isa);
      engine->set_samples(samples);
      engine->run(40);
      CHECK(engine->parameters() == readable->parameters());
    }
  }
}

TEST_CASE("weights that decay become 0, not denormal numbers, which would slow every step") {
  for (const auto& optimizer : optimizers()) {
    for (const bool l2 : {false, true}) {
      CAPTURE(optimizer.id);
      CAPTURE(l2);
      Experiment experiment = small_experiment("relu");
      experiment.training.optimizer = {std::string(optimizer.id), 0.5, {}, {}, {}, {}, {}};
      experiment.training.precision = "float32";
      if (l2) experiment.training.regularization = {"l2", 0.9};
      experiment.training.optimizer.weight_decay = l2 ? 0 : 0.9;
      const auto trainer = trainer_of(experiment);
      train::Parameters parameters = trainer->parameters();
      parameters[1] = {-1e30, -1e30, -1e30, -1e30, -1e30};  // no unit ever passes anything on
      REQUIRE_FALSE(trainer->set_parameters(parameters).has_value());
      trainer->step(2000);
      for (const auto& array : trainer->parameters()) {
        for (const double w : array) CHECK((w == 0 || std::fabs(w) >= 0.99e-20));
      }
      // Nor do the optimizer's moments.
      const auto engine = train::make_simd_engine(trainer->plan(), parameters);
      engine->set_samples(trainer->samples());
      engine->run(2000);
      for (const float x : engine->snapshot().single) CHECK((x == 0 || std::fabs(x) >= 0.99e-30f));
    }
  }
}
