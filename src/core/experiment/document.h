#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/experiment/experiment.h"

namespace lab {

// Reads a document. Fields that are absent have their defaults; anything that is unknown, of the
// wrong type, out of range or at odds with another field gives an error with the field's path, and
// its line and column where one place in the text is at fault.
Result<Experiment> experiment_from_json(std::string_view text);

// Every field, always in the same order: equal documents give equal texts, and the text reads back
// as the same document, numbers bit for bit. The document must be valid.
std::string to_json(const Experiment& experiment);

// What is wrong with a document, if anything: a field out of its range, or a combination of fields
// that no network can be trained with.
std::optional<Error> validate(const Experiment& experiment);

// How many numbers each list of a network's parameters has, in the order of a PyTorch state_dict:
// per layer the weights (a row per unit), the biases (if any) and the learned slope of a prelu.
std::vector<size_t> parameter_sizes(const Experiment& experiment);

}  // namespace lab
