#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "core/train/plan.h"

namespace lab {

// The parameters of a network by themselves, with the names and shapes of a PyTorch state_dict:
// {"version":1,"parameters":[{"name":"0.weight","shape":[4,2],"data":[…]},…]}. Numbers come back
// bit for bit.
std::string parameters_to_json(const train::Plan& plan, const train::Parameters& parameters);

// Reads them for a network with the same layers. Names may differ in the number of the module,
// which dropout layers shift. Errors "json.…" and "parameters.…" have a line and a column.
Result<train::Parameters> parameters_from_json(const train::Plan& plan, std::string_view text);

}  // namespace lab
