#include "app/scenes/learn/live_values.h"

#include <algorithm>
#include <utility>

#include "core/experiment/fields.h"
#include "core/experiment/share_link.h"

namespace lab {
namespace {

using Kind = JsonValue::Kind;

std::string state_text(const Scene& scene) {
  JsonWriter json;
  json.begin_object();
  scene.write_state(json);
  json.end_object();
  return json.text();
}

void add_value(JsonValue value, std::vector<ConditionValue>& found) {
  if (value.is(Kind::boolean)) found.emplace_back(value.boolean());
  if (value.is(Kind::number)) found.emplace_back(value.number());
  if (value.is(Kind::string)) found.emplace_back(std::string(value.string()));
}

// The entry of a list with that number, in decimal.
JsonValue entry(JsonValue list, std::string_view number) {
  JsonValue value = list.first();
  for (size_t i = 0; value.exists() && std::to_string(i) != number; ++i) value = value.next();
  return value;
}

// Follows a path of names, numbers and asterisks.
void follow(JsonValue value, std::string_view path, std::vector<ConditionValue>& found) {
  if (!value.exists()) return;
  if (path.empty()) return add_value(value, found);
  const size_t end = std::min(path.find('.'), path.size());
  const std::string_view name = path.substr(0, end);
  const std::string_view rest = path.substr(std::min(end + 1, path.size()));
  if (value.is(Kind::object)) return follow(value.find(name), rest, found);
  if (!value.is(Kind::array)) return;
  if (name == "length") return found.emplace_back(static_cast<double>(value.size())), void();
  if (name != "*") return follow(entry(value, name), rest, found);
  for (JsonValue v = value.first(); v.exists(); v = v.next()) follow(v, rest, found);
}

// A field as a condition compares it: numbers and flags as they are, the rest as a link writes it.
ConditionValue value_of(const Field& field, const Experiment& experiment) {
  const FieldSlot slot = slot_of(field, experiment);
  if (bool* const* flag = std::get_if<bool*>(&slot)) return **flag;
  if (int* const* whole = std::get_if<int*>(&slot)) return static_cast<double>(**whole);
  if (uint32_t* const* seed = std::get_if<uint32_t*>(&slot)) return static_cast<double>(**seed);
  if (double* const* number = std::get_if<double*>(&slot)) return **number;
  return field_text(field, experiment);
}

}  // namespace

LiveValues::LiveValues(const Scene& scene) : progress_(scene.progress()) {
  Result<JsonDocument> document = JsonDocument::parse(state_text(scene));
  if (document) state_.emplace(std::move(document.value()));
  if (!state_) return;
  const JsonValue link = state_->root().find("experiment");
  if (!link.is(Kind::string)) return;
  if (auto read = experiment_from_share_text(link.string())) experiment_ = read.value();
}

std::vector<ConditionValue> LiveValues::find(std::string_view name) const {
  std::vector<ConditionValue> found;
  if (state_) follow(state_->root(), name, found);
  if (found.empty() && progress_) found = of_progress(name);
  if (found.empty() && experiment_) found = of_experiment(name);
  return found;
}

std::vector<ConditionValue> LiveValues::of_progress(std::string_view name) const {
  const SceneProgress& p = *progress_;
  const std::pair<std::string_view, ConditionValue> values[] = {
      {"playing", p.playing},
      {"step", static_cast<double>(p.step)},
      {"epoch", static_cast<double>(p.epoch)},
      {"trainLoss", p.train_loss},
      {"testLoss", p.test_loss},
      {"trainAccuracy", p.train_accuracy},
      {"testAccuracy", p.test_accuracy},
      {"goalReached", p.goal_reached},
      {"diverged", p.diverged}};
  for (const auto& [known, value] : values) {
    if (known == name) return {value};
  }
  return {};
}

std::vector<ConditionValue> LiveValues::of_experiment(std::string_view name) const {
  const std::vector<Experiment::Layer>& hidden = experiment_->network.hidden;
  if (name == "hiddenLayers") return {static_cast<double>(hidden.size())};
  if (name == "units") {
    int units = 0;
    for (const Experiment::Layer& layer : hidden) units += layer.units;
    return {static_cast<double>(units)};
  }
  const Field* field = find_field(name);
  if (field == nullptr) return {};
  return {value_of(*field, *experiment_)};
}

}  // namespace lab
