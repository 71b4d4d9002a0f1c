#pragma once

#include <string>

#include "core/chain.h"
#include "core/tensor.h"

namespace lab {

// A complete, runnable PyTorch script: imports, an nn.Module with the chain's layers, the input
// tensor exactly as given (shortest literals that read back as the same float32), the forward pass
// and a print of the output; with `gradient` also backward() of the sum and a print of x.grad.
std::string chain_to_pytorch(const Chain& chain, const Tensor& input, bool gradient);

}  // namespace lab
