#include "core/pytorch_code.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/pytorch_modules.h"

namespace lab {
namespace {

constexpr size_t kLineWidth = 88;

// Writes a tensor's elements as nested Python lists, one row under the other as PyTorch prints
// them.
class ListWriter {
 public:
  ListWriter(const Tensor& tensor, size_t indent) : tensor_(tensor), indent_(indent) {}

  std::string text() {
    write(0);
    return std::move(text_);
  }

 private:
  void write(size_t dim) {
    if (dim == tensor_.shape.size()) {
      text_ += python_number(tensor_.data[next_++]);
      return;
    }
    const bool innermost = dim + 1 == tensor_.shape.size();
    const std::string line_break = "\n" + std::string(indent_ + dim + 1, ' ');
    text_ += '[';
    for (int64_t i = 0; i < tensor_.shape[dim]; ++i) {
      if (innermost) {
        separate_number(i == 0, line_break);
      } else if (i > 0) {
        text_ += "," + line_break;
      }
      write(dim + 1);
    }
    text_ += ']';
  }

  // A line is broken before the number that would not fit, with room for the brackets behind it.
  void separate_number(bool first, const std::string& line_break) {
    if (first) return;
    const size_t line_start = text_.rfind('\n');
    const size_t column =
        line_start == std::string::npos ? indent_ + text_.size() : text_.size() - line_start - 1;
    const size_t needed = 2 + python_number(tensor_.data[next_]).size() + tensor_.shape.size() + 1;
    text_ += column + needed > kLineWidth ? "," + line_break : ", ";
  }

  const Tensor& tensor_;
  size_t indent_;    // the column of the outermost bracket
  size_t next_ = 0;  // the element to be written
  std::string text_;
};

// "torch.tensor([[…]], requires_grad=True)" that starts in column `indent`.
std::string tensor_expression(const Tensor& tensor, size_t indent, std::string_view options) {
  const std::string more = options.empty() ? "" : ", " + std::string(options);
  if (tensor.data.empty()) {  // nested empty lists cannot tell every shape
    std::string extents;
    for (int64_t extent : tensor.shape) {
      extents += (extents.empty() ? "" : ", ") + std::to_string(extent);
    }
    return "torch.zeros(" + extents + more + ")";
  }
  const std::string_view call = "torch.tensor(";
  return std::string(call) + ListWriter(tensor, indent + call.size()).text() + more + ")";
}

// An attribute for each layer: its activation's id, numbered where the chain has several of them.
std::vector<std::string> attribute_names(const Chain& chain) {
  std::vector<std::string> names;
  for (const ChainLayer& layer : chain) {
    const auto is_same = [&](const ChainLayer& other) {
      return other.activation == layer.activation;
    };
    const auto before = std::count_if(
        chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(names.size()), is_same);
    const bool several = std::ranges::count_if(chain, is_same) > 1;
    names.push_back(std::string(layer.activation->id) +
                    (several ? "_" + std::to_string(before + 1) : ""));
  }
  return names;
}

std::string module_class(const Chain& chain, PytorchModules& modules) {
  const std::vector<std::string> names = attribute_names(chain);
  std::string text = "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n";
  for (size_t i = 0; i < chain.size(); ++i) {
    text += "        self." + names[i] + " = " +
            modules.expression(*chain[i].activation, chain[i].params) + "\n";
  }
  text += "\n    def forward(self, input):\n";
  for (size_t i = 0; i < chain.size(); ++i) {
    text += "        output = self." + names[i] + "(" + (i == 0 ? "input" : "output") + ")\n";
  }
  return text + "        return " + (chain.empty() ? "input" : "output") + "\n";
}

}  // namespace

std::string tensor_literal(const Tensor& tensor) {
  return ListWriter(tensor, 0).text();
}

std::string chain_to_pytorch(const Chain& chain, const Tensor& input, bool gradient) {
  const std::string_view assignment = "input = ";
  PytorchModules modules;
  const std::string net = module_class(chain, modules);
  std::string text =
      "import torch\nfrom torch import nn\n\n\n" + modules.definitions() + net + "\n\n";
  text += assignment;
  text += tensor_expression(input, assignment.size(), gradient ? "requires_grad=True" : "") + "\n";
  const bool random = std::ranges::any_of(chain, [](const ChainLayer& layer) {
    return layer.activation->pytorch == kRandomInTraining;
  });
  text += "net = Net()\n";
  if (random) text += "net.eval()  # the mean slope instead of random ones\n";
  text += "output = net(input)\n";
  text += gradient ? "print(output.detach())\n" : "print(output)\n";
  if (gradient) text += "\noutput.sum().backward()\nprint(input.grad)\n";
  return text;
}

}  // namespace lab
