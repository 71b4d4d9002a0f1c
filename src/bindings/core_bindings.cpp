// The engine's interface to JavaScript, as web/core/index.js wraps it. It translates between values
// of the two languages and leaves every decision to the core. C++ exceptions are off, so a function
// that can fail gives a reply, {value} or {error}, which the wrapper turns into a value or a throw.

#include <emscripten/bind.h>

#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <optional>
#include <string>

#include "bindings/arguments.h"
#include "bindings/blocks.h"
#include "bindings/describe.h"
#include "bindings/functions.h"
#include "bindings/replies.h"
#include "core/activation/activation.h"
#include "core/activation/rowwise.h"
#include "core/simd/isa.h"
#include "core/tensor_text.h"

namespace lab {
namespace {

using emscripten::val;

// JavaScript values whose shape the generated types tell; each is registered below.
EMSCRIPTEN_DECLARE_VAL_TYPE(ActivationList)
EMSCRIPTEN_DECLARE_VAL_TYPE(RowActivationList)
EMSCRIPTEN_DECLARE_VAL_TYPE(Number)
EMSCRIPTEN_DECLARE_VAL_TYPE(Shape)
EMSCRIPTEN_DECLARE_VAL_TYPE(Params)
EMSCRIPTEN_DECLARE_VAL_TYPE(AddressReply)
EMSCRIPTEN_DECLARE_VAL_TYPE(TensorReply)
EMSCRIPTEN_DECLARE_VAL_TYPE(FormulaReply)

Error unknown(const std::string& id) {
  return {"activation.unknown", {id}, "id"};
}

Error wrong_length(const char* name, size_t wanted, size_t given) {
  return {"argument.length", {name, std::to_string(wanted), std::to_string(given)}, name};
}

// Floats in the engine's memory that JavaScript holds by their address; 0 is none.
struct Buffer {
  uintptr_t address;
  size_t length;
  std::span<float> floats() const { return {reinterpret_cast<float*>(address), length}; }
};

Error no_buffer(const char* name) {
  return {"argument.buffer", {name}, name};
}

AddressReply make_buffer(const Number& length) {
  const Result<size_t> count = read_buffer_length(length);
  if (!count) return failure<AddressReply>(count.error());
  void* const zeros = std::calloc(std::max<size_t>(count.value(), 1), sizeof(float));
  if (!zeros) return failure<AddressReply>(no_room(length));
  return success<AddressReply>(val(reinterpret_cast<uintptr_t>(zeros)));
}

// The array that shows the numbers where they are, until the memory grows.
FloatsReply view_buffer(uintptr_t address, size_t length) {
  if (!address) return failure<FloatsReply>(no_buffer("this"));
  return success<FloatsReply>(
      val(emscripten::typed_memory_view(length, reinterpret_cast<const float*>(address))));
}

void delete_buffer(uintptr_t address) {
  std::free(reinterpret_cast<void*>(address));
}

std::string version() {
  return LAB_VERSION;
}
std::string implementation() {
  return std::string(simd::implementation());
}

template <class List, class Rows>
List list(const Rows& rows) {
  val records = val::array();
  for (const auto& row : rows) records.template call<void>("push", describe(row));
  return List(records);
}
ActivationList list_activations() {
  return list<ActivationList>(activations());
}
RowActivationList list_row_activations() {
  return list<RowActivationList>(row_activations());
}

// The engine of one page, worker or program.
class Engine {
 public:
  FloatsReply activate(const std::string& id, const Floats& x, const Params& params) {
    return apply(id, x, params, run_value);
  }
  FloatsReply derivative(const std::string& id, const Floats& x, const Params& params) {
    return apply(id, x, params, run_derivative);
  }
  // The same from one buffer to another, which may be the same one, without copies.
  NoReply activate_buffer(const std::string& id, const Params& params, uintptr_t x, size_t x_length,
                          uintptr_t y, size_t y_length) {
    return apply(id, params, {x, x_length}, {y, y_length}, run_value);
  }
  NoReply derivative_buffer(const std::string& id, const Params& params, uintptr_t x,
                            size_t x_length, uintptr_t y, size_t y_length) {
    return apply(id, params, {x, x_length}, {y, y_length}, run_derivative);
  }
  // The id of a formula that can be read.
  TextReply formula(const std::string& text) {
    const std::string id = std::string(kFormulaPrefix) + text;
    const Result<Function> function = functions_.find(id);
    if (!function) return failure<TextReply>(function.error());
    return success<TextReply>(to_js(id));
  }
  FormulaReply describe_formula(const std::string& id) {
    const Result<Function> function = functions_.find(id);
    if (!function) return failure<FormulaReply>(function.error());
    const Formula* formula = std::get_if<Formula>(&function.value());
    if (!formula) return failure<FormulaReply>(unknown(id));
    return success<FormulaReply>(describe(*formula));
  }

 private:
  using Run = decltype(&run_value);
  struct Call {
    Function function;
    ActivationParams params;
  };

  Result<Call> read_call(const std::string& id, const Params& params) {
    const Result<Function> function = functions_.find(id);
    if (!function) return function.error();
    const Result<ActivationParams> values = read_params(params, function.value());
    if (!values) return values.error();
    return Call{function.value(), values.value()};
  }

  FloatsReply apply(const std::string& id, const Floats& x, const Params& params, Run run) {
    const Result<Call> call = read_call(id, params);
    if (!call) return failure<FloatsReply>(call.error());
    const Result<size_t> length = read_length(x, "x");
    if (!length) return failure<FloatsReply>(length.error());
    return success<FloatsReply>(map_blocks(x, length.value(), [&](std::span<float> block) {
      run(call.value().function, call.value().params, block, block);
    }));
  }

  NoReply apply(const std::string& id, const Params& params, Buffer x, Buffer y, Run run) {
    const Result<Call> call = read_call(id, params);
    if (!call) return failure<NoReply>(call.error());
    if (!x.address) return failure<NoReply>(no_buffer("this"));
    if (!y.address) return failure<NoReply>(no_buffer("to"));
    if (x.length != y.length) {
      return failure<NoReply>(wrong_length("to", x.length, y.length));
    }
    run(call.value().function, call.value().params, x.floats(), y.floats());
    return success<NoReply>(val::undefined());
  }

  Functions functions_;
};

// A matrix whose rows an activation takes.
struct Matrix {
  const RowActivation* activation;
  size_t rows, columns;
  size_t output_columns() const { return activation->output_columns(columns); }
  // Whole rows, as many as fit a block.
  size_t rows_at_a_time() const { return std::min(rows, std::max<size_t>(1, kBlock / columns)); }
};

Result<Matrix> read_matrix(const std::string& id, const Result<size_t>& length,
                           const val& columns) {
  const RowActivation* activation = find_row_activation(id);
  if (!activation) return unknown(id);
  if (!length) return length.error();
  const Result<size_t> count = read_columns(columns, length.value(), *activation);
  if (!count) return count.error();
  return Matrix{activation, length.value() / count.value(), count.value()};
}

// Whether a buffer can take what is made of others: it has their length, and is none of them.
std::optional<Error> check_target(Buffer to, size_t length, std::initializer_list<Buffer> inputs) {
  if (!to.address) return no_buffer("to");
  if (to.length != length) return wrong_length("to", length, to.length);
  for (const Buffer& input : inputs) {
    if (input.address == to.address) return Error{"argument.same_buffer", {"to"}, "to"};
  }
  return std::nullopt;
}

// The same as the two below from buffers to another one, without copies.
NoReply activate_rows_buffer(const std::string& id, const Number& columns, uintptr_t x_address,
                             size_t x_length, uintptr_t y_address, size_t y_length) {
  const Buffer x{x_address, x_length}, y{y_address, y_length};
  if (!x.address) return failure<NoReply>(no_buffer("this"));
  const Result<Matrix> matrix = read_matrix(id, x.length, columns);
  if (!matrix) return failure<NoReply>(matrix.error());
  const Matrix& m = matrix.value();
  if (const auto error = check_target(y, m.rows * m.output_columns(), {x})) {
    return failure<NoReply>(*error);
  }
  m.activation->forward(x.floats(), m.columns, y.floats());
  return success<NoReply>(val::undefined());
}

NoReply backward_rows_buffer(const std::string& id, const Number& columns, uintptr_t x_address,
                             size_t x_length, uintptr_t out_address, size_t out_length,
                             uintptr_t in_address, size_t in_length) {
  const Buffer x{x_address, x_length}, grad_out{out_address, out_length};
  const Buffer grad_in{in_address, in_length};
  if (!x.address) return failure<NoReply>(no_buffer("this"));
  if (!grad_out.address) return failure<NoReply>(no_buffer("gradOut"));
  const Result<Matrix> matrix = read_matrix(id, x.length, columns);
  if (!matrix) return failure<NoReply>(matrix.error());
  const Matrix& m = matrix.value();
  const size_t outputs = m.rows * m.output_columns();
  if (grad_out.length != outputs) {
    return failure<NoReply>(wrong_length("gradOut", outputs, grad_out.length));
  }
  if (const auto error = check_target(grad_in, x.length, {x, grad_out})) {
    return failure<NoReply>(*error);
  }
  m.activation->backward(x.floats(), m.columns, grad_out.floats(), grad_in.floats());
  return success<NoReply>(val::undefined());
}

FloatsReply activate_rows(const std::string& id, const Floats& x, const Number& columns) {
  const Result<Matrix> matrix = read_matrix(id, read_length(x, "x"), columns);
  if (!matrix) return failure<FloatsReply>(matrix.error());
  const Matrix& m = matrix.value();
  const size_t outputs = m.output_columns(), step = m.rows_at_a_time();
  const val result = new_floats(m.rows * outputs);
  std::vector<float> in(step * m.columns), out(step * outputs);
  for (size_t row = 0; row < m.rows; row += step) {
    const size_t rows = std::min(step, m.rows - row);
    const std::span<float> block_in(in.data(), rows * m.columns);
    const std::span<float> block_out(out.data(), rows * outputs);
    load_block(x, row * m.columns, block_in);
    m.activation->forward(block_in, m.columns, block_out);
    store_block(block_out, result, row * outputs);
  }
  return success<FloatsReply>(result);
}

FloatsReply backward_rows(const std::string& id, const Floats& x, const Number& columns,
                          const Floats& grad_out) {
  const Result<Matrix> matrix = read_matrix(id, read_length(x, "x"), columns);
  if (!matrix) return failure<FloatsReply>(matrix.error());
  const Matrix& m = matrix.value();
  const size_t outputs = m.output_columns(), step = m.rows_at_a_time();
  const Result<size_t> length = read_length(grad_out, "gradOut");
  if (!length) return failure<FloatsReply>(length.error());
  if (length.value() != m.rows * outputs) {
    return failure<FloatsReply>(wrong_length("gradOut", m.rows * outputs, length.value()));
  }
  const val result = new_floats(m.rows * m.columns);
  std::vector<float> in(step * m.columns), out(step * outputs), gradient(in.size());
  for (size_t row = 0; row < m.rows; row += step) {
    const size_t rows = std::min(step, m.rows - row);
    const std::span<float> block_in(in.data(), rows * m.columns);
    const std::span<float> block_out(out.data(), rows * outputs);
    const std::span<float> block_gradient(gradient.data(), rows * m.columns);
    load_block(x, row * m.columns, block_in);
    load_block(grad_out, row * outputs, block_out);
    m.activation->backward(block_in, m.columns, block_out, block_gradient);
    store_block(block_gradient, result, row * m.columns);
  }
  return success<FloatsReply>(result);
}

TextReply format(const Floats& x, const Shape& shape) {
  const Result<Tensor> tensor = read_tensor(x, shape);
  if (!tensor) return failure<TextReply>(tensor.error());
  return success<TextReply>(to_js(format_tensor(tensor.value())));
}

TensorReply parse(const std::string& source) {
  const Result<Tensor> tensor = parse_tensor(source);
  if (!tensor) return failure<TensorReply>(tensor.error());
  val shape = val::array();
  for (const int64_t extent : tensor.value().shape) {
    shape.call<void>("push", static_cast<double>(extent));
  }
  const val data = new_floats(tensor.value().data.size());
  store_block(tensor.value().data, data, 0);
  val object = val::object();
  object.set("data", data);
  object.set("shape", shape);
  return success<TensorReply>(object);
}

#define LAB_LOCALIZED "{en: string, zh: string}"
#define LAB_NAMES                    \
  "id: string, name: " LAB_LOCALIZED \
  ", formula: string, pytorch: string, jax: string, keras: string"

EMSCRIPTEN_BINDINGS(core) {
  emscripten::register_type<ActivationList>(
      "{" LAB_NAMES ", derivativeFormula: string, params: {id: string, name: " LAB_LOCALIZED
      ", default: number, min: number, max: number}[], kinks: number[], range: [number, number], "
      "maxUlp: {value: number, derivative: number}, traits: {smooth: boolean, monotone: boolean, "
      "zeroCentred: boolean, saturatesLeft: boolean, saturatesRight: boolean, boundedBelow: "
      "boolean, boundedAbove: boolean}}[]");
  emscripten::register_type<RowActivationList>(
      "{" LAB_NAMES ", gradientFormula: string, columnsPerOutput: number}[]");
  emscripten::register_type<Number>("number");
  emscripten::register_type<Shape>("number[]");
  emscripten::register_type<Params>("{[id: string]: number} | null | undefined");
  emscripten::register_type<AddressReply>(LAB_REPLY("number"));
  emscripten::register_type<FormulaReply>(LAB_REPLY(
      "{id: string, text: string, formula: string, derivativeFormula: string, pytorch: string, "
      "params: {id: string, default: number, min: number, max: number}[], kinks: number[], range: "
      "[number, number], selfCheck: {points: number, worst: number, worstAt: number}}"));
  emscripten::register_type<TensorReply>(LAB_REPLY("{data: Float32Array, shape: number[]}"));

  emscripten::class_<Engine>("Engine")
      .constructor()
      .function("activate", &Engine::activate)
      .function("derivative", &Engine::derivative)
      .function("activateBuffer", &Engine::activate_buffer)
      .function("derivativeBuffer", &Engine::derivative_buffer)
      .function("formula", &Engine::formula)
      .function("describeFormula", &Engine::describe_formula);

  emscripten::function("version", &version);
  emscripten::function("implementation", &implementation);
  emscripten::function("activations", &list_activations);
  emscripten::function("rowActivations", &list_row_activations);
  emscripten::function("activateRows", &activate_rows);
  emscripten::function("backwardRows", &backward_rows);
  emscripten::function("activateRowsBuffer", &activate_rows_buffer);
  emscripten::function("backwardRowsBuffer", &backward_rows_buffer);
  emscripten::function("makeBuffer", &make_buffer);
  emscripten::function("viewBuffer", &view_buffer);
  emscripten::function("deleteBuffer", &delete_buffer);
  emscripten::function("formatTensor", &format);
  emscripten::function("parseTensor", &parse);
}

}  // namespace
}  // namespace lab
