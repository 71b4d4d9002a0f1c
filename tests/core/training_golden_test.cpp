// Training against PyTorch's runs in tests/golden/training.json (float64 there): losses of each
// step, the first gradients and the final parameters.

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/formula/formula_activation.h"
#include "core/train/engine.h"
#include "core/train/loss.h"

namespace {

using namespace lab;
using nlohmann::json;

struct Run {
  train::Plan plan;
  train::Samples samples;
  train::Parameters initial, first_gradient, final;
  std::vector<double> losses, prediction;
  std::string name;
};

Run read_run(const json& row, FormulaLibrary& formulas) {
  Experiment experiment;
  const std::vector<int> shape = row["shape"];
  const std::string loss = row["loss"];
  experiment.network.hidden.clear();
  for (size_t i = 1; i + 1 < shape.size(); ++i) {
    experiment.network.hidden.push_back({shape[i], row["activation"], {}});
  }
  experiment.network.outputs = shape.back();
  experiment.network.output = row["output"];
  experiment.training.loss = loss == "ce" ? "cross_entropy" : loss;
  experiment.training.optimizer.kind = row["optimizer"];
  experiment.training.optimizer.learning_rate = row["learning_rate"];
  experiment.training.batch_size = row["batch"];

  Run run;
  auto plan = train::make_plan(experiment, formulas);
  REQUIRE(plan.ok());
  run.plan = plan.value();
  run.initial = row["initial"].get<train::Parameters>();
  run.first_gradient = row["first_gradient"].get<train::Parameters>();
  run.final = row["final"].get<train::Parameters>();
  run.losses = row["losses"].get<std::vector<double>>();
  run.prediction = row["prediction"].get<std::vector<double>>();
  const std::vector<double> labels = row["y"];
  train::Samples& samples = run.samples;
  samples.inputs = 2;
  samples.outputs = run.plan.outputs();
  samples.count = samples.train_count = labels.size();
  samples.x = row["X"].get<std::vector<double>>();
  for (const double label : labels) {
    for (size_t o = 0; o < samples.outputs; ++o) {
      samples.target.push_back(samples.outputs == 1              ? label
                               : static_cast<double>(o) == label ? 1.0
                                                                 : 0.0);
    }
  }
  run.name =
      row["activation"].get<std::string>() + " " + loss + " " + row["optimizer"].get<std::string>();
  return run;
}

std::vector<Run> runs(FormulaLibrary& formulas) {
  std::ifstream file(LAB_GOLDEN_DIR "/training.json");
  REQUIRE(file.is_open());
  std::vector<Run> all;
  for (const json& row : json::parse(file)) all.push_back(read_run(row, formulas));
  REQUIRE(all.size() == 13);
  return all;
}

double batch_loss(const Run& run, train::Engine& engine, int64_t step) {
  const train::Batch batch = train::Batches(run.samples.count, run.plan).at(step);
  const size_t outputs = run.plan.outputs();
  const std::span<const double> x(&run.samples.x[batch.first * 2], batch.count * 2);
  std::vector<double> logits(batch.count * outputs);
  engine.predict(x, logits);
  double sum = 0;
  for (size_t s = 0; s < batch.count; ++s) {
    sum += train::loss_value(
        run.plan.loss, std::span(logits).subspan(s * outputs, outputs),
        std::span(run.samples.target).subspan((batch.first + s) * outputs, outputs));
  }
  return sum / static_cast<double>(batch.count);
}

// The largest difference, relative to the size of the array's largest number.
double distance(const train::Parameters& a, const train::Parameters& b) {
  REQUIRE(a.size() == b.size());
  double worst = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    REQUIRE(a[i].size() == b[i].size());
    double size = 0, difference = 0;
    for (size_t k = 0; k < a[i].size(); ++k) {
      size = std::max(size, std::fabs(b[i][k]));
      difference = std::max(difference, std::fabs(a[i][k] - b[i][k]));
    }
    worst = std::max(worst, difference / std::max(size, 1e-3));
  }
  return worst;
}

}  // namespace

TEST_CASE("the float64 engine matches PyTorch to 1e-9 on every golden run") {
  FormulaLibrary formulas;
  for (const Run& run : runs(formulas)) {
    CAPTURE(run.name);
    const auto engine = train::make_reference_engine<double>(run.plan, run.initial);
    engine->set_samples(run.samples);
    for (size_t step = 0; step < run.losses.size(); ++step) {
      CAPTURE(step);
      CHECK(std::fabs(batch_loss(run, *engine, engine->steps()) - run.losses[step]) < 1e-9);
      engine->run(1);
      if (step == 0) CHECK(distance(engine->gradients(), run.first_gradient) < 1e-9);
    }
    CHECK(distance(engine->parameters(), run.final) < 1e-9);
    std::vector<double> logits(run.prediction.size());
    engine->predict(std::span<const double>(run.samples.x), logits);
    for (size_t i = 0; i < logits.size(); ++i) {
      CHECK(std::fabs(logits[i] - run.prediction[i]) < 1e-9);
    }
  }
}

TEST_CASE("the float32 engine stays within 1e-4 of the float64 engine on the golden runs") {
  FormulaLibrary formulas;
  for (const Run& run : runs(formulas)) {
    CAPTURE(run.name);
    const auto exact = train::make_reference_engine<double>(run.plan, run.initial);
    const auto engine = train::make_simd_engine(run.plan, run.initial);
    exact->set_samples(run.samples);
    engine->set_samples(run.samples);
    for (int step = 0; step < 60; ++step) {
      exact->run(1);
      engine->run(1);
      CHECK(distance(engine->parameters(), exact->parameters()) < 1e-4);
      CHECK(std::fabs(batch_loss(run, *engine, 0) - batch_loss(run, *exact, 0)) < 1e-4);
    }
  }
}

TEST_CASE("the vector engine gives the bits of the readable one on every instruction set") {
  FormulaLibrary formulas;
  for (const Run& run : runs(formulas)) {
    CAPTURE(run.name);
    const auto readable = train::make_reference_engine<float>(run.plan, run.initial);
    readable->set_samples(run.samples);
    readable->run(60);
    for (const simd::Isa isa : simd::available_isas()) {
      CAPTURE(simd::isa_name(isa));
      const auto engine = train::make_simd_engine(run.plan, run.initial, isa);
      engine->set_samples(run.samples);
      engine->run(60);
      CHECK(engine->parameters() == readable->parameters());
      CHECK(engine->gradients() == readable->gradients());
    }
  }
}
