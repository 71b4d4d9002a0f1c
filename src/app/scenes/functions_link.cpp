#include "app/scenes/functions_link.h"

#include <algorithm>

#include "app/scenes/link_keys.h"
#include "core/experiment/field_errors.h"
#include "core/experiment/url_text.h"
#include "core/json/json_value.h"

namespace lab {
namespace {

constexpr const char* kExample = "relu-elu:alpha:0.5";

std::string_view take(std::string_view& rest, char sign) {
  const std::string_view taken = rest.substr(0, rest.find(sign));
  rest.remove_prefix(std::min(taken.size() + 1, rest.size()));
  return taken;
}

std::string all_ids() {
  std::string text;
  for (const Activation& row : activations()) text += std::string(row.id) + ", ";
  return text + "formula:…";
}

// The row that an entry begins with; `rest` goes on behind it.
Result<const Activation*> read_row(const std::string& path, std::string_view& rest,
                                   FormulaLibrary& formulas) {
  const bool formula = rest.starts_with(kFormulaPrefix);
  if (formula) rest.remove_prefix(kFormulaPrefix.size());
  const std::string_view written = take(rest, ':');
  const std::optional<std::string> name = percent_decode(written);
  if (!name) return *field_error("experiment.percent", path);
  if (!formula) {
    const Activation* row = find_activation(*name);
    if (row != nullptr) return row;
    return *field_error("experiment.choice", path, {quote_text(*name), all_ids()});
  }
  const Result<const FormulaActivation*> made = formulas.add(*name);
  if (made) return &made.value()->row();
  Error error = made.error();
  error.field = path;
  return error;
}

Result<ChainLayer> read_entry(const std::string& path, std::string_view text,
                              FormulaLibrary& formulas) {
  const Result<const Activation*> row = read_row(path, text, formulas);
  if (!row) return row.error();
  const Activation& activation = *row.value();
  ChainLayer layer{&activation, activation.default_params()};
  while (!text.empty()) {
    const std::string_view id = take(text, ':');
    const auto spec = std::ranges::find(activation.params, id, &ActivationParamSpec::id);
    if (spec == activation.params.end()) {
      std::string known;
      for (const ActivationParamSpec& param : activation.params) {
        known += (known.empty() ? "" : ", ") + std::string(param.id);
      }
      return *field_error("experiment.choice", path, {quote_text(id), known.empty() ? "–" : known});
    }
    const std::string name = path + "." + std::string(id);
    const std::string_view written = take(text, ':');
    const std::optional<double> number = json_number(written);
    if (!number) return *field_error("experiment.number_text", name, {quote_text(written)});
    if (auto error = check_number(name, *number, static_cast<double>(spec->min),
                                  static_cast<double>(spec->max), false)) {
      return *error;
    }
    layer.params[static_cast<size_t>(spec - activation.params.begin())] =
        static_cast<float>(*number);
  }
  return layer;
}

Result<Chain> read_all(std::string_view key, std::string_view text, FormulaLibrary& formulas) {
  Chain chain;
  if (text.empty() || text == "none") return chain;
  if (text.ends_with('-')) return *field_error("experiment.form", key, {kExample});
  while (!text.empty()) {
    Result<ChainLayer> layer = read_entry(entry_path(key, chain.size()), take(text, '-'), formulas);
    if (!layer) return layer.error();
    chain.push_back(layer.value());
  }
  return chain;
}

}  // namespace

std::string functions_text(const Chain& functions, const FormulaLibrary& formulas) {
  if (functions.empty()) return "none";
  std::string text;
  for (const ChainLayer& layer : functions) {
    if (!text.empty()) text += '-';
    const FormulaActivation* own = formulas.find(*layer.activation);
    text += own ? std::string(kFormulaPrefix) + percent_encode(own->formula().text())
                : percent_encode(layer.activation->id);
    for (size_t i = 0; i < layer.activation->params.size(); ++i) {
      const ActivationParamSpec& spec = layer.activation->params[i];
      if (layer.params[i] == layer.activation->default_params()[i]) continue;
      text += ':' + std::string(spec.id) + ':' + link_number(layer.params[i]);
    }
  }
  return text;
}

Result<Chain> functions_from_text(std::string_view key, std::string_view text,
                                  const std::function<std::optional<Error>(const Chain&)>& check,
                                  FormulaLibrary& formulas) {
  FormulaLibrary tried;
  Result<Chain> read = read_all(key, text, tried);
  if (!read) return read;
  if (auto error = check(read.value())) return *error;
  return read_all(key, text, formulas);
}

}  // namespace lab
