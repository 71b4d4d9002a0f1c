#include "core/tensor.h"

#include <utility>

namespace lab {

size_t element_count(const std::vector<int64_t>& shape) {
  size_t count = 1;
  for (int64_t extent : shape) count *= static_cast<size_t>(extent);
  return count;
}

Tensor Tensor::filled(std::vector<int64_t> shape, float fill) {
  const size_t count = element_count(shape);
  return {std::move(shape), std::vector<float>(count, fill)};
}

}  // namespace lab
