// Documents and numbers at the edge of sense: what happens is defined, and told.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "core/experiment/document.h"
#include "core/train/choices.h"
#include "training.h"

namespace {

using namespace lab;
using lab::test::trainer_of;

bool all_finite(const train::Parameters& parameters) {
  return std::ranges::all_of(parameters, [](const auto& list) {
    return std::ranges::all_of(list, [](double value) { return std::isfinite(value); });
  });
}

Experiment with_points(std::vector<DataPoint> points) {
  Experiment e;
  e.data.kind = "custom";
  e.data.points = std::move(points);
  e.data.train_fraction = 1;
  e.network.hidden = {{4, "tanh", {}}};
  e.training.optimizer = {"adam", 0.03, {}, {}, {}, {}, {}};
  return e;
}

// Trains, and checks that what is not finite is told.
Metrics trained(const Experiment& experiment, int64_t steps) {
  for (const char* precision : {"float64", "float32"}) {
    CAPTURE(precision);
    Experiment e = experiment;
    e.training.precision = precision;
    const auto trainer = trainer_of(e);
    trainer->step(steps);
    const Metrics metrics = trainer->metrics();
    CHECK(metrics.finite == !trainer->divergence());
    if (trainer->divergence()) CHECK(trainer->restore_last_finite());
    CHECK(all_finite(trainer->parameters()));
    if (e.training.precision == "float32") return metrics;
  }
  return {};
}

}  // namespace

TEST_CASE(
    "a learning rate of 10^38 diverges under every optimizer, or goes on with finite numbers") {
  for (const auto& optimizer : optimizers()) {
    for (const auto& loss : losses()) {
      CAPTURE(optimizer.id);
      CAPTURE(loss.id);
      Experiment e;
      e.data.kind = "xor";
      e.network.hidden = {{4, "relu", {}}};
      e.training.loss = loss.id;
      if (loss.kind == Loss::cross_entropy) e.network.outputs = 2;
      e.training.optimizer.kind = optimizer.id;
      e.training.optimizer.learning_rate = 1e38;
      if (validate(e)) continue;  // it is above what the document takes
      trained(e, 50);
    }
  }
}

TEST_CASE("points that are few, equal or all of one class") {
  SUBCASE("one point") {
    const Metrics m = trained(with_points({{0.5, -1, 1}}), 300);
    CHECK(m.train_accuracy == 1);
    CHECK(m.train_loss < 0.1);
    CHECK(std::isnan(m.test_loss));
  }
  SUBCASE("one class") {
    const Metrics m = trained(with_points({{0, 0, 1}, {1, 0, 1}, {0, 1, 1}}), 300);
    CHECK(m.train_accuracy == 1);
  }
  SUBCASE("constant features") {
    const Metrics m = trained(with_points({{1, 1, 0}, {1, 1, 1}, {1, 1, 1}, {1, 1, 0}}), 300);
    CHECK(m.train_loss == doctest::Approx(std::log(2)).epsilon(0.05));
  }
  SUBCASE("the same point twice, with both labels") {
    const Metrics m = trained(with_points({{1, -1, 0}, {1, -1, 1}, {-1, 1, 1}, {-1, 1, 1}}), 500);
    CHECK(m.train_loss == doctest::Approx(std::log(2) / 2).epsilon(0.1));
  }
}

TEST_CASE("no points at all train nothing and predict") {
  Experiment e = with_points({});
  if (const auto error = validate(e)) {
    CHECK(error->field == "data.points");
    CHECK(error->message(Language::zh) != error->message(Language::en));
    return;
  }
  const auto trainer = trainer_of(e);
  const std::string before = trainer->hash();
  trainer->step(10);
  CHECK(trainer->hash() == before);
  CHECK(std::isnan(trainer->metrics().train_loss));
  CHECK(trainer->predict(std::array{0.5f, 0.5f}).size() == 1);
}

TEST_CASE("points far out are trained on, or diverge and say so") {
  for (const double far : {1e6, 1e20, 1e38}) {
    CAPTURE(far);
    const Experiment e =
        with_points({{far, -far, 0}, {-far, far, 1}, {far, far, 1}, {-far, -far, 0}});
    if (const auto error = validate(e)) {
      CHECK(error->field->starts_with("data.points"));
      continue;
    }
    trained(e, 50);
  }
}

TEST_CASE("inputs that are not finite give outputs that say so, and harm nobody else's") {
  Experiment e;
  e.data.kind = "circle";
  e.network.hidden = {{8, "relu", {}}, {8, "gelu", {}}};
  const auto trainer = trainer_of(e);
  trainer->epoch(3);
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN(), kInfinity = INFINITY;
  const std::vector<float> alone = trainer->predict(std::array{0.5f, -0.5f});
  const std::vector<float> all = trainer->predict(
      std::array{kNan, 0.0f, 0.5f, -0.5f, kInfinity, kInfinity, 0.5f, -0.5f, -kInfinity, 1.0f});
  REQUIRE(all.size() == 5);
  CHECK(std::isnan(all[0]));
  CHECK(all[1] == alone[0]);
  CHECK(all[3] == alone[0]);
}

TEST_CASE("custom rows that are not finite are refused, and the old ones stay") {
  Experiment e;
  e.data.kind = "xor";
  const auto trainer = trainer_of(e);
  const size_t samples = trainer->samples().count;
  for (const float bad : {NAN, INFINITY, -INFINITY}) {
    const auto error = trainer->set_data(std::array{0.0f, bad, 1.0f, 1.0f}, std::array{0.0f, 1.0f});
    REQUIRE(error.has_value());
    CHECK(trainer->samples().count == samples);
  }
  const auto error = trainer->set_data(std::array{0.0f, 1.0f}, std::array{static_cast<float>(NAN)});
  REQUIRE(error.has_value());
  CHECK(trainer->samples().count == samples);
}

TEST_CASE("what asks for too much is refused with the limit") {
  const struct {
    const char* json;
    const char* field;
    const char* limit;
  } cases[] = {
      {R"({"version":1,"network":{"hidden":[{"units":1000000000,"activation":"relu"}]}})",
       "network.hidden[0].units", "1024"},
      {R"({"version":1,"data":{"samples":10000000}})", "data.samples", "100000"},
      {R"({"version":1,"data":{"samples":1e300}})", "data.samples", "100000"},
      {R"({"version":1,"training":{"batchSize":-1}})", "training.batchSize", "1"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.json);
    const Result<Experiment> read = experiment_from_json(c.json);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().field == c.field);
    std::string text = read.error().message(Language::en);
    std::erase_if(text, [](char letter) { return letter == ','; });
    CHECK(text.find(c.limit) != std::string::npos);
  }
  std::string layers;
  for (int i = 0; i < 40; ++i) layers += std::string(i ? "," : "") + R"({"units":1024})";
  const Result<Experiment> read =
      experiment_from_json(R"({"version":1,"network":{"hidden":[)" + layers + "]}}");
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().field == "network.hidden");
}
