#pragma once

#include <emscripten/val.h>

#include "core/activation/rowwise.h"
#include "core/error.h"
#include "core/tensor.h"

namespace lab {

// What JavaScript hands in, as the core's values, or the error that says what is wrong with it.
// `name` is the argument's name in the interface and becomes the error's field.

// The number of elements of a Float32Array; anything else is refused.
Result<size_t> read_length(const emscripten::val& array, const char* name);

// An array of extents whose product is the number of elements.
Result<Tensor> read_tensor(const emscripten::val& array, const emscripten::val& shape);

// A length of rows that `length` numbers divide into and that the activation takes.
Result<size_t> read_columns(const emscripten::val& columns, size_t length,
                            const RowActivation& activation);

// How many floats a buffer is to hold. That there may be room for so many is all it says.
Result<size_t> read_buffer_length(const emscripten::val& length);
Error no_room(const emscripten::val& length);

}  // namespace lab
