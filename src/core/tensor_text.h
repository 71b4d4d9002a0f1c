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

// Reads a tensor as people paste it:
// - PyTorch and NumPy code and printouts: "torch.tensor([[1, 2]], dtype=torch.float32)",
//   "tensor([], size=(2, 0))", "np.array([[1, 2]])", NumPy's bare "[[1. 2.]\n [3. 4.]]", an
//   nn.Parameter, also behind an assignment "x = …"; JSON "[[1, 2], [3, 4]]";
// - lines of numbers parted by commas, semicolons, tabs or spaces, as in CSV: a matrix, or a vector
// if
//   there is but one line. The first line may hold column names: it is skipped if not one of its
//   cells is a number and more lines follow;
// - one number: a scalar.
// Numbers are decimals, nan and infinities in the spellings of Python, NumPy, PyTorch and
// JavaScript; what is beyond float32 becomes infinite, as in PyTorch. A text that was abbreviated
// with "..." is refused. At most 8 dimensions, 2^20 numbers and 16 MiB of text are read. Errors
// carry line and column (1-based, in code points) and name what was expected.
Result<Tensor> parse_tensor(std::string_view text);

}  // namespace lab
