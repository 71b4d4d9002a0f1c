// ONNX models: that they are well formed, for the whole registry and for formulas. What they
// compute is checked by tests/onnx/onnx_model_test.mjs with ONNX Runtime, on the models that the
// last test case here writes.

#include "core/export/onnx_model.h"

#include <doctest/doctest.h>

#include <bit>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/experiment/document.h"
#include "core/export/onnx_expression.h"
#include "core/formula/formula_activation.h"
#include "core/formula/functions.h"
#include "core/train/engine.h"

namespace {

using namespace lab;
using nlohmann::json;

// A Protocol Buffers message by field number: integers and the bits of floats, or bytes.
struct Message {
  std::multimap<uint64_t, uint64_t> numbers;
  std::multimap<uint64_t, std::string> texts;

  std::vector<std::string> all(uint64_t field) const {
    std::vector<std::string> found;
    for (auto [at, end] = texts.equal_range(field); at != end; ++at) found.push_back(at->second);
    return found;
  }
  std::vector<uint64_t> integers(uint64_t field) const {
    std::vector<uint64_t> found;
    for (auto [at, end] = numbers.equal_range(field); at != end; ++at) found.push_back(at->second);
    return found;
  }
  std::string text(uint64_t field) const {
    REQUIRE(texts.count(field) == 1);
    return texts.find(field)->second;
  }
  uint64_t integer(uint64_t field) const {
    REQUIRE(numbers.count(field) == 1);
    return numbers.find(field)->second;
  }
};

uint64_t read_varint(std::string_view& bytes) {
  uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    REQUIRE_FALSE(bytes.empty());
    const auto byte = static_cast<unsigned char>(bytes[0]);
    bytes.remove_prefix(1);
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}

Message read(std::string_view bytes) {
  Message message;
  while (!bytes.empty()) {
    const uint64_t key = read_varint(bytes), field = key >> 3, type = key & 7;
    if (type == 0) {
      message.numbers.emplace(field, read_varint(bytes));
      continue;
    }
    REQUIRE((type == 2 || type == 5));
    const size_t length = type == 5 ? 4 : static_cast<size_t>(read_varint(bytes));
    REQUIRE(bytes.size() >= length);
    message.texts.emplace(field, std::string(bytes.substr(0, length)));
    bytes.remove_prefix(length);
  }
  return message;
}

float float_at(const std::string& bytes, size_t index) {
  uint32_t bits = 0;
  for (size_t i = 4; i-- > 0;) bits = bits << 8 | static_cast<unsigned char>(bytes[4 * index + i]);
  return std::bit_cast<float>(bits);
}

// The operators of the standard's set 14 that models may consist of, with their numbers of inputs.
const std::map<std::string, std::pair<size_t, size_t>> kOperators = {
    {"Abs", {1, 1}},     {"Acos", {1, 1}},        {"Add", {2, 2}},         {"And", {2, 2}},
    {"Asin", {1, 1}},    {"Asinh", {1, 1}},       {"Atan", {1, 1}},        {"Cast", {1, 1}},
    {"Celu", {1, 1}},    {"Clip", {3, 3}},        {"Cos", {1, 1}},         {"Cosh", {1, 1}},
    {"Div", {2, 2}},     {"Elu", {1, 1}},         {"Equal", {2, 2}},       {"Erf", {1, 1}},
    {"Exp", {1, 1}},     {"Expand", {2, 2}},      {"Floor", {1, 1}},       {"Gemm", {2, 3}},
    {"Greater", {2, 2}}, {"HardSigmoid", {1, 1}}, {"HardSwish", {1, 1}},   {"Identity", {1, 1}},
    {"Less", {2, 2}},    {"LeakyRelu", {1, 1}},   {"LessOrEqual", {2, 2}}, {"Log", {1, 1}},
    {"Max", {2, 2}},     {"Min", {2, 2}},         {"Mul", {2, 2}},         {"Neg", {1, 1}},
    {"Not", {1, 1}},     {"Or", {2, 2}},          {"PRelu", {2, 2}},       {"Pow", {2, 2}},
    {"Relu", {1, 1}},    {"Round", {1, 1}},       {"Selu", {1, 1}},        {"Shape", {1, 1}},
    {"Shrink", {1, 1}},  {"Sigmoid", {1, 1}},     {"Sign", {1, 1}},        {"Sin", {1, 1}},
    {"Sinh", {1, 1}},    {"Softplus", {1, 1}},    {"Softsign", {1, 1}},    {"Sqrt", {1, 1}},
    {"Sub", {2, 2}},     {"Tan", {1, 1}},         {"Tanh", {1, 1}},        {"Where", {3, 3}},
};

struct Model {
  Message graph;
  std::vector<std::string> operators;
  std::map<std::string, Message> tensors;
};

// Checks what any reader of the format asks of a model.
Model well_formed(const std::string& bytes) {
  const Message file = read(bytes);
  CHECK(file.integer(1) == 7);
  CHECK(read(file.text(8)).integer(2) == 14);
  Model model{read(file.text(7)), {}, {}};
  std::set<std::string> known;
  for (const std::string& input : model.graph.all(11)) known.insert(read(input).text(1));
  CHECK(known == std::set<std::string>{"input"});
  for (const std::string& each : model.graph.all(5)) {
    const Message tensor = read(each);
    size_t size = 1;
    for (const uint64_t extent : tensor.integers(1)) size *= static_cast<size_t>(extent);
    CHECK(tensor.integer(2) == 1);
    CHECK(tensor.text(9).size() == 4 * size);
    CHECK(known.insert(tensor.text(8)).second);
    model.tensors.emplace(tensor.text(8), tensor);
  }
  for (const std::string& each : model.graph.all(1)) {
    const Message node = read(each);
    const std::string name = node.text(4);
    CAPTURE(name);
    REQUIRE(kOperators.count(name) == 1);
    const auto [least, most] = kOperators.at(name);
    CHECK(node.all(1).size() >= least);
    CHECK(node.all(1).size() <= most);
    for (const std::string& input : node.all(1)) {
      CAPTURE(input);
      CHECK(known.count(input) == 1);
    }
    CHECK(known.insert(node.text(2)).second);
    model.operators.push_back(name);
  }
  std::vector<std::string> outputs;
  for (const std::string& output : model.graph.all(12)) outputs.push_back(read(output).text(1));
  CHECK(outputs == std::vector<std::string>{"logits", "output"});
  for (const std::string& output : outputs) CHECK(known.count(output) == 1);
  return model;
}

struct Network {
  FormulaLibrary formulas;
  Experiment experiment;
  train::Plan plan;
  train::Parameters parameters;

  explicit Network(const json& document) {
    auto read = experiment_from_json(document.dump());
    REQUIRE(read.ok());
    experiment = read.value();
    auto made = train::make_plan(experiment, formulas);
    REQUIRE(made.ok());
    plan = made.value();
    parameters = train::initial_parameters(experiment, plan);
  }
};

// Two hidden layers of an activation, which also stands at the output.
json document(const std::string& activation, const json& params = json::object()) {
  const double scale = activation == "exponential" ? 0.25 : 2.5;  // thrice an exponential explodes
  return {{"network",
           {{"hidden",
             {{{"units", 5}, {"activation", activation}, {"params", params}},
              {{"units", 3}, {"activation", activation}, {"params", params}}}},
            {"outputs", 2},
            {"output", activation},
            {"init", {{"scheme", "uniform"}, {"seed", 3}, {"scale", scale}}}}},
          {"training", {{"loss", "mse"}}}};
}

// Formulas with every operation there is.
std::vector<std::string> formulas() {
  std::vector<std::string> all = {"x",
                                  "3",
                                  "a=0.1; x < 0 ? a*x : x",
                                  "a=2; b=-1; a + b",
                                  "-x^2 / (1 + |x|) - 2x",
                                  "x <= 0 or x > 1",
                                  "not (x >= 0 and x != 1)",
                                  "(x == 0) + 1",
                                  "tanh(x) ** 3",
                                  "max(x, 0.1*x)",
                                  "min(x, 1, sin(x))",
                                  "1/(1+exp(-x))",
                                  "exp(-x^2)"};
  for (const formula::FunctionRow& row : formula::functions()) {
    // Arguments within every function's domain.
    const std::string name(usual_name(row));
    const bool positive =
        name == "sqrt" || name == "pow" || name == "ln" || name == "log2" || name == "log10";
    std::string text = name + (positive ? "(1 + 0.9*sin(x)" : "(0.9*sin(x)");
    for (size_t i = 1; i < row.max_args; ++i) text += i == 1 ? ", 0.5" : ", 1.5";
    all.push_back(text + ")");
  }
  return all;
}

struct Case {
  std::string name;
  json document;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const Activation& row : activations()) {
    all.push_back({std::string(row.id), document(std::string(row.id))});
    if (row.params.empty()) continue;
    json params;
    for (const ActivationParamSpec& spec : row.params) {
      params[std::string(spec.id)] = 0.75 * spec.fallback + 0.125;
    }
    all.push_back({std::string(row.id) + "_set", document(std::string(row.id), params)});
  }
  for (const std::string& text : formulas()) all.push_back({text, document("formula:" + text)});
  json linear = document("identity");
  linear["network"]["hidden"] = json::array();
  linear["network"]["bias"] = false;
  linear["features"] = {"x", "y", "xy"};
  all.push_back({"linear", linear});
  return all;
}

}  // namespace

TEST_CASE("every activation and formula becomes a well-formed ONNX model") {
  for (const Case& each : cases()) {
    CAPTURE(each.name);
    const Network network(each.document);
    const Model model = well_formed(to_onnx(network.plan, network.parameters));
    CHECK(std::ranges::count(model.operators, "Gemm") ==
          static_cast<std::ptrdiff_t>(network.plan.layers.size()));
  }
}

TEST_CASE("every row of the registry has an expression, and a formula has none") {
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    CHECK_FALSE(onnx_expression(row).empty());
  }
  FormulaLibrary library;
  CHECK(onnx_expression(library.add("x*x").value()->row()).empty());
}

TEST_CASE("a model holds the weights by their names and the activations as ONNX has them") {
  json two = document("prelu");
  two["network"]["hidden"][1] = {
      {"units", 3}, {"activation", "leaky_relu"}, {"params", {{"negative_slope", 0.25}}}};
  two["network"]["output"] = "sigmoid";
  const Network network(two);
  const Model model = well_formed(to_onnx(network.plan, network.parameters));
  CHECK(model.operators == std::vector<std::string>{"Gemm", "PRelu", "Gemm", "LeakyRelu", "Gemm",
                                                    "Sigmoid", "Identity"});
  const Message& weight = model.tensors.at("2.weight");
  CHECK(weight.integers(1) == std::vector<uint64_t>{3, 5});
  for (size_t i = 0; i < 15; ++i) {
    CHECK(float_at(weight.text(9), i) == static_cast<float>(network.parameters[3][i]));
  }
  CHECK(float_at(model.tensors.at("1.weight").text(9), 0) == 0.25f);
  const Message leaky = read(model.graph.all(1)[3]);
  const Message attribute = read(leaky.text(5));
  CHECK(attribute.text(1) == "alpha");
  CHECK(float_at(attribute.text(2), 0) == 0.25f);
  CHECK(attribute.integer(20) == 1);
}

TEST_CASE("models and what they should compute, for ONNX Runtime" *
          doctest::skip(std::getenv("LAB_ONNX_CASES") == nullptr)) {
  const std::filesystem::path folder = std::getenv("LAB_ONNX_CASES");
  json list = json::array();
  for (const Case& each : cases()) {
    const Network network(each.document);
    const std::string file = std::to_string(list.size()) + ".onnx";
    std::ofstream(folder / file, std::ios::binary) << to_onnx(network.plan, network.parameters);

    const size_t rows = 200, inputs = network.plan.inputs(), outputs = network.plan.outputs();
    std::vector<float> x(rows * inputs), logits(rows * outputs), output(logits.size());
    for (size_t i = 0; i < x.size(); ++i) {
      x[i] = 6 * static_cast<float>(i * 2654435761u % 4096) / 4096 - 3;
    }
    train::make_simd_engine(network.plan, network.parameters)
        ->predict(std::span<const float>(x), std::span<float>(logits));
    const train::LayerPlan& last = network.plan.layers.back();
    last.activation->evaluate(last.params, logits, output);
    list.push_back({{"name", each.name},
                    {"file", file},
                    {"columns", inputs},
                    {"input", x},
                    {"logits", logits},
                    {"output", output}});
  }
  std::ofstream(folder / "cases.json") << list;
  CHECK(list.size() > activations().size());
}
