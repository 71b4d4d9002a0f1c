#pragma once

#include <string>
#include <vector>

#include "core/activation/activation.h"
#include "core/error.h"
#include "core/tensor.h"

namespace lab {

// One elementwise layer of a chain: an activation and the values of its parameters.
struct ChainLayer {
  const Activation* activation;  // never null
  ActivationParams params;

  bool operator==(const ChainLayer&) const = default;
};

// Layers applied one after another, as torch.nn.Sequential does.
using Chain = std::vector<ChainLayer>;

// Every stage of a forward pass: stages[0] is the input, stages[k] the output of layer k-1.
// All have the input's shape.
std::vector<Tensor> forward(const Chain& chain, const Tensor& input);

// ∂S/∂stage for S = the sum of the last stage's elements: gradients[k] belongs to stages[k]
// as forward() gave them, so the last one is all ones. This is what out.sum().backward() fills in.
std::vector<Tensor> backward_of_sum(const Chain& chain, const std::vector<Tensor>& stages);

}  // namespace lab
