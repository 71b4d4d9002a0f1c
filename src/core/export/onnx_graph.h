#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/export/protobuf.h"

namespace lab {

// A value in a model: a tensor by its index, or a number, which is written as a constant where a
// node takes it.
struct OnnxValue {
  float number = 0;
  int tensor = -1;
};

// Writes the nodes and constants of an ONNX graph.
class OnnxGraph {
 public:
  struct Attribute {
    std::string_view name;
    float value;
    bool integer = false;
  };

  // Adds a node; its output has the given name, or one of its own.
  OnnxValue node(std::string_view op, std::span<const OnnxValue> inputs,
                 std::span<const Attribute> attributes = {}, std::string_view output = {});
  // Adds a constant tensor.
  OnnxValue tensor(std::string_view name, std::span<const size_t> shape,
                   std::span<const double> data);
  // A float32 tensor of rows that comes in or goes out.
  OnnxValue input(std::string_view name, size_t columns);
  void output(std::string_view name, size_t columns) { port(kOutput, name, columns); }

  // The bytes of a model file with this graph.
  std::string model(std::string_view name) const;

 private:
  static constexpr uint32_t kInput = 11, kOutput = 12;  // fields of a GraphProto
  void port(uint32_t field, std::string_view name, size_t columns);
  OnnxValue named(std::string_view name);
  // The tensor's index; a number becomes one.
  size_t index_of(OnnxValue value);

  Protobuf graph_;
  std::vector<std::string> names_;  // of the tensors; of a number its shortest decimal
};

}  // namespace lab
