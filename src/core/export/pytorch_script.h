#pragma once

#include <string>

#include "core/data/data_sets.h"
#include "core/experiment/experiment.h"
#include "core/train/plan.h"

namespace lab {

// A runnable PyTorch script with an experiment: its data, its network with these parameters, and a
// loop that goes on training it just as the engine does. It prints the losses and accuracies. In
// double precision it gives the engine's numbers but for rounding; in single precision all the
// decimals are exact, too. Only what is drawn in training (shuffles, dropout, slopes of RReLU)
// differs. `samples` are those of `data`, or rows of somebody's own with the labels of `data`.
// Runs under PyTorch 1.13 and later.
std::string to_pytorch(const Experiment& experiment, const train::Plan& plan, const DataSet& data,
                       const train::Samples& samples, const train::Parameters& parameters);

}  // namespace lab
