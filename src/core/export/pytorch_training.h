#pragma once

#include <string>

#include "core/data/data_sets.h"
#include "core/experiment/experiment.h"
#include "core/train/plan.h"

namespace lab {

// The end of a script in which `net`, `inputs`, `targets` and `train_count` are there: what is
// minimised and how, a report of losses, and the loop.
std::string pytorch_training(const Experiment& experiment, const train::Plan& plan,
                             const DataSet& data);

}  // namespace lab
