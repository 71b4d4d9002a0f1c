#include "core/pytorch_code.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/tensor_text.h"
#include "layer.h"

namespace {

using lab::Chain;
using lab::layer;
using lab::Tensor;

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

std::string code_for(const Tensor& input, bool gradient = false) {
  return lab::chain_to_pytorch({layer("relu")}, input, gradient);
}

bool contains(const std::string& text, std::string_view piece) {
  return text.find(piece) != std::string::npos;
}

// What the script assigns to `input`.
std::string input_expression(const std::string& code) {
  const size_t start = code.find("\ninput = ") + 1;
  return code.substr(start, code.find("\nnet = ") - start);
}

}  // namespace

TEST_CASE("the tutorial's chain gives the tutorial's script") {
  const Tensor input{{3, 2}, {0.5f, -0.6f, -1, 3, 1.5f, -2}};
  const std::string code = lab::chain_to_pytorch({layer("relu"), layer("sigmoid")}, input, true);
  CHECK(code == R"(import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.relu = nn.ReLU()
        self.sigmoid = nn.Sigmoid()

    def forward(self, input):
        output = self.relu(input)
        output = self.sigmoid(output)
        return output


input = torch.tensor([[0.5, -0.6],
                      [-1.0, 3.0],
                      [1.5, -2.0]], requires_grad=True)
net = Net()
output = net(input)
print(output.detach())

output.sum().backward()
print(input.grad)
)");
}

TEST_CASE("without the gradient nothing of it is written") {
  const std::string code = code_for({{1}, {2}});
  CHECK(contains(code, "\ninput = torch.tensor([2.0])\n"));
  CHECK_FALSE(contains(code, "grad"));
  CHECK_FALSE(contains(code, "backward"));
}

TEST_CASE("an empty chain is a module that returns its input") {
  const std::string code = lab::chain_to_pytorch({}, {{}, {2}}, false);
  CHECK(contains(
      code, "        super().__init__()\n\n    def forward(self, input):\n        return input\n"));
  CHECK(contains(code, "\ninput = torch.tensor(2.0)\n"));
}

TEST_CASE("layers of one kind are numbered") {
  const Chain chain = {layer("relu"), layer("sigmoid"), layer("relu")};
  const std::string code = lab::chain_to_pytorch(chain, {{1}, {2}}, false);
  CHECK(contains(code,
                 "        self.relu_1 = nn.ReLU()\n        self.sigmoid = nn.Sigmoid()\n"
                 "        self.relu_2 = nn.ReLU()\n"));
  CHECK(contains(code,
                 "        output = self.relu_1(input)\n        output = self.sigmoid(output)\n"
                 "        output = self.relu_2(output)\n"));
}

TEST_CASE("parameters are written where they differ from PyTorch's defaults") {
  constexpr lab::ActivationParamSpec specs[] = {
      {"beta", "\\beta", {"β", "β"}, 1.0f, 0.0f, 10.0f},
      {"threshold", "t", {"threshold", "阈值"}, 20.0f, 0.0f, 100.0f},
  };
  lab::Activation softplus = lab::activations()[0];
  softplus.id = "softplus";
  softplus.pytorch = "nn.Softplus";
  softplus.params = specs;
  const auto written = [&](lab::ActivationParams params) {
    const std::string code = lab::chain_to_pytorch({{&softplus, params}}, {{1}, {2}}, false);
    const size_t start = code.find("nn.Softplus(");
    return code.substr(start, code.find('\n', start) - start);
  };
  CHECK(written({1, 20}) == "nn.Softplus()");
  CHECK(written({0.1f, 20}) == "nn.Softplus(beta=0.1)");
  CHECK(written({1, 30}) == "nn.Softplus(threshold=30.0)");
  CHECK(written({2.5f, 1e-5f}) == "nn.Softplus(beta=2.5, threshold=1e-05)");
}

TEST_CASE("PyTorch's own keywords and required arguments are written") {
  constexpr lab::ActivationParamSpec weight[] = {
      {"weight", "a", {"weight", "权重"}, 0.25f, -1, 1, "init"}};
  lab::Activation activation = lab::activations()[0];
  activation.id = "prelu";
  activation.pytorch = "nn.PReLU";
  activation.params = weight;
  CHECK(contains(lab::chain_to_pytorch({{&activation, {0.5f}}}, {{1}, {2}}, false),
                 " = nn.PReLU(init=0.5)\n"));

  constexpr lab::ActivationParamSpec threshold[] = {
      {"threshold", "t", {"threshold", "阈值"}, 0, -1, 1},
      {"value", "v", {"value", "值"}, 0.5f, -1, 1},
  };
  activation.id = "threshold";
  activation.pytorch = "nn.Threshold";
  activation.params = threshold;
  CHECK(contains(lab::chain_to_pytorch({{&activation, {0, 0.5f}}}, {{1}, {2}}, false),
                 " = nn.Threshold(threshold=0.0, value=0.5)\n"));

  activation.id = "gelu_tanh";
  activation.pytorch = "nn.GELU(approximate=\"tanh\")";
  activation.params = {};
  CHECK(contains(lab::chain_to_pytorch({{&activation, {}}}, {{1}, {2}}, false),
                 "self.gelu_tanh = nn.GELU(approximate=\"tanh\")\n"));
}

TEST_CASE("a layer that is random in training is told to evaluate") {
  lab::Activation rrelu = lab::activations()[0];
  rrelu.id = "rrelu";
  rrelu.pytorch = "nn.RReLU";
  const std::string code = lab::chain_to_pytorch({{&rrelu, {}}}, {{1}, {2}}, false);
  CHECK(code.find("\nnet.eval()") < code.find("\noutput = net(input)"));
  CHECK_FALSE(contains(code_for({{1}, {2}}), "eval"));
}

TEST_CASE("what torch.nn lacks becomes a module of its own, once") {
  constexpr lab::ActivationParamSpec specs[] = {{"a", "a", {"a", "a"}, 1, 0, 10}};
  lab::Activation snake = lab::activations()[0];
  snake.id = "snake_wave";
  snake.pytorch = {};
  snake.pytorch_expr = "x + torch.sin({a} * x) ** 2 / {a}";
  snake.params = specs;
  lab::Activation plain = snake;
  plain.id = "squared_relu";
  plain.pytorch_expr = "torch.relu(x) ** 2";
  plain.params = {};
  const Chain chain = {{&snake, {1}}, {&plain, {}}, {&snake, {2.5f}}};
  const std::string code = lab::chain_to_pytorch(chain, {{1}, {2}}, false);
  CHECK(code.starts_with(R"(import torch
from torch import nn


class SnakeWave(nn.Module):
    def __init__(self, a=1.0):
        super().__init__()
        self.a = a

    def forward(self, x):
        return x + torch.sin(self.a * x) ** 2 / self.a


class SquaredRelu(nn.Module):
    def forward(self, x):
        return torch.relu(x) ** 2


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.snake_wave_1 = SnakeWave()
        self.squared_relu = SquaredRelu()
        self.snake_wave_2 = SnakeWave(a=2.5)
)"));
}

TEST_CASE("every activation can be written") {
  for (const lab::Activation& activation : lab::activations()) {
    CAPTURE(activation.id);
    CHECK(activation.pytorch.empty() != activation.pytorch_expr.empty());
    const Chain chain = {{&activation, activation.default_params()}};
    const std::string code = lab::chain_to_pytorch(chain, {{1}, {2}}, true);
    CHECK_FALSE(contains(code, "{"));
    CHECK_FALSE(contains(code, "}"));
    CHECK(contains(code, "        self." + std::string(activation.id) + " = "));
  }
}

TEST_CASE("numbers that are not finite are spelled as Python has them") {
  CHECK(contains(code_for({{3}, {kNan, kInf, -kInf}}),
                 "torch.tensor([float(\"nan\"), float(\"inf\"), float(\"-inf\")])\n"));
}

TEST_CASE("empty tensors keep their shape") {
  CHECK(contains(code_for({{0}, {}}), "\ninput = torch.zeros(0)\n"));
  CHECK(
      contains(code_for({{2, 0}, {}}, true), "\ninput = torch.zeros(2, 0, requires_grad=True)\n"));
}

TEST_CASE("the input is written exactly, in lines of at most 88 columns") {
  std::mt19937 random(5);
  const std::vector<std::vector<int64_t>> shapes = {{1}, {40}, {64, 16}, {2, 3, 15}, {1, 1, 1, 9}};
  for (const std::vector<int64_t>& shape : shapes) {
    Tensor input = Tensor::filled(shape, 0);
    for (float& value : input.data) {
      do {
        value = std::bit_cast<float>(static_cast<uint32_t>(random()));
      } while (std::isnan(value));
    }
    input.data[0] = std::bit_cast<float>(0x15ae43fdu);  // its shortest digits mislead PyTorch
    const std::string code = code_for(input);
    const lab::Result<Tensor> read = lab::parse_tensor(input_expression(code));
    REQUIRE(read.ok());
    CHECK(read.value() == input);

    std::istringstream lines(code);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 88);
  }
}

TEST_CASE("a tensor's literal reads back as the same tensor") {
  const Tensor inputs[] = {{{3, 2}, {0.5f, -0.6f, -1.0f, 3.0f, 1.5f, -2.0f}},
                           {{4}, {1e-7f, 3.4e38f, 0.1f, -0.0f}},
                           {{1, 1}, {16777216.0f}}};
  for (const Tensor& input : inputs) {
    const lab::Result<Tensor> again = lab::parse_tensor(lab::tensor_literal(input));
    REQUIRE(again.ok());
    CHECK(again.value() == input);
  }
  CHECK(lab::tensor_literal(inputs[0]) == "[[0.5, -0.6],\n [-1.0, 3.0],\n [1.5, -2.0]]");
}
