#include "app/training/activation_choices.h"

#include <algorithm>

#include "core/activation/activation.h"

namespace lab {

std::string_view activation_name(Language language, std::string_view id) {
  const Activation* row = find_activation(id);
  return row ? row->name.in(language) : id.substr(id.find(':') + 1);
}

ActivationChoices activation_choices(Language language, const FormulaLibrary& formulas,
                                     std::string_view present) {
  ActivationChoices choices;
  for (const Activation& row : activations()) choices.ids.emplace_back(row.id);
  for (const auto& formula : formulas.all()) {
    choices.ids.push_back("formula:" + std::string(formula->row().name.en));
  }
  const auto found = std::ranges::find(choices.ids, present);
  choices.chosen = static_cast<size_t>(found - choices.ids.begin());
  if (found == choices.ids.end()) choices.ids.emplace_back(present);
  for (const std::string& id : choices.ids) {
    choices.list.push_back({id, activation_name(language, id)});
  }
  return choices;
}

}  // namespace lab
