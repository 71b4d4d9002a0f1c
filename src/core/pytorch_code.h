#pragma once

#include <string>

#include "core/chain.h"
#include "core/tensor.h"

namespace lab {

// The elements as nested Python lists that read back as the same float32s, rows under each other:
// "[[0.5, -0.6],\n [-1.0, 3.0]]". Also what parse_tensor() reads.
std::string tensor_literal(const Tensor& tensor);

// A complete, runnable PyTorch script: imports, a module for every activation that torch.nn lacks
// (from its row's pytorch_expr), an nn.Module with the chain's layers, the input
// tensor exactly as given (shortest literals that PyTorch reads as the same float32), the forward
// pass and a print of the output; with `gradient` also backward() of the sum and a print of
// input.grad.
std::string chain_to_pytorch(const Chain& chain, const Tensor& input, bool gradient);

}  // namespace lab
