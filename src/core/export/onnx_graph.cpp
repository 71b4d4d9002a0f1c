#include "core/export/onnx_graph.h"

#include <algorithm>
#include <utility>

#include "core/text_number.h"

// Field numbers are those of onnx.proto: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

namespace lab {
namespace {

// Operator set 14 (HardSwish) of ONNX 1.9, whose files are of version 7.
constexpr uint64_t kFileVersion = 7, kOperatorSet = 14;
constexpr uint64_t kFloat = 1;                              // TensorProto.DataType
constexpr uint64_t kFloatAttribute = 1, kIntAttribute = 2;  // AttributeProto.AttributeType

Protobuf attribute_message(const OnnxGraph::Attribute& attribute) {
  Protobuf message;
  message.bytes(1, attribute.name);
  if (attribute.integer) {
    return std::move(
        message.integer(3, static_cast<uint64_t>(attribute.value)).integer(20, kIntAttribute));
  }
  return std::move(message.number(2, attribute.value).integer(20, kFloatAttribute));
}

}  // namespace

OnnxValue OnnxGraph::named(std::string_view name) {
  names_.emplace_back(name);
  return {.tensor = static_cast<int>(names_.size()) - 1};
}

OnnxValue OnnxGraph::node(std::string_view op, std::span<const OnnxValue> inputs,
                          std::span<const Attribute> attributes, std::string_view output) {
  Protobuf node;
  for (const OnnxValue value : inputs) node.bytes(1, names_[index_of(value)]);
  const OnnxValue result =
      named(output.empty() ? "v" + std::to_string(names_.size()) : std::string(output));
  const std::string& name = names_.back();
  node.bytes(2, name).bytes(3, name).bytes(4, op);
  for (const Attribute& attribute : attributes) node.message(5, attribute_message(attribute));
  graph_.message(1, node);
  return result;
}

OnnxValue OnnxGraph::tensor(std::string_view name, std::span<const size_t> shape,
                            std::span<const double> data) {
  Protobuf tensor, raw;
  for (const size_t extent : shape) tensor.integer(1, extent);
  for (const double value : data) raw.append(static_cast<float>(value));
  graph_.message(5, tensor.integer(2, kFloat).bytes(8, name).bytes(9, raw.text()));
  return named(name);
}

size_t OnnxGraph::index_of(OnnxValue value) {
  if (value.tensor >= 0) return static_cast<size_t>(value.tensor);
  const std::string name = shortest_text(value.number);
  const auto found = std::ranges::find(names_, name);
  if (found != names_.end()) return static_cast<size_t>(found - names_.begin());
  const double number = static_cast<double>(value.number);
  return static_cast<size_t>(tensor(name, {}, {&number, 1}).tensor);
}

OnnxValue OnnxGraph::input(std::string_view name, size_t columns) {
  port(kInput, name, columns);
  return named(name);
}

void OnnxGraph::port(uint32_t field, std::string_view name, size_t columns) {
  Protobuf rows, width, shape, tensor, type, port;
  shape.message(1, rows.bytes(2, "rows")).message(1, width.integer(1, columns));
  type.message(1, tensor.integer(1, kFloat).message(2, shape));
  graph_.message(field, port.bytes(1, name).message(2, type));
}

std::string OnnxGraph::model(std::string_view name) const {
  Protobuf graph = graph_, operators, model;
  graph.bytes(2, name);
  operators.integer(2, kOperatorSet);
  model.integer(1, kFileVersion).bytes(2, name);
  return model.message(7, graph).message(8, operators).text();
}

}  // namespace lab
