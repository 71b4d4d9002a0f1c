#pragma once

#include <vector>

#include "core/data/data_sets.h"
#include "core/experiment/experiment.h"

namespace lab {

// What TensorFlow Playground shows on loading a link.
struct PlaygroundStart {
  DataSet data;
  std::vector<std::vector<double>> parameters;  // W1 (out × in, row by row), b1, W2, b2, …
};

// Data and weights come from one stream of numbers, so both are made together. For a document with
// a `playground` member, a kind of data that Playground has (data.samples and data.seed are not
// looked at) and one output. github.com/tensorflow/playground at 02469bd.
PlaygroundStart playground_start(const Experiment& experiment);

}  // namespace lab
