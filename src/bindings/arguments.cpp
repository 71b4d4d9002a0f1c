#include "bindings/arguments.h"

#include <cmath>
#include <string>
#include <vector>

#include "bindings/blocks.h"

namespace lab {
namespace {

using emscripten::val;

// What was given, whatever it is.
std::string js_text(const val& given) {
  if (given.isArray()) return val::global("JSON").call<std::string>("stringify", given);
  return val::global("String")(given).as<std::string>();
}

// More numbers than this are not held at once: 256 MB of the 2 GB that the engine may have.
constexpr size_t kMaxAtOnce = size_t{1} << 26;

Error too_long(const char* name, uint64_t count) {
  return {"argument.too_long", {name, std::to_string(count), std::to_string(kMaxAtOnce)}, name};
}

}  // namespace

Result<size_t> read_length(const val& array, const char* name) {
  if (!array.instanceof (val::global("Float32Array"))) {
    return Error{"argument.float32_array", {name}, name};
  }
  return array["length"].as<size_t>();
}

Result<Tensor> read_tensor(const val& array, const val& shape) {
  const Result<size_t> length = read_length(array, "x");
  if (!length) return length.error();
  const size_t count = length.value();
  if (count > kMaxAtOnce) return too_long("x", count);
  const Error misfit{"argument.shape", {js_text(shape), std::to_string(count)}, "shape"};
  if (!shape.isArray()) return misfit;

  Tensor tensor{{}, std::vector<float>(count)};
  double product = 1;  // exact as far as it can equal a count, and it cannot overflow
  for (const double extent : emscripten::convertJSArrayToNumberVector<double>(shape)) {
    if (!(extent >= 0 && extent <= 0x1p53 && extent == std::floor(extent))) return misfit;
    tensor.shape.push_back(static_cast<int64_t>(extent));
    product *= extent;
  }
  if (product != static_cast<double>(count)) return misfit;
  load_block(array, 0, tensor.data);
  return tensor;
}

Result<size_t> read_columns(const val& columns, size_t length, const RowActivation& activation) {
  const double number = columns.isNumber() ? columns.as<double>() : std::nan("");
  const bool whole = number >= 1 && number <= 0x1p53 && number == std::floor(number);
  if (!whole || std::fmod(static_cast<double>(length), number) != 0) {
    return Error{"argument.columns", {std::to_string(length), js_text(columns)}, "columns"};
  }
  if (number > kMaxAtOnce) return too_long("columns", static_cast<uint64_t>(number));
  const size_t count = static_cast<size_t>(number);
  if (!activation.accepts(count)) {
    return Error{
        "argument.row_length",
        {std::string(activation.id), std::to_string(activation.halves), std::to_string(count)},
        "columns"};
  }
  return count;
}

Result<size_t> read_buffer_length(const val& length) {
  constexpr double kMost = 0x1p29;  // the 2 GB that the engine may have
  const double number = length.isNumber() ? length.as<double>() : std::nan("");
  if (!(number >= 0 && number <= kMost && number == std::floor(number))) return no_room(length);
  return static_cast<size_t>(number);
}

Error no_room(const val& length) {
  return {"argument.buffer_length", {js_text(length)}, "length"};
}

}  // namespace lab
