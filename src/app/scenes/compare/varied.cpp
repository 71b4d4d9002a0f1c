#include "app/scenes/compare/varied.h"

#include <algorithm>
#include <cmath>

#include "app/training/activation_choices.h"
#include "app/training/field_editor.h"
#include "app/ui/number.h"
#include "core/activation/activation.h"
#include "core/experiment/fields.h"
#include "core/experiment/set_activation.h"
#include "core/train/init_schemes.h"

namespace lab {

namespace {

constexpr VariedRow kRows[] = {
    {Varied::activation,
     "activation",
     Str::compare_activation,
     "activation",
     {"identity", "sigmoid", "tanh", "relu"},
     {"gelu", "elu", "leaky_relu", "sin"}},
    {Varied::init,
     "init",
     Str::compare_init,
     "init",
     {"zeros", "uniform", "xavier_uniform", "he_uniform"},
     {"lecun_normal", "xavier_normal", "he_normal", "zeros"}},
    {Varied::rate,
     "rate",
     Str::compare_rate,
     "learning_rate",
     {"0.003", "0.03", "0.3", "3"},
     {"0.1", "0.01", "1", "10"}},
    {Varied::depth,
     "depth",
     Str::compare_depth,
     "hidden_layers",
     {"0", "1", "3", "6"},
     {"2", "4", "8", "12"}},
};

}  // namespace

std::span<const VariedRow> varied_rows() {
  return kRows;
}

const VariedRow& row_of(Varied varied) {
  return *std::ranges::find(kRows, varied, &VariedRow::varied);
}

std::optional<Error> set_varied(Varied varied, const std::string& value, Experiment& experiment) {
  switch (varied) {
    case Varied::activation:
      for (size_t l = 0; l < experiment.network.hidden.size(); ++l) {
        set_activation(experiment, l, value);
      }
      return std::nullopt;
    case Varied::init:
      return set_field(*find_field("network.init.scheme"), value, experiment);
    case Varied::rate:
      return set_field(*find_field("training.optimizer.learningRate"), value, experiment);
    case Varied::depth:
      break;
  }
  auto& hidden = experiment.network.hidden;
  const double depth = decimal_of(value);  // not-a-number for other texts
  if (!(depth >= 0 && depth <= kMaxHiddenLayers && depth == std::floor(depth))) {
    return Error{"experiment.whole_range",
                 {"network.hidden", "0", std::to_string(kMaxHiddenLayers)},
                 "network.hidden"};
  }
  const Experiment::Layer layer = hidden.empty() ? Experiment::Layer() : hidden.front();
  hidden.assign(static_cast<size_t>(depth), layer);
  return std::nullopt;
}

std::string value_name(Language language, Varied varied, const std::string& value) {
  if (varied == Varied::activation) {
    return std::string(activation_name(language, value));
  }
  if (varied == Varied::init) {
    const InitScheme* row = find_init_scheme(value);
    return std::string(row ? row->name.in(language) : value);
  }
  if (varied == Varied::rate) return number_text(decimal_of(value));
  return tr(language, value == "1" ? Str::compare_one_layer : Str::compare_layers, {value});
}

}  // namespace lab
