#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/widgets.h"
#include "core/formula/formula_activation.h"

namespace lab {

// A choice of activations: the registry, the person's formulas, and the present one where it is
// another formula (of a link). Ids are those of documents.
struct ActivationChoices {
  std::vector<std::string> ids;
  std::vector<Choice> list;  // their texts are owned by the ids and the registry
  size_t chosen;
};
ActivationChoices activation_choices(Language language, const FormulaLibrary& formulas,
                                     std::string_view present);

// The name of an activation by its id in documents; of a formula, its text.
std::string_view activation_name(Language language, std::string_view id);

}  // namespace lab
