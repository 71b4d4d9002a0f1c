#include <cmath>
#include <limits>

#include "core/activation/activation.h"
#include "core/experiment/field_errors.h"
#include "core/experiment/fields.h"
#include "core/formula/formula.h"

namespace lab {
namespace {

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::string_view word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
  for (std::string_view each : words) {
    if (each == word) return true;
  }
  return false;
}

Failure check_choice(const Field& field, const std::string& path, const std::string& id) {
  const std::vector<std::string_view> ids = choices(field);
  if (contains(ids, id)) return std::nullopt;
  return field_error("experiment.choice", path, {quote_text(id), joined(ids)});
}

Failure check_count(const Field& field, size_t count, size_t min, size_t max) {
  if (count >= min && count <= max) return std::nullopt;
  return field_error("experiment.count", field.path,
                     {std::to_string(count), std::to_string(min), std::to_string(max)});
}

Failure check_choices(const Field& field, const std::vector<std::string>& chosen) {
  if (auto error = check_count(field, chosen.size(), 1, choices(field).size())) return error;
  std::vector<std::string_view> seen;
  for (size_t i = 0; i < chosen.size(); ++i) {
    const std::string path = entry_path(field.path, i);
    if (auto error = check_choice(field, path, chosen[i])) return error;
    if (contains(seen, chosen[i])) return field_error("experiment.twice", path, {chosen[i]});
    seen.push_back(chosen[i]);
  }
  return std::nullopt;
}

// What a parameter of an activation function may be.
struct ParamRange {
  std::string id;
  float min, max;
};

template <class Specs>
std::vector<ParamRange> ranges_of(const Specs& specs) {
  std::vector<ParamRange> ranges;
  for (const auto& spec : specs) ranges.push_back({std::string(spec.id), spec.min, spec.max});
  return ranges;
}

Result<std::vector<ParamRange>> activation_params(const std::string& path, std::string_view id) {
  if (id.starts_with(kFormulaPrefix)) {
    const Result<Formula> formula = parse_formula(id.substr(kFormulaPrefix.size()));
    if (formula) return ranges_of(formula.value().params());
    Error error = formula.error();
    error.field = path;
    return error;
  }
  const Activation* activation = find_activation(id);
  if (activation != nullptr) return ranges_of(activation->params);
  return Error{"activation.unknown", {quote_text(id)}, path};
}

Failure check_activation(const std::string& path, std::string_view id) {
  const auto params = activation_params(path, id);
  return params ? Failure() : params.error();
}

// As floats, which is what functions compute with and what the limits are.
bool within(double value, const ParamRange& range) {
  const double limit = std::numeric_limits<float>::max();
  if (!(value >= -limit && value <= limit)) return false;
  const auto as_float = static_cast<float>(value);
  return as_float >= range.min && as_float <= range.max;
}

Failure check_params(const std::string& path, const Experiment::Layer& layer) {
  const auto ranges = activation_params(path + ".activation", layer.activation);
  if (!ranges) return ranges.error();
  for (const auto& [id, value] : layer.params) {
    const std::string where = path + ".params." + quote_text(id);
    const ParamRange* range = nullptr;
    std::string known;
    for (const ParamRange& each : ranges.value()) {
      if (each.id == id) range = &each;
      known += (known.empty() ? "" : ", ") + each.id;
    }
    if (range == nullptr) {
      return Error{"activation.parameter_unknown",
                   {quote_text(layer.activation), quote_text(id), known.empty() ? "–" : known},
                   where};
    }
    if (within(value, *range)) continue;
    return Error{"activation.parameter_range",
                 {id, JsonWriter().value(range->min).text(), JsonWriter().value(range->max).text()},
                 where};
  }
  return std::nullopt;
}

Failure check_layers(const Field& field, const std::vector<Experiment::Layer>& layers) {
  if (auto error = check_count(field, layers.size(), 0, kMaxHiddenLayers)) return error;
  for (size_t i = 0; i < layers.size(); ++i) {
    const std::string path = entry_path(field.path, i);
    if (auto error = check_number(path + ".units", layers[i].units, field.min, field.max, true)) {
      return error;
    }
    if (auto error = check_params(path, layers[i])) return error;
  }
  return std::nullopt;
}

Failure check_points(const Field& field, const std::vector<DataPoint>& points) {
  if (auto error = check_count(field, points.size(), 0, kMaxSamples)) return error;
  for (size_t i = 0; i < points.size(); ++i) {
    for (double number : {points[i].x, points[i].y, points[i].label}) {
      if (number >= field.min && number <= field.max) continue;
      return check_number(entry_path(field.path, i), number, field.min, field.max, false);
    }
  }
  return std::nullopt;
}

Failure check_parameters(const Field& field, const std::vector<std::vector<double>>& lists) {
  size_t total = 0;
  for (size_t i = 0; i < lists.size(); ++i) {
    total += lists[i].size();
    for (double number : lists[i]) {
      if (number >= field.min && number <= field.max) continue;
      return check_number(entry_path(field.path, i), number, field.min, field.max, false);
    }
  }
  return check_count(field, total, 0, kMaxParameters);
}

// The generator of TensorFlow Playground is keyed with bytes of ASCII.
Failure check_seed(const Field& field, const std::string& seed) {
  bool printable = !seed.empty() && seed.size() <= 64;
  for (char c : seed) printable = printable && c >= ' ' && c <= '~';
  if (printable) return std::nullopt;
  return field_error("experiment.playground_seed", std::string(field.path) + ".seed");
}

}  // namespace

std::optional<Error> check_field(const Field& field, const Experiment& experiment) {
  const FieldSlot slot = slot_of(field, experiment);
  const std::string path(field.path);
  switch (field.type) {
    case FieldType::flag:
      return std::nullopt;
    case FieldType::integer: {
      return check_number(path, integer_of(slot), field.min, field.max, true);
    }
    case FieldType::number:
      return check_number(path, *std::get<double*>(slot), field.min, field.max, false);
    case FieldType::optional_number: {
      const std::optional<double>& value = *std::get<std::optional<double>*>(slot);
      if (!value) return std::nullopt;
      return check_number(path, *value, field.min, field.max, false);
    }
    case FieldType::choice:
      return check_choice(field, path, *std::get<std::string*>(slot));
    case FieldType::activation:
      return check_activation(path, *std::get<std::string*>(slot));
    case FieldType::choices:
      return check_choices(field, *std::get<std::vector<std::string>*>(slot));
    case FieldType::layers:
      return check_layers(field, *std::get<std::vector<Experiment::Layer>*>(slot));
    case FieldType::points:
      return check_points(field, *std::get<std::vector<DataPoint>*>(slot));
    case FieldType::parameters:
      return check_parameters(field, *std::get<std::vector<std::vector<double>>*>(slot));
    case FieldType::frozen:
      return check_count(field, std::get<std::vector<WeightIndex>*>(slot)->size(), 0,
                         kMaxParameters);
    case FieldType::playground: {
      const auto& playground = *std::get<std::optional<Experiment::Playground>*>(slot);
      return playground ? check_seed(field, playground->seed) : Failure();
    }
  }
  return std::nullopt;
}

}  // namespace lab
