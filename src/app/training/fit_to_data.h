#pragma once

#include "core/experiment/experiment.h"

namespace lab {

// Makes outputs and loss fit what the data ask for: one output and a loss of values for a
// regression; one output or one per class for classes. Settings that fit are kept.
void fit_to_data(Experiment& experiment);

}  // namespace lab
