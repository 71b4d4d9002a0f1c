#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "core/tensor.h"

namespace lab {

// The text `print(tensor)` gives in PyTorch with default print options, e.g.
// "tensor([[ 0.5000, -0.6000],\n        [-1.0000,  3.0000]])". Checked against PyTorch 2.6's output
// in tests/golden/tensor_text.json.
std::string format_tensor(const Tensor& tensor);

// Reads a tensor as people paste it: a PyTorch literal or printout ("tensor([[1., 2.]])",
// "torch.tensor(…, dtype=…, device=…, requires_grad=True)"), NumPy ("array([[1, 2]])",
// "np.array(…)" and the bare printout "[[1. 2.]\n [3. 4.]]"), JSON ("[[1,2],[3,4]]", also null-free
// nan/inf/NaN/Infinity spellings), and CSV or whitespace-separated lines (commas, semicolons, tabs).
// Errors carry line and column (1-based, in code points) and name what was expected.
Result<Tensor> parse_tensor(std::string_view text);

}  // namespace lab
