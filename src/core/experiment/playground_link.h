#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/experiment/experiment.h"

namespace lab {

// What a link to TensorFlow Playground says.
struct PlaygroundImport {
  Experiment experiment;             // valid, in TensorFlow Playground's mode
  std::vector<std::string> ignored;  // keys without an effect here, in the order of the link
};

// The seed of a link that has none, for which TensorFlow Playground draws one at random.
inline constexpr std::string_view kPlaygroundDefaultSeed = "0.5";

// Reads a playground.tensorflow.org URL, or only what stands behind its # (with the # or without).
// Keys that are absent have TensorFlow Playground's defaults; of a repeated one the last counts. A
// value that it does not offer gives an error with the key as its field. The experiment trains as
// TensorFlow Playground would; a seed of the weights, noise in per cent and so on become this
// project's fields.
Result<PlaygroundImport> import_playground(std::string_view link);

}  // namespace lab
