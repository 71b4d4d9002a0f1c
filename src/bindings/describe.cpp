#include "bindings/describe.h"

#include <string>

#include "bindings/functions.h"

namespace lab {
namespace {

using emscripten::val;

val localized(const Localized& texts) {
  val object = val::object();
  object.set("en", to_js(texts.en));
  object.set("zh", to_js(texts.zh));
  return object;
}

// A parameter of a row or of a formula.
template <class Param>
val describe_param(const Param& param) {
  val object = val::object();
  object.set("id", to_js(param.id));
  object.set("default", param.fallback);
  object.set("min", param.min);
  object.set("max", param.max);
  return object;
}

val describe(const ActivationParamSpec& spec) {
  val object = describe_param(spec);
  object.set("name", localized(spec.name));
  return object;
}

val interval(double min, double max) {
  val pair = val::array();
  pair.call<void>("push", min);
  pair.call<void>("push", max);
  return pair;
}

val describe(const ActivationTraits& traits) {
  val object = val::object();
  object.set("smooth", traits.smooth);
  object.set("monotone", traits.monotone);
  object.set("zeroCentred", traits.zero_centred);
  object.set("saturatesLeft", traits.saturates_left);
  object.set("saturatesRight", traits.saturates_right);
  object.set("boundedBelow", traits.bounded_below);
  object.set("boundedAbove", traits.bounded_above);
  return object;
}

// What rows of both registries have in common.
template <class Row>
val describe_names(const Row& row) {
  val object = val::object();
  object.set("id", to_js(row.id));
  object.set("name", localized(row.name));
  object.set("formula", to_js(row.tex));
  object.set("pytorch", to_js(row.pytorch));
  object.set("jax", to_js(row.jax));
  object.set("keras", to_js(row.keras));
  return object;
}

}  // namespace

val to_js(std::string_view utf8) {
  return val::u8string(std::string(utf8).c_str());
}

val describe(const Activation& activation) {
  val params = val::array();
  for (const ActivationParamSpec& spec : activation.params) {
    params.call<void>("push", describe(spec));
  }
  val kinks = val::array();
  for (const double at : activation.kink_positions(activation.default_params())) {
    kinks.call<void>("push", at);
  }
  val ulp = val::object();
  ulp.set("value", activation.max_ulp.value);
  ulp.set("derivative", activation.max_ulp.derivative);

  val object = describe_names(activation);
  object.set("derivativeFormula", to_js(activation.tex_derivative));
  object.set("params", params);
  object.set("kinks", kinks);
  object.set("range", interval(activation.range.min, activation.range.max));
  object.set("maxUlp", ulp);
  object.set("traits", describe(activation.traits));
  return object;
}

val describe(const RowActivation& activation) {
  val object = describe_names(activation);
  object.set("gradientFormula", to_js(activation.tex_vjp));
  object.set("columnsPerOutput", activation.halves);
  return object;
}

val describe(const Formula& formula) {
  const FormulaReport report = check_formula(formula, formula.default_params());
  val params = val::array();
  for (const FormulaParam& param : formula.params()) {
    params.call<void>("push", describe_param(param));
  }
  val kinks = val::array();
  for (const FormulaKink& kink : report.kinks) kinks.call<void>("push", kink.at);
  val check = val::object();
  check.set("points", report.compared);
  check.set("worst", report.worst_disagreement);
  check.set("worstAt", report.worst_at);

  val object = val::object();
  object.set("id", to_js(std::string(kFormulaPrefix) + formula.text()));
  object.set("text", to_js(formula.text()));
  object.set("formula", to_js(formula_tex(formula)));
  object.set("derivativeFormula", to_js(formula_derivative_tex(formula)));
  object.set("pytorch", to_js(formula_pytorch(formula)));
  object.set("params", params);
  object.set("kinks", kinks);
  object.set("range", interval(report.min, report.max));
  object.set("selfCheck", check);
  return object;
}

val describe(const Error& error) {
  val record = val::object();
  record.set("code", error.code);
  record.set("messageKey", error.code);
  record.set("message", to_js(error.message(Language::en)));
  if (error.field) record.set("field", to_js(*error.field));
  if (error.line) record.set("line", *error.line);
  if (error.column) record.set("column", *error.column);
  return record;
}

}  // namespace lab
