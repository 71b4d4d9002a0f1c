#include "bindings/functions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/text_number.h"

namespace lab {
namespace {

using emscripten::val;

constexpr size_t kKeptFormulas = 32;

// A parameter and the values it may have.
struct Limits {
  std::string_view id;
  float min, max;
};

std::vector<Limits> limits_of(const Function& function) {
  std::vector<Limits> limits;
  if (const Formula* formula = std::get_if<Formula>(&function)) {
    constexpr float kLargest = std::numeric_limits<float>::max();
    for (const FormulaParam& param : formula->params()) {
      limits.push_back({param.id, -kLargest, kLargest});
    }
  } else {
    for (const ActivationParamSpec& spec : std::get<const Activation*>(function)->params) {
      limits.push_back({spec.id, spec.min, spec.max});
    }
  }
  return limits;
}

std::string_view name_of(const Function& function) {
  if (const Formula* formula = std::get_if<Formula>(&function)) return formula->text();
  return std::get<const Activation*>(function)->id;
}

ActivationParams default_params(const Function& function) {
  if (const Formula* formula = std::get_if<Formula>(&function)) return formula->default_params();
  return std::get<const Activation*>(function)->default_params();
}

Error no_such_parameter(const Function& function, const std::string& id) {
  std::string known;
  for (const Limits& limits : limits_of(function)) {
    if (!known.empty()) known += ", ";
    known += limits.id;
  }
  if (known.empty()) known = "–";
  return {
      "activation.parameter_unknown", {std::string(name_of(function)), id, known}, "params." + id};
}

}  // namespace

Result<Function> Functions::find(const std::string& id) {
  if (id.starts_with(kFormulaPrefix)) {
    const Result<Formula> formula =
        find_formula(std::string_view(id).substr(kFormulaPrefix.size()));
    if (!formula) return formula.error();
    return Function(formula.value());
  }
  const Activation* activation = find_activation(id);
  if (!activation) return Error{"activation.unknown", {id}, "id"};
  return Function(activation);
}

Result<Formula> Functions::find_formula(std::string_view text) {
  const auto found = std::ranges::find(recent_, text, &Formula::text);
  if (found != recent_.end()) {
    std::rotate(recent_.begin(), found, found + 1);
    return recent_.front();
  }
  Result<Formula> formula = parse_formula(text);
  if (!formula) return formula;
  if (recent_.size() == kKeptFormulas) recent_.pop_back();
  recent_.insert(recent_.begin(), formula.value());
  return formula;
}

Result<ActivationParams> read_params(const val& object, const Function& function) {
  ActivationParams params = default_params(function);
  if (object.isUndefined() || object.isNull()) return params;
  const std::vector<Limits> known = limits_of(function);
  for (const val& key : val::global("Object").call<val>("keys", object)) {
    const std::string id = key.as<std::string>();
    const auto found = std::ranges::find(known, id, &Limits::id);
    if (found == known.end()) return no_such_parameter(function, id);
    const val number = object[id];
    const double value = number.isNumber() ? number.as<double>() : std::nan("");
    if (!(value >= double{found->min} && value <= double{found->max})) {
      return Error{"activation.parameter_range",
                   {id, shortest_text(found->min), shortest_text(found->max)},
                   "params." + id};
    }
    params[static_cast<size_t>(found - known.begin())] = static_cast<float>(value);
  }
  return params;
}

void run_value(const Function& function, const ActivationParams& params, std::span<const float> x,
               std::span<float> y) {
  if (const Formula* formula = std::get_if<Formula>(&function)) {
    formula->value(params, x, y);
  } else {
    std::get<const Activation*>(function)->value(params, x, y);
  }
}

void run_derivative(const Function& function, const ActivationParams& params,
                    std::span<const float> x, std::span<float> y) {
  if (const Formula* formula = std::get_if<Formula>(&function)) {
    formula->derivative(params, x, y);
  } else {
    std::get<const Activation*>(function)->derivative(params, x, y);
  }
}

}  // namespace lab
