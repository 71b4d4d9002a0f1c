#include "bindings/arguments.h"

#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace lab {
namespace {

using emscripten::val;

std::string number_text(double number) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  return {digits, end};
}

std::string parameter_ids(const Activation& activation) {
  std::string ids;
  for (const ActivationParamSpec& spec : activation.params) {
    if (!ids.empty()) ids += ", ";
    ids += spec.id;
  }
  return ids.empty() ? "–" : ids;
}

// What was given as a shape, whatever it is.
std::string shape_text(const val& shape) {
  if (shape.isArray()) return val::global("JSON").call<std::string>("stringify", shape);
  return val::global("String")(shape).as<std::string>();
}

// The parameter's position, or -1.
int find_parameter(const Activation& activation, std::string_view id) {
  for (size_t i = 0; i < activation.params.size(); ++i) {
    if (activation.params[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace

Result<std::vector<float>> read_floats(const val& array, const char* name) {
  if (!array.instanceof (val::global("Float32Array"))) {
    return Error{"argument.float32_array", {name}, name};
  }
  return emscripten::convertJSArrayToNumberVector<float>(array);
}

Result<ActivationParams> read_params(const val& object, const Activation& activation) {
  ActivationParams params = activation.default_params();
  if (object.isUndefined()) return params;
  for (const val& key : val::global("Object").call<val>("keys", object)) {
    const std::string id = key.as<std::string>();
    const std::string field = "params." + id;
    const int index = find_parameter(activation, id);
    if (index < 0) {
      return Error{"activation.parameter_unknown",
                   {std::string(activation.id), id, parameter_ids(activation)},
                   field};
    }
    const ActivationParamSpec& spec = activation.params[static_cast<size_t>(index)];
    const val number = object[id];
    const double value = number.isNumber() ? number.as<double>() : std::nan("");
    if (!(value >= double{spec.min} && value <= double{spec.max})) {
      return Error{"activation.parameter_range",
                   {id, number_text(double{spec.min}), number_text(double{spec.max})},
                   field};
    }
    params[static_cast<size_t>(index)] = static_cast<float>(value);
  }
  return params;
}

Result<Tensor> read_tensor(const val& array, const val& shape) {
  Result<std::vector<float>> data = read_floats(array, "x");
  if (!data) return data.error();
  const size_t count = data.value().size();
  const Error misfit{"argument.shape", {shape_text(shape), std::to_string(count)}, "shape"};
  if (!shape.isArray()) return misfit;

  Tensor tensor{{}, std::move(data.value())};
  double product = 1;  // exact as far as it can equal a count, and it cannot overflow
  for (const double extent : emscripten::convertJSArrayToNumberVector<double>(shape)) {
    if (!(extent >= 0 && extent <= 0x1p53 && extent == std::floor(extent))) return misfit;
    tensor.shape.push_back(static_cast<int64_t>(extent));
    product *= extent;
  }
  if (product != static_cast<double>(count)) return misfit;
  return tensor;
}

}  // namespace lab
