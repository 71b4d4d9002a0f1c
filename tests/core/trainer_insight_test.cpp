// What a trainer tells beside its metrics: every unit's activations, one step number by number,
// which class was taken for which.

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "core/train/loss.h"
#include "core/train/trainer.h"
#include "training.h"

namespace {

using namespace lab;
using lab::test::trainer_of;
using lab::test::xor_experiment;

Experiment mixed_experiment(const char* precision) {
  Experiment experiment = xor_experiment();
  experiment.features = {"x", "y", "xy"};
  experiment.network.hidden = {{7, "prelu", {}}, {5, "formula:x/(1+abs(x))", {}}, {3, "gelu", {}}};
  experiment.network.output = "sigmoid";
  experiment.training.precision = precision;
  return experiment;
}

// The network by hand, from its parameters: activations of each layer, logits, output.
std::vector<std::vector<double>> by_hand(Trainer& trainer, std::span<const double> features) {
  const train::Plan& plan = trainer.plan();
  const train::Parameters parameters = trainer.parameters();
  std::vector<std::vector<double>> values;
  std::vector<double> in(features.begin(), features.end());
  for (size_t l = 0; l < plan.layers.size(); ++l) {
    const train::LayerPlan& layer = plan.layers[l];
    const size_t array = plan.array_of(l);
    ActivationParams params = layer.params;
    if (layer.learns_slope) {
      params[0] = static_cast<float>(parameters[array + 1 + plan.bias][0]);
    }
    std::vector<double> z, a;
    for (size_t u = 0; u < static_cast<size_t>(layer.units); ++u) {
      double sum = plan.bias ? parameters[array + 1][u] : 0;
      for (size_t i = 0; i < in.size(); ++i) sum += parameters[array][u * in.size() + i] * in[i];
      z.push_back(sum);
      a.push_back(layer.activation->exact_value(params, sum));
    }
    if (l + 1 == plan.layers.size()) values.push_back(z);
    values.push_back(a);
    in = a;
  }
  return values;
}

}  // namespace

TEST_CASE("activations are those of every unit, row by row") {
  for (const char* precision : {"float32", "float64"}) {
    CAPTURE(precision);
    const auto trainer = trainer_of(mixed_experiment(precision));
    trainer->step(120);
    for (const size_t rows : {size_t{1}, size_t{100}, size_t{64}, size_t{0}}) {
      std::vector<float> x;
      for (size_t i = 0; i < 3 * rows; ++i) x.push_back(std::sin(static_cast<float>(i)) * 3);
      train::UnitValues values;
      trainer->activations(x, values);
      REQUIRE(values.size() == 5);
      const std::vector<float> logits = trainer->predict(x);
      for (size_t row = 0; row < rows; ++row) {
        const std::vector<double> features(x.begin() + static_cast<std::ptrdiff_t>(3 * row),
                                           x.begin() + static_cast<std::ptrdiff_t>(3 * row + 3));
        const auto expected = by_hand(*trainer, features);
        for (size_t l = 0; l < values.size(); ++l) {
          REQUIRE(values[l].size() == expected[l].size() * rows);
          for (size_t u = 0; u < expected[l].size(); ++u) {
            const double value = static_cast<double>(values[l][u * rows + row]);
            CHECK(std::fabs(value - expected[l][u]) < 1e-5 * (1 + std::fabs(expected[l][u])));
          }
        }
        CHECK(values[3][row] == logits[row]);
      }
    }
  }
}

TEST_CASE("a single step tells the numbers of a real one with a batch of one") {
  for (const char* precision : {"float32", "float64"}) {
    for (const char* optimizer : {"sgd", "momentum", "adam", "adamw"}) {
      for (const char* loss : {"bce", "mse", "hinge", "cross_entropy"}) {
        CAPTURE(precision);
        CAPTURE(optimizer);
        CAPTURE(loss);
        Experiment experiment = mixed_experiment(precision);
        experiment.training.optimizer.kind = optimizer;
        experiment.training.loss = loss;
        if (experiment.training.loss == "cross_entropy") experiment.network.outputs = 2;
        experiment.training.batch_size = 1;
        experiment.training.clip_norm = 1;
        experiment.training.regularization = {"l2", 0.01};
        experiment.training.schedule = {"step", 1, 0.5};
        experiment.data.samples = 20;
        const auto trainer = trainer_of(experiment);
        trainer->step(23);  // the fourth sample of the third pass is next
        const train::Parameters gradients = trainer->gradients();
        const std::string hash = trainer->hash();
        const MicroStep step = trainer->micro_step(3);
        CHECK(trainer->hash() == hash);
        CHECK(trainer->gradients() == gradients);
        CHECK(step.before == trainer->parameters());
        CHECK(step.learning_rate == 0.25 * 0.03);
        trainer->step(1);
        CHECK(step.after == trainer->parameters());
        CHECK(step.gradients == trainer->gradients());
      }
    }
  }
}

TEST_CASE("the numbers of a single step belong together") {
  for (const char* precision : {"float32", "float64"}) {
    Experiment experiment = mixed_experiment(precision);
    experiment.training.optimizer.kind = "sgd";
    const auto trainer = trainer_of(experiment);
    trainer->step(40);
    const size_t test_sample = trainer->samples().train_count + 2;
    for (const size_t sample : {size_t{0}, test_sample}) {
      const MicroStep step = trainer->micro_step(sample);
      const DataPoint& point = trainer->data().points[sample];
      CHECK(step.features == std::vector<double>{point.x, point.y, point.x * point.y});
      REQUIRE(step.layers.size() == 4);
      CHECK(step.loss == train::loss_value(Loss::bce, step.layers[3].z, step.target));
      const auto expected = by_hand(*trainer, step.features);
      const auto near = [](double a, double b) { return std::fabs(a - b) < 1e-6 * (1 + fabs(b)); };
      std::vector<double> in = step.features;
      for (size_t l = 0; l < step.layers.size(); ++l) {
        const train::LayerTrace& layer = step.layers[l];
        const size_t array = trainer->plan().array_of(l);
        for (size_t u = 0; u < layer.a.size(); ++u) {
          CHECK(near(layer.a[u], expected[l < 3 ? l : 4][u]));
          if (l < 3) CHECK(near(layer.gradient[u], layer.slope[u] * layer.arriving[u]));
          CHECK(near(step.gradients[array + 1][u], layer.gradient[u]));
          for (size_t i = 0; i < in.size(); ++i) {
            const size_t at = u * in.size() + i;
            CHECK(near(step.gradients[array][at], layer.gradient[u] * in[i]));
            CHECK(near(step.after[array][at],
                       step.before[array][at] - step.learning_rate * step.gradients[array][at]));
          }
        }
        in = layer.a;
      }
    }
  }
}

TEST_CASE("a single step leaves out what is drawn at random") {
  Experiment experiment = xor_experiment();
  experiment.network.hidden = {{8, "rrelu", {}}};
  experiment.training.dropout = 0.5;
  const auto trainer = trainer_of(experiment);
  trainer->step(10);
  const MicroStep step = trainer->micro_step(1);
  for (size_t u = 0; u < 8; ++u) {
    const double z = step.layers[0].z[u], mean = (1.0 / 8 + 1.0 / 3) / 2;
    CHECK(step.layers[0].a[u] == doctest::Approx(z < 0 ? mean * z : z));
    CHECK(step.gradients[1][u] == step.layers[0].gradient[u]);
  }
}

TEST_CASE("a confusion matrix counts each sample once and agrees with the accuracy") {
  struct Case {
    const char *data, *loss;
    int outputs;
  };
  const Case cases[] = {{"xor", "bce", 1},
                        {"xor", "mse", 1},
                        {"xor", "hinge", 2},
                        {"xor", "bce", 2},
                        {"rings3", "cross_entropy", 3},
                        {"blobs", "mse", 3},
                        {"xor", "cross_entropy", 2}};
  for (const auto& [data, loss, outputs] : cases) {
    CAPTURE(data);
    CAPTURE(loss);
    Experiment experiment = xor_experiment();
    experiment.data.kind = data;
    experiment.data.noise = 0.3;
    experiment.data.train_fraction = 0.7;
    experiment.training.loss = loss;
    experiment.network.outputs = outputs;
    const auto trainer = trainer_of(experiment);
    trainer->epoch(10);
    const Metrics metrics = trainer->metrics();
    for (const bool test : {false, true}) {
      const Confusion confusion = trainer->confusion(test);
      REQUIRE(confusion.classes == static_cast<size_t>(std::max(outputs, 2)));
      const auto sum = [](std::span<const size_t> counts) {
        return std::accumulate(counts.begin(), counts.end(), size_t{0});
      };
      const size_t total = trainer->samples().count, train = trainer->samples().train_count;
      CHECK(sum(confusion.counts) == (test ? total - train : train));
      size_t right = 0;
      for (size_t c = 0; c < confusion.classes; ++c) {
        right += confusion.counts[c * confusion.classes + c];
        size_t with_label = 0;
        for (size_t s = test ? train : 0; s < (test ? total : train); ++s) {
          with_label += trainer->data().points[s].label == static_cast<double>(c);
        }
        CHECK(sum(std::span(confusion.counts).subspan(c * confusion.classes, confusion.classes)) ==
              with_label);
      }
      const double accuracy =
          static_cast<double>(right) / static_cast<double>(sum(confusion.counts));
      CHECK(accuracy == (test ? metrics.test_accuracy : metrics.train_accuracy));
    }
  }
  Experiment regression = xor_experiment();
  regression.data.kind = "reg_plane";
  regression.training.loss = "mse";
  CHECK(trainer_of(regression)->confusion(false).classes == 0);
}
