#pragma once

#include <emscripten/val.h>

#include <vector>

#include "core/activation/activation.h"
#include "core/error.h"
#include "core/tensor.h"

namespace lab {

// What JavaScript hands in, as the core's values, or the error that says what is wrong with it.
// `name` is the argument's name in the interface and becomes the error's field.

Result<std::vector<float>> read_floats(const emscripten::val& array, const char* name);

// An object from parameter ids to numbers; undefined or a missing id means the default.
Result<ActivationParams> read_params(const emscripten::val& object, const Activation& activation);

// An array of extents whose product is the number of elements.
Result<Tensor> read_tensor(const emscripten::val& array, const emscripten::val& shape);

}  // namespace lab
