#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lab {

// A dense float32 tensor, row-major. A value type: copies are deep, equal tensors compare equal.
// `data.size()` is the product of `shape`; an empty shape is a scalar with one element.
struct Tensor {
  std::vector<int64_t> shape;
  std::vector<float> data;

  // A tensor of that shape filled with `fill`.
  static Tensor filled(std::vector<int64_t> shape, float fill);

  bool operator==(const Tensor&) const = default;
};

// Number of elements a shape holds; 1 for a scalar's empty shape.
size_t element_count(const std::vector<int64_t>& shape);

}  // namespace lab
