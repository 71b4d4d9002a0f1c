#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "core/experiment/experiment.h"

namespace lab {

// Gives a hidden layer another activation with these parameters. Where the document has parameters
// to begin with, the slope of a prelu joins them or leaves them, so that the others still fit.
void set_activation(Experiment& experiment, size_t layer, const std::string& id,
                    const std::map<std::string, double>& params = {});

}  // namespace lab
