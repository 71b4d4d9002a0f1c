// The engine's interface to JavaScript, as web/core/index.js wraps it. It translates between values
// of the two languages and leaves every decision to the core. C++ exceptions are off, so a function
// that can fail gives a reply, {value} or {error}, which the wrapper turns into a value or a throw.

#include <emscripten/bind.h>

#include <string>

#include "bindings/arguments.h"
#include "core/activation/activation.h"
#include "core/simd/isa.h"
#include "core/tensor_text.h"

namespace lab {
namespace {

using emscripten::val;

// JavaScript values whose shape the generated types tell; each is registered below.
EMSCRIPTEN_DECLARE_VAL_TYPE(ActivationList)
EMSCRIPTEN_DECLARE_VAL_TYPE(Floats)
EMSCRIPTEN_DECLARE_VAL_TYPE(Shape)
EMSCRIPTEN_DECLARE_VAL_TYPE(Params)
EMSCRIPTEN_DECLARE_VAL_TYPE(FloatsReply)
EMSCRIPTEN_DECLARE_VAL_TYPE(TextReply)
EMSCRIPTEN_DECLARE_VAL_TYPE(TensorReply)

val text(std::string_view utf8) {
  return val::u8string(std::string(utf8).c_str());
}

val localized(const Localized& texts) {
  val object = val::object();
  object.set("en", text(texts.en));
  object.set("zh", text(texts.zh));
  return object;
}

val copy_of(const std::vector<float>& data) {
  return val(emscripten::typed_memory_view(data.size(), data.data())).call<val>("slice");
}

template <class Reply>
Reply success(const val& value) {
  val reply = val::object();
  reply.set("value", value);
  return Reply(reply);
}

template <class Reply>
Reply failure(const Error& error) {
  val record = val::object();
  record.set("code", error.code);
  record.set("messageKey", error.code);
  record.set("message", text(error.message(Language::en)));
  if (error.field) record.set("field", text(*error.field));
  if (error.line) record.set("line", *error.line);
  if (error.column) record.set("column", *error.column);
  val reply = val::object();
  reply.set("error", record);
  return Reply(reply);
}

val describe(const ActivationParamSpec& spec) {
  val object = val::object();
  object.set("id", text(spec.id));
  object.set("name", localized(spec.name));
  object.set("default", spec.fallback);
  object.set("min", spec.min);
  object.set("max", spec.max);
  return object;
}

val describe(const Activation& activation) {
  val params = val::array();
  for (const ActivationParamSpec& spec : activation.params)
    params.call<void>("push", describe(spec));
  val object = val::object();
  object.set("id", text(activation.id));
  object.set("name", localized(activation.name));
  object.set("formula", text(activation.tex));
  object.set("derivativeFormula", text(activation.tex_derivative));
  object.set("pytorch", text(activation.pytorch));
  object.set("params", params);
  return object;
}

std::string version() {
  return LAB_VERSION;
}
std::string implementation() {
  return std::string(simd::implementation());
}

ActivationList list_activations() {
  val list = val::array();
  for (const Activation& row : activations()) list.call<void>("push", describe(row));
  return ActivationList(list);
}

// Applies one of an activation's kernels to an array.
FloatsReply apply(const std::string& id, const Floats& x, const Params& params,
                  decltype(Activation::value) Activation::*kernel) {
  const Activation* activation = find_activation(id);
  if (!activation) return failure<FloatsReply>(Error{"activation.unknown", {id}, "id"});
  const Result<ActivationParams> values = read_params(params, *activation);
  if (!values) return failure<FloatsReply>(values.error());
  const Result<std::vector<float>> data = read_floats(x, "x");
  if (!data) return failure<FloatsReply>(data.error());
  std::vector<float> result(data.value().size());
  (activation->*kernel)(values.value(), data.value(), result);
  return success<FloatsReply>(copy_of(result));
}

FloatsReply activate(const std::string& id, const Floats& x, const Params& params) {
  return apply(id, x, params, &Activation::value);
}

FloatsReply derivative(const std::string& id, const Floats& x, const Params& params) {
  return apply(id, x, params, &Activation::derivative);
}

TextReply format(const Floats& x, const Shape& shape) {
  const Result<Tensor> tensor = read_tensor(x, shape);
  if (!tensor) return failure<TextReply>(tensor.error());
  return success<TextReply>(text(format_tensor(tensor.value())));
}

TensorReply parse(const std::string& source) {
  const Result<Tensor> tensor = parse_tensor(source);
  if (!tensor) return failure<TensorReply>(tensor.error());
  val shape = val::array();
  for (const int64_t extent : tensor.value().shape) {
    shape.call<void>("push", static_cast<double>(extent));
  }
  val object = val::object();
  object.set("data", copy_of(tensor.value().data));
  object.set("shape", shape);
  return success<TensorReply>(object);
}

#define LAB_FAILURE                                                                             \
  "{error: {code: string, messageKey: string, message: string, field?: string, line?: number, " \
  "column?: number}, value?: undefined}"
#define LAB_REPLY(type) "{value: " type ", error?: undefined} | " LAB_FAILURE
#define LAB_LOCALIZED "{en: string, zh: string}"

EMSCRIPTEN_BINDINGS(core) {
  emscripten::register_type<ActivationList>(
      "{id: string, name: " LAB_LOCALIZED
      ", formula: string, derivativeFormula: string, pytorch: string, params: {id: string, "
      "name: " LAB_LOCALIZED ", default: number, min: number, max: number}[]}[]");
  emscripten::register_type<Floats>("Float32Array");
  emscripten::register_type<Shape>("number[]");
  emscripten::register_type<Params>("{[id: string]: number} | undefined");
  emscripten::register_type<FloatsReply>(LAB_REPLY("Float32Array"));
  emscripten::register_type<TextReply>(LAB_REPLY("string"));
  emscripten::register_type<TensorReply>(LAB_REPLY("{data: Float32Array, shape: number[]}"));

  emscripten::function("version", &version);
  emscripten::function("implementation", &implementation);
  emscripten::function("activations", &list_activations);
  emscripten::function("activate", &activate);
  emscripten::function("derivative", &derivative);
  emscripten::function("formatTensor", &format);
  emscripten::function("parseTensor", &parse);
}

}  // namespace
}  // namespace lab
