#include "core/pytorch_modules.h"

#include <cmath>

#include "core/joined.h"
#include "core/json_writer.h"
#include "core/text_number.h"

namespace lab {
namespace {

// The one activation class of torch.nn whose constructor has no defaults.
constexpr std::string_view kWithoutDefaults = "nn.Threshold";

std::string_view keyword(const ActivationParamSpec& spec) {
  return spec.pytorch_keyword.empty() ? spec.id : spec.pytorch_keyword;
}

// "squared_relu" gives "SquaredRelu".
std::string camel_case(std::string_view id) {
  std::string name;
  bool word_starts = true;
  for (char c : id) {
    const bool lower = c >= 'a' && c <= 'z';
    if (c != '_') name += word_starts && lower ? static_cast<char>(c - 'a' + 'A') : c;
    word_starts = c == '_';
  }
  return name;
}

// The activation's Python expression with its parameters as attributes: "{b}" becomes "self.b".
std::string body_expression(const Activation& activation) {
  std::string text(activation.pytorch_expr);
  for (const ActivationParamSpec& spec : activation.params) {
    const std::string placeholder = joined({"{", spec.id, "}"});
    const std::string attribute = joined({"self.", keyword(spec)});
    for (size_t at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder)) {
      text.replace(at, placeholder.size(), attribute);
    }
  }
  return text;
}

// An nn.Module for an activation that torch.nn lacks.
std::string definition(const Activation& activation, const std::string& name) {
  std::string arguments, assignments, constructor;
  for (const ActivationParamSpec& spec : activation.params) {
    const std::string_view param = keyword(spec);
    arguments += joined({", ", param, "=", python_number(spec.fallback)});
    assignments += joined({"        self.", param, " = ", param, "\n"});
  }
  if (!activation.params.empty()) {
    constructor = joined({"    def __init__(self", arguments, "):\n        super().__init__()\n",
                          assignments, "\n"});
  }
  return joined({"class ", name, "(nn.Module):\n", constructor,
                 "    def forward(self, x):\n        return ", body_expression(activation),
                 "\n\n\n"});
}

}  // namespace

std::string python_number(float value) {
  const std::string text = shortest_text(value);
  return std::isfinite(value) ? text : joined({"float(\"", text, "\")"});
}

std::string python_number(double value) {
  if (!std::isfinite(value)) return python_number(static_cast<float>(value));
  const std::string text = JsonWriter().value(value).text();
  return text.find_first_of(".e") == text.npos ? text + ".0" : text;
}

std::string PytorchModules::class_name(const Activation& activation) {
  size_t formulas = 0;
  for (const OwnClass& own : own_) {
    if (own.activation == &activation) return own.name;
    if (own.activation->custom) ++formulas;
  }
  std::string name = activation.custom ? "Formula" : camel_case(activation.id);
  if (activation.custom && formulas > 0) name += std::to_string(formulas + 1);
  own_.push_back({&activation, name});
  return name;
}

std::string PytorchModules::literal(float value) const {
  return double_precision_ ? python_number(static_cast<double>(value)) : python_number(value);
}

bool PytorchModules::is_default(const Activation& activation, size_t param, float value) const {
  const float fallback = activation.params[param].fallback;
  return value == fallback && literal(fallback) == python_number(fallback) &&
         activation.pytorch != kWithoutDefaults;
}

std::string PytorchModules::expression(const Activation& activation,
                                       const ActivationParams& params) {
  std::string text(activation.pytorch);  // may bring arguments: nn.GELU(approximate="tanh")
  if (text.empty()) text = class_name(activation);
  if (text.back() == ')') {
    text.pop_back();
  } else {
    text += '(';
  }
  for (size_t i = 0; i < activation.params.size(); ++i) {
    if (is_default(activation, i, params[i])) continue;
    text += joined(
        {text.back() == '(' ? "" : ", ", keyword(activation.params[i]), "=", literal(params[i])});
  }
  return text + ")";
}

std::string PytorchModules::definitions() const {
  std::string text;
  for (const OwnClass& own : own_) text += definition(*own.activation, own.name);
  return text;
}

}  // namespace lab
