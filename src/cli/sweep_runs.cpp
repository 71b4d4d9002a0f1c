#include "cli/sweep_runs.h"

#include "cli/document.h"
#include "cli/run.h"
#include "core/activation/activation.h"
#include "core/experiment/document.h"
#include "core/experiment/set_activation.h"
#include "core/experiment/share_link.h"
#include "core/experiment/url_text.h"

namespace lab::cli {
namespace {

constexpr int64_t kEpochs = 500;  // where no limit is given
constexpr std::string_view kGoal = "test_accuracy>=0.95";

void write_list(JsonWriter& json, std::string_view name, const std::vector<std::string>& list) {
  json.key(name).begin_array();
  for (const std::string& item : list) json.value(std::string_view(item));
  json.end_array();
}

}  // namespace

std::variant<SweepRuns, std::string> SweepRuns::plan(const Options& options) {
  const Document document = read_document(options);
  if (const std::string* problem = std::get_if<std::string>(&document)) return *problem;
  SweepRuns runs;
  runs.options_ = options;
  runs.base_ = std::get<Experiment>(document);
  runs.find_lists();
  for (size_t first = 0; first < runs.count(); first += runs.seeds_.size()) {
    const auto error = validate(runs.experiment(first));
    if (!error) continue;
    const Place place = runs.place(first);
    return runs.data_[place.data] + " with " + runs.activations_[place.activation] + ": " +
           explain(*error);
  }
  return runs;
}

void SweepRuns::find_lists() {
  data_ = options_.data;
  if (data_.empty()) data_ = {base_.data.kind};
  for (const std::string& text : options_.activations) {
    activations_.push_back(percent_decode(text).value_or(text));
  }
  if (activations_.empty()) activations_ = {std::string(kDocumentsOwn)};
  if (activations_ == std::vector<std::string>{"all"}) {
    activations_.clear();
    for (const Activation& activation : lab::activations()) {
      activations_.emplace_back(activation.id);
    }
  }
  seeds_ = *seed_list(options_.seeds);
  if (options_.goals.empty()) options_.goals.push_back(*parse_goal(kGoal));
}

SweepRuns::Place SweepRuns::place(size_t run) const {
  const size_t row = run / seeds_.size();
  return {row / activations_.size(), row % activations_.size(), run % seeds_.size()};
}

Experiment SweepRuns::experiment(size_t run) const {
  const Place at = place(run);
  Experiment experiment = base_;
  experiment.data.kind = data_[at.data];
  const std::string& activation = activations_[at.activation];
  for (size_t l = 0; activation != kDocumentsOwn && l < experiment.network.hidden.size(); ++l) {
    set_activation(experiment, l, activation);
  }
  const uint32_t seed = seeds_[at.seed];
  experiment.data.seed = experiment.network.init.seed = seed;
  if (experiment.playground) experiment.playground->seed = std::to_string(seed);
  return experiment;
}

std::string SweepRuns::header() const {
  JsonWriter json;
  json.begin_object().member("sweep", 1);
  json.member("document", std::string_view(to_share_text(base_)));
  write_list(json, "data", data_);
  write_list(json, "activations", activations_);
  json.member("seeds", std::string_view(options_.seeds));
  json.key("goals").begin_array();
  for (const Goal& goal : options_.goals) json.value(std::string_view(goal.text));
  json.end_array();
  if (options_.steps) {
    json.member("steps", *options_.steps);
  } else {
    json.member("epochs", options_.epochs.value_or(kEpochs));
  }
  if (options_.check) json.member("check", *options_.check);
  return json.member("runs", count()).end_object().text();
}

std::string SweepRuns::line(size_t run) const {
  const Place at = place(run);
  JsonWriter json;
  json.begin_object().member("run", run).member("data", std::string_view(data_[at.data]));
  json.member("activation", std::string_view(activations_[at.activation]));
  json.member("seed", seeds_[at.seed]);
  const auto trainer = Trainer::create(experiment(run));
  const Outcome outcome = train_until(*trainer.value(), options_, kEpochs);
  json.member("reached", outcome.reached);
  write_metrics(json, outcome.metrics);
  json.member("hash", std::string_view(trainer.value()->hash()));
  return json.end_object().text();
}

}  // namespace lab::cli
