#include "core/chain.h"

#include <cstddef>
#include <utility>

namespace lab {

std::vector<Tensor> forward(const Chain& chain, const Tensor& input) {
  std::vector<Tensor> stages = {input};
  stages.reserve(chain.size() + 1);
  for (const ChainLayer& layer : chain) {
    Tensor output = stages.back();
    layer.activation->evaluate(layer.params, stages.back().data, output.data);
    stages.push_back(std::move(output));
  }
  return stages;
}

std::vector<Tensor> backward_of_sum(const Chain& chain, const std::vector<Tensor>& stages) {
  std::vector<Tensor> gradients(stages.size());
  gradients.back() = Tensor::filled(stages.back().shape, 1);
  for (size_t k = chain.size(); k-- > 0;) {
    Tensor& gradient = gradients[k];
    gradient = stages[k];
    const std::vector<float>& from_above = gradients[k + 1].data;
    chain[k].activation->differentiate(chain[k].params, stages[k].data, gradient.data);
    // The product as it is: a blocked 0 times an exploded inf is NaN, and the person should see it.
    for (size_t i = 0; i < from_above.size(); ++i)
      gradient.data[i] = from_above[i] * gradient.data[i];
  }
  return gradients;
}

}  // namespace lab
