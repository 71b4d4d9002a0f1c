// Training that goes on with another document: what stays, what begins anew.

#include <doctest/doctest.h>

#include <algorithm>

#include "core/experiment/document.h"
#include "core/experiment/fields.h"
#include "core/experiment/set_activation.h"
#include "core/train/trainer.h"
#include "training.h"

namespace {

using namespace lab;
using lab::test::trainer_of;
using lab::test::xor_experiment;

// With one field set as in a share link.
Experiment with(Experiment experiment, std::string_view path, std::string_view text) {
  REQUIRE_FALSE(set_field(*find_field(path), text, experiment).has_value());
  return experiment;
}

Experiment with_activation(Experiment experiment, size_t layer, const char* id) {
  set_activation(experiment, layer, id);
  return experiment;
}

Experiment deep_experiment(const char* precision) {
  Experiment experiment = xor_experiment();
  experiment.network.hidden = {{5, "relu", {}}, {3, "tanh", {}}};
  experiment.training.precision = precision;
  experiment.data.samples = 60;
  return experiment;
}

}  // namespace

TEST_CASE("a document that says the same changes nothing") {
  for (const char* precision : {"float32", "float64"}) {
    Experiment experiment = xor_experiment();
    experiment.training.precision = precision;
    experiment.training.shuffle = true;
    experiment.training.dropout = 0.2;
    experiment.network.hidden = {{6, "prelu", {}}};
    const auto whole = trainer_of(experiment), parts = trainer_of(experiment);
    whole->step(90);
    parts->step(37);
    REQUIRE_FALSE(parts->change(experiment).has_value());
    parts->step(53);
    CHECK(whole->hash() == parts->hash());
  }
}

TEST_CASE("every setting can change while training goes on from the same weights") {
  const std::pair<const char*, const char*> changes[] = {
      {"training.loss", "hinge"},
      {"training.optimizer.kind", "rmsprop"},
      {"training.optimizer.learningRate", "0.001"},
      {"training.optimizer.beta1", "0.5"},
      {"training.schedule.kind", "cosine"},
      {"training.batchSize", "3"},
      {"training.regularization.kind", "l2"},
      {"training.clipNorm", "0.01"},
      {"training.dropout", "0.3"},
      {"training.shuffle", "1"},
      {"network.output", "sigmoid"},
      {"network.hidden", "8gelu"},
      {"network.hidden", "8prelu"},
      {"network.hidden", "8formula:x*x"},
      {"network.frozen", "0.1.1-1.0.b"},
      {"features", "y-x"},
      {"data.kind", "spiral"},
      {"data.noise", "0.4"},
      {"data.seed", "7"},
      {"data.samples", "90"},
      {"data.trainFraction", "0.7"},
  };
  for (const char* precision : {"float32", "float64"}) {
    Experiment before = xor_experiment();
    before.data.samples = 100;
    before.training.precision = precision;
    before.training.regularization.rate = 0.1;
    before.training.schedule.epochs = 3;
    for (const auto& [path, text] : changes) {
      CAPTURE(path);
      CAPTURE(text);
      const auto trainer = trainer_of(before), unchanged = trainer_of(before);
      for (Trainer* each : {trainer.get(), unchanged.get()}) each->step(27);
      const train::Parameters weights = trainer->parameters();
      const Experiment after = with(before, path, text);
      REQUIRE_FALSE(trainer->change(after).has_value());
      CHECK(trainer->experiment() == after);
      CHECK(trainer->steps() == 27);
      for (const size_t same : {size_t{0}, size_t{1}})
        CHECK(trainer->parameters()[same] == weights[same]);
      for (Trainer* each : {trainer.get(), unchanged.get()}) each->step(27);
      CHECK(trainer->metrics().finite);
      // Only what is seen behind the loss leaves the weights alone.
      const bool differs = trainer->parameters() != unchanged->parameters();
      CHECK(differs == (std::string_view(path) != "network.output"));
    }
  }
}

TEST_CASE("another size is refused, and changes nothing") {
  const auto trainer = trainer_of(xor_experiment());
  trainer->step(10);
  const std::pair<const char*, const char*> changes[] = {
      {"network.hidden", "9tanh"}, {"network.hidden", "8tanh-8tanh"},
      {"network.hidden", "none"},  {"network.outputs", "2"},
      {"network.bias", "0"},       {"features", "x"},
      {"features", "x-y-xy"},      {"training.precision", "float64"},
  };
  for (const auto& [path, text] : changes) {
    CAPTURE(path);
    const auto error = trainer->change(with(xor_experiment(), path, text));
    REQUIRE(error.has_value());
    CHECK(error->code == "experiment.other_network");
    CHECK(trainer->experiment() == xor_experiment());
  }
  const auto witness = trainer_of(xor_experiment());
  witness->step(20);
  trainer->step(10);
  CHECK(trainer->hash() == witness->hash());
}

TEST_CASE("a learned slope comes and goes with its activation, all other weights stay") {
  for (const char* precision : {"float32", "float64"}) {
    CAPTURE(precision);
    const Experiment relu = deep_experiment(precision);
    const Experiment prelu = with_activation(relu, 0, "prelu");
    const auto trainer = trainer_of(relu);
    trainer->step(20);
    const train::Parameters at20 = trainer->parameters();
    REQUIRE(at20.size() == 6);

    REQUIRE_FALSE(trainer->change(prelu).has_value());
    train::Parameters expected = at20;
    expected.insert(expected.begin() + 2, {0.25});
    CHECK(trainer->parameters() == expected);
    CHECK(trainer->gradients().size() == 7);
    trainer->step(20);
    CHECK(trainer->parameters()[2][0] != 0.25);
    const train::Parameters at40 = trainer->parameters();
    const std::string hash = trainer->hash();

    Experiment given = with_activation(relu, 1, "prelu");
    given.network.hidden[1].params = {{"weight", 0.125}};
    REQUIRE_FALSE(trainer->change(given).has_value());
    expected = at40;
    expected.erase(expected.begin() + 2);
    expected.insert(expected.begin() + 4, {0.125});
    CHECK(trainer->parameters() == expected);

    // Back to where the layer was still a prelu, and further on to the same bits.
    REQUIRE_FALSE(trainer->change(prelu).has_value());
    REQUIRE(trainer->go_to(20));
    CHECK(trainer->parameters()[2][0] == 0.25);
    trainer->step(20);
    CHECK(trainer->hash() == hash);
    // Back to where it was not.
    REQUIRE(trainer->go_to(10));
    CHECK(trainer->parameters()[2][0] == 0.25);
    REQUIRE(trainer->go_to(0));
    CHECK(trainer->parameters()[0] == trainer_of(relu)->parameters()[0]);
  }
}

TEST_CASE("weights to begin with keep fitting when an activation is set") {
  for (const bool bias : {true, false}) {
    Experiment experiment = deep_experiment("float32");
    experiment.network.bias = bias;
    experiment.network.parameters = trainer_of(experiment)->parameters();
    const Experiment start = experiment;
    set_activation(experiment, 1, "prelu");
    set_activation(experiment, 0, "prelu", {{"weight", 0.5}});
    REQUIRE_FALSE(validate(experiment).has_value());
    const size_t arrays = bias ? 2 : 1;
    CHECK(experiment.network.parameters[arrays] == std::vector<double>{0.5});
    CHECK(experiment.network.parameters[2 * arrays + 1] == std::vector<double>{0.25});
    set_activation(experiment, 0, "relu");
    set_activation(experiment, 1, "tanh");
    CHECK(experiment == start);
  }
}

TEST_CASE("another kind of optimizer starts without moments") {
  for (const char* precision : {"float32", "float64"}) {
    Experiment momentum = xor_experiment();
    momentum.training.precision = precision;
    momentum.training.optimizer.kind = "momentum";
    momentum.training.batch_size = momentum.data.samples;  // any step begins a pass
    Experiment adam = momentum, sgd = momentum;
    adam.training.optimizer.kind = "adam";
    sgd.training.optimizer.kind = "sgd";
    const auto trainer = trainer_of(momentum);
    trainer->step(30);
    adam.network.parameters = trainer->parameters();
    const auto fresh = trainer_of(adam);
    fresh->step(20);
    REQUIRE_FALSE(trainer->change(adam).has_value());
    trainer->step(20);
    CHECK(trainer->hash() == fresh->hash());
    // Nor does a kept step of another kind bring them back.
    REQUIRE(trainer->go_to(30));
    trainer->step(20);
    CHECK(trainer->hash() == fresh->hash());

    momentum.network.parameters = trainer->parameters();
    const auto again = trainer_of(momentum);
    again->step(20);
    REQUIRE_FALSE(trainer->change(sgd).has_value());
    REQUIRE_FALSE(trainer->change(momentum).has_value());
    trainer->step(20);
    CHECK(trainer->hash() == again->hash());
  }
}

TEST_CASE("passes are counted on when the batch or the data gets another size") {
  for (const char* precision : {"float32", "float64"}) {
    Experiment experiment = xor_experiment();  // 250 training samples
    experiment.training.precision = precision;
    const auto trainer = trainer_of(experiment);
    trainer->step(4 * 25 + 10);
    CHECK(trainer->metrics().epoch == 4);
    experiment.training.batch_size = 1;
    experiment.training.schedule = {"step", 5, 0.5};
    REQUIRE_FALSE(trainer->change(experiment).has_value());
    CHECK(trainer->metrics().epoch == 5);
    CHECK(trainer->learning_rate() == 0.015);
    trainer->step(249);
    CHECK(trainer->metrics().epoch == 5);
    trainer->step(1);
    CHECK(trainer->metrics().epoch == 6);
    experiment.data.samples = 100;
    REQUIRE_FALSE(trainer->change(experiment).has_value());
    trainer->epoch(2);
    CHECK(trainer->metrics().epoch == 8);
    // A kept step brings its count back.
    const int64_t kept = trainer->kept_steps()[50];
    REQUIRE(kept < 100);
    REQUIRE(trainer->go_to(kept));
    CHECK(trainer->metrics().epoch == (kept + 24) / 25);
  }
}

TEST_CASE("Playground mode takes on other data, too") {
  Experiment experiment = xor_experiment();
  experiment.playground = Experiment::Playground{"0.5", false};
  experiment.network.init.scheme = "playground";
  experiment.training.loss = "mse";
  experiment.training.optimizer = {};
  experiment.training.precision = "float64";
  const auto trainer = trainer_of(experiment);
  const auto before = trainer->data().points;
  experiment.data.noise = 0.5;
  REQUIRE_FALSE(trainer->change(experiment).has_value());
  CHECK(trainer->data().points != before);
  CHECK(trainer->data().points == trainer_of(experiment)->data().points);
}

TEST_CASE("the vector engine follows changes with the bits of the readable one") {
  FormulaLibrary formulas;
  Experiment experiment = deep_experiment("float32");
  const train::Plan first = train::make_plan(experiment, formulas).value();
  const train::Parameters start = train::initial_parameters(experiment, first);
  const train::Samples samples = train::make_samples(make_data(experiment), experiment, first);
  const std::pair<const char*, const char*> changes[] = {
      {"network.hidden", "5prelu-3tanh"},
      {"training.dropout", "0.25"},
      {"network.hidden", "5prelu-3prelu:weight:0.5"},
      {"training.optimizer.weightDecay", "0.1"},
      {"network.hidden", "5selu-3prelu"},
      {"training.optimizer.kind", "momentum"},
      {"training.dropout", "0"},
      {"training.batchSize", "7"},
      {"network.hidden", "5prelu-3rrelu"},
      {"network.hidden", "5identity-3formula:x*x"},
  };
  std::vector<train::Plan> plans = {first};
  for (const auto& [path, text] : changes) {
    CAPTURE(path);
    experiment = with(experiment, path, text);
    const auto error = validate(experiment);
    REQUIRE_MESSAGE(!error.has_value(), (error ? error->message(Language::en) : ""));
    plans.push_back(train::make_plan(experiment, formulas).value());
  }
  const auto readable = train::make_reference_engine<float>(first, start);
  readable->set_samples(samples);
  std::vector<train::Parameters> expected;
  for (const train::Plan& plan : plans) {
    readable->set_plan(plan);
    readable->run(17);
    expected.push_back(readable->parameters());
  }
  for (const simd::Isa isa : simd::available_isas()) {
    CAPTURE(simd::isa_name(isa));
    const auto engine = train::make_simd_engine(first, start, isa);
    engine->set_samples(samples);
    for (size_t i = 0; i < plans.size(); ++i) {
      CAPTURE(i);
      engine->set_plan(plans[i]);
      engine->run(17);
      CHECK(engine->parameters() == expected[i]);
    }
  }
}
