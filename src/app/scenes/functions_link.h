#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/chain.h"
#include "core/formula/formula_activation.h"

namespace lab {

// Functions with their parameters, as a share link writes them: relu-elu:alpha:0.5-formula:x%2Ax.
// Parameters that have their default are left out. Formulas are found in, or added to, the library.
std::string functions_text(const Chain& functions, const FormulaLibrary& formulas);

// The error names the key and the entry at fault ("app.layers[1]"), or is what `check` says of all
// of them; then nothing has been added.
Result<Chain> functions_from_text(std::string_view key, std::string_view text,
                                  const std::function<std::optional<Error>(const Chain&)>& check,
                                  FormulaLibrary& formulas);

}  // namespace lab
