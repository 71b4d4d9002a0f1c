#include "targets.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "../core/random_experiment.h"
#include "core/data/points_csv.h"
#include "core/experiment/document.h"
#include "core/experiment/playground_link.h"
#include "core/experiment/share_link.h"
#include "core/export/parameters_json.h"
#include "core/formula/formula.h"
#include "core/tensor_text.h"
#include "core/train/trainer.h"

namespace lab::fuzz {
namespace {

void expect(bool holds, const char* what) {
  if (!holds) throw Finding{what};
}

void check_error(const Error& error) {
  const bool known = std::ranges::find(error_kinds(), std::string_view(error.code),
                                       &ErrorKind::code) != error_kinds().end();
  expect(known, "the error's code is in no table");
  for (const Language language : {Language::en, Language::zh}) {
    const std::string text = error.message(language);
    expect(!text.empty(), "an error says nothing");
    expect(text.size() < 4096, "an error repeats the input at length");
  }
  expect(error.line.value_or(1) >= 1 && error.column.value_or(1) >= 1, "a place before the text");
}

// NaN as itself: texts keep neither its sign nor its payload.
bool same_numbers(std::span<const float> a, std::span<const float> b) {
  return std::ranges::equal(a, b, [](float x, float y) {
    return (std::isnan(x) && std::isnan(y)) ||
           std::bit_cast<uint32_t>(x) == std::bit_cast<uint32_t>(y);
  });
}

void tensor_text(std::string_view input) {
  const Result<Tensor> read = parse_tensor(input);
  if (!read) return check_error(read.error());
  const std::string text = format_tensor(read.value());
  expect(text.starts_with("tensor("), "a tensor is printed as something else");
  if (text.find("...") != std::string::npos) return;  // abbreviated, which is refused
  const Result<Tensor> again = parse_tensor(text);
  expect(again.ok(), "what was printed cannot be read");
  expect(again.value().shape == read.value().shape, "printing changed the shape");
  const std::string second = format_tensor(again.value());
  const Result<Tensor> third = parse_tensor(second);
  expect(third.ok() && same_numbers(third.value().data, again.value().data),
         "printing twice gives other numbers");
}

void formula(std::string_view input) {
  const Result<Formula> read = parse_formula(input);
  if (!read) return check_error(read.error());
  const Formula& f = read.value();
  const ActivationParams params = f.default_params();
  constexpr std::array<float, 16> x = {-INFINITY, -1e30f, -100, -8, -2.5f, -1, -0.5f, -0.0f,
                                       1e-30f,    0.5f,   1,    2,  9,     88, 1e30f, NAN};
  std::array<float, 16> y, d, y2, d2;
  f.value(params, x, y);
  f.derivative(params, x, d);
  f.value_and_derivative(params, x, y2, d2);
  expect(same_numbers(y, y2), "f alone and with f' differ");
  expect(std::isnan(y[15]) && std::isnan(d[15]), "NaN is not kept");
  f.second_derivative(params, x, d2);
  const Result<Formula> again = parse_formula(f.text());
  expect(again.ok(), "the text of a formula cannot be read");
  again.value().value(params, x, y2);
  expect(same_numbers(y, y2), "the text of a formula is another function");
  expect(!formula_tex(f).empty() && !formula_pytorch(f).empty(), "a formula is written as nothing");
}

void check_document(const Experiment& e) {
  expect(!validate(e).has_value(), "a document that was accepted is not valid");
  const std::string json = to_json(e), share = to_share_text(e);
  const Result<Experiment> from_json = experiment_from_json(json);
  expect(from_json.ok() && from_json.value() == e, "JSON reads back as another document");
  const Result<Experiment> from_share = experiment_from_share_text(share);
  expect(from_share.ok() && from_share.value() == e, "a link reads back as another document");
}

void document(std::string_view input) {
  const Result<Experiment> read = experiment_from_json(input);
  if (!read) return check_error(read.error());
  check_document(read.value());
}

void share_link(std::string_view input) {
  const Result<Experiment> read = experiment_from_share_text(input);
  if (!read) return check_error(read.error());
  check_document(read.value());
}

void playground_link(std::string_view input) {
  const Result<PlaygroundImport> read = import_playground(input);
  if (!read) return check_error(read.error());
  expect(read.value().experiment.playground.has_value(), "an import trains in another way");
  check_document(read.value().experiment);
}

void points_csv(std::string_view input) {
  const Result<CsvPoints> read = read_points_csv(input);
  if (!read) return check_error(read.error());
  const auto finite = [](const DataPoint& p) {
    return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.label);
  };
  expect(std::ranges::all_of(read.value().points, finite), "a point is not finite");
  const Result<CsvPoints> again = read_points_csv(write_points_csv(read.value().points));
  if (read.value().points.empty()) return;
  expect(again.ok() && again.value().points == read.value().points,
         "points read back as other ones");
}

void parameters(std::string_view input) {
  Experiment experiment;
  experiment.network.hidden = {{3, "prelu", {}}, {2, "relu", {}}};
  const auto trainer = std::move(Trainer::create(experiment).value());
  const train::Plan& plan = trainer->plan();
  const Result<train::Parameters> read = parameters_from_json(plan, input);
  if (!read) return check_error(read.error());
  const auto again = parameters_from_json(plan, parameters_to_json(plan, read.value()));
  expect(again.ok() && again.value() == read.value(), "parameters read back as other ones");
}

// A document as JSON or as a link; any other bytes are the seed that one is drawn with.
Result<Experiment> document_of(std::string_view input) {
  if (input.starts_with('{')) return experiment_from_json(input);
  if (input.starts_with("v=")) return experiment_from_share_text(input);
  uint64_t seed = 0;
  std::memcpy(&seed, input.data(), std::min(input.size(), sizeof(seed)));
  return test::RandomExperiment(seed).draw();
}

bool all_finite(const train::Parameters& parameters) {
  return std::ranges::all_of(parameters, [](const auto& list) {
    return std::ranges::all_of(list, [](auto value) { return std::isfinite(value); });
  });
}

void training(std::string_view input) {
  constexpr int kSteps = 50;
  constexpr size_t kMostNumbers = 4000, kMostSamples = 600;  // so that many are tried in a second
  Result<Experiment> read = document_of(input);
  if (!read) return check_error(read.error());
  Experiment& e = read.value();
  e.data.samples = std::min<int>(e.data.samples, kMostSamples);
  size_t numbers = 0;
  for (const size_t size : parameter_sizes(e)) numbers += size;
  if (numbers > kMostNumbers || e.data.points.size() > kMostSamples || validate(e)) return;
  auto made = Trainer::create(e);
  if (!made) return check_error(made.error());
  Trainer& trainer = *made.value();
  const bool finite_start = all_finite(trainer.parameters());
  trainer.step(kSteps);
  const auto& divergence = trainer.divergence();
  const bool finite = all_finite(trainer.parameters());
  expect(divergence || finite || !finite_start, "numbers are not finite, and nobody says so");
  expect(trainer.metrics().finite == !divergence, "metrics and divergence disagree");
  if (!divergence) {
    // Where TensorFlow Playground drops what does not fill a batch there may be none.
    expect(trainer.steps() == kSteps || trainer.steps_per_epoch() == 0, "steps were left out");
    return;
  }
  expect(divergence->step >= 0 && divergence->step <= kSteps, "diverged at a step never taken");
  const std::string before = trainer.hash();
  trainer.step(1);
  expect(trainer.hash() == before, "training goes on after it diverged");
  expect(trainer.restore_last_finite() && all_finite(trainer.parameters()),
         "the last finite step is not finite");
}

constexpr Target kTargets[] = {
    {"tensor_text", tensor_text},
    {"formula", formula},
    {"document", document},
    {"share_link", share_link},
    {"playground_link", playground_link},
    {"points_csv", points_csv},
    {"parameters", parameters},
    {"training", training},
};

}  // namespace

std::span<const Target> targets() {
  return kTargets;
}

}  // namespace lab::fuzz
