#include "core/pytorch_code.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/text_number.h"

namespace lab {
namespace {

constexpr size_t kLineWidth = 88;

std::string number_literal(float value) {
  const std::string text = shortest_text(value);
  return std::isfinite(value) ? text : "float(\"" + text + "\")";
}

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
      text_ += number_literal(tensor_.data[next_++]);
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
    const size_t needed = 2 + number_literal(tensor_.data[next_]).size() + tensor_.shape.size() + 1;
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

// The one activation class of torch.nn whose constructor has no defaults, and the one that draws
// random slopes unless the module is told to evaluate.
constexpr std::string_view kWithoutDefaults = "nn.Threshold";
constexpr std::string_view kRandomInTraining = "nn.RReLU";

// The class written for an activation that torch.nn lacks: "squared_relu" gives "SquaredRelu".
std::string own_class_name(const Activation& activation) {
  std::string name;
  bool word_starts = true;
  for (char c : activation.id) {
    const bool lower = c >= 'a' && c <= 'z';
    if (c != '_') name += word_starts && lower ? static_cast<char>(c - 'a' + 'A') : c;
    word_starts = c == '_';
  }
  return name;
}

std::string_view keyword(const ActivationParamSpec& spec) {
  return spec.pytorch_keyword.empty() ? spec.id : spec.pytorch_keyword;
}

// The layer's construction: parameters are named where they differ from PyTorch's defaults.
std::string layer_expression(const ChainLayer& layer) {
  const Activation& activation = *layer.activation;
  std::string text(activation.pytorch);  // may bring arguments: nn.GELU(approximate="tanh")
  if (text.empty()) text = own_class_name(activation);
  if (text.back() == ')') {
    text.pop_back();
  } else {
    text += '(';
  }
  for (size_t i = 0; i < activation.params.size(); ++i) {
    const ActivationParamSpec& spec = activation.params[i];
    if (layer.params[i] == spec.fallback && activation.pytorch != kWithoutDefaults) continue;
    text += text.back() == '(' ? "" : ", ";
    text += std::string(keyword(spec)) + "=" + number_literal(layer.params[i]);
  }
  return text + ")";
}

// The activation's Python expression with its parameters as attributes: "{b}" becomes "self.b".
std::string body_expression(const Activation& activation) {
  std::string text(activation.pytorch_expr);
  for (const ActivationParamSpec& spec : activation.params) {
    const std::string placeholder = "{" + std::string(spec.id) + "}";
    const std::string attribute = "self." + std::string(keyword(spec));
    for (size_t at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder)) {
      text.replace(at, placeholder.size(), attribute);
    }
  }
  return text;
}

// An nn.Module for an activation that torch.nn lacks.
std::string own_class(const Activation& activation) {
  std::string text = "class " + own_class_name(activation) + "(nn.Module):\n";
  if (!activation.params.empty()) {
    std::string arguments, assignments;
    for (const ActivationParamSpec& spec : activation.params) {
      const std::string name(keyword(spec));
      arguments += ", " + name + "=" + number_literal(spec.fallback);
      assignments += "        self." + name + " = " + name + "\n";
    }
    text += "    def __init__(self" + arguments + "):\n        super().__init__()\n" + assignments +
            "\n";
  }
  return text + "    def forward(self, x):\n        return " + body_expression(activation) +
         "\n\n\n";
}

std::string own_classes(const Chain& chain) {
  std::string text;
  std::vector<const Activation*> written;
  for (const ChainLayer& layer : chain) {
    if (!layer.activation->pytorch.empty()) continue;
    if (std::ranges::find(written, layer.activation) != written.end()) continue;
    written.push_back(layer.activation);
    text += own_class(*layer.activation);
  }
  return text;
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

std::string module_class(const Chain& chain) {
  const std::vector<std::string> names = attribute_names(chain);
  std::string text = "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n";
  for (size_t i = 0; i < chain.size(); ++i) {
    text += "        self." + names[i] + " = " + layer_expression(chain[i]) + "\n";
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
  std::string text = "import torch\nfrom torch import nn\n\n\n" + own_classes(chain) +
                     module_class(chain) + "\n\n";
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
