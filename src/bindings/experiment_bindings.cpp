// Training for JavaScript: web/core/index.js wraps it as the class Experiment.

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "bindings/arguments.h"
#include "bindings/blocks.h"
#include "bindings/replies.h"
#include "core/data/points_csv.h"
#include "core/experiment/document.h"
#include "core/experiment/playground_link.h"
#include "core/experiment/share_link.h"
#include "core/export/onnx_model.h"
#include "core/export/parameters_json.h"
#include "core/export/pytorch_script.h"
#include "core/json_writer.h"
#include "core/train/collapse.h"
#include "core/train/trainer.h"

namespace lab {
namespace {

using emscripten::val;

EMSCRIPTEN_DECLARE_VAL_TYPE(Bytes)
EMSCRIPTEN_DECLARE_VAL_TYPE(Doubles)
EMSCRIPTEN_DECLARE_VAL_TYPE(Arrays)
EMSCRIPTEN_DECLARE_VAL_TYPE(NumberArrays)
EMSCRIPTEN_DECLARE_VAL_TYPE(Numbers)

// A document, or the hash of a share link.
Result<Experiment> read_experiment(const std::string& text) {
  const size_t start = text.find_first_not_of(" \t\r\n");
  const bool json = start == std::string::npos || text[start] == '{';
  return json ? experiment_from_json(text) : experiment_from_share_text(text);
}

// Views of the engine's memory, for the wrapper to copy at once.
Doubles view(const std::vector<double>& values) {
  return Doubles(val(emscripten::typed_memory_view(values.size(), values.data())));
}

void write(JsonWriter& json, std::string_view name, const Distribution& distribution) {
  json.key(name).begin_object();
  json.member("mean", distribution.mean).member("std", distribution.deviation);
  json.key("histogram").begin_object();
  json.member("min", distribution.histogram.min).member("max", distribution.histogram.max);
  json.key("counts").begin_array();
  for (const size_t count : distribution.histogram.counts) json.value(count);
  json.end_array().end_object().end_object();
}

// One experiment; the functions but open() may only be called once that has succeeded.
class Handle {
 public:
  NoReply open(const std::string& text) {
    const Result<Experiment> experiment = read_experiment(text);
    if (!experiment) return failure<NoReply>(experiment.error());
    Result<std::unique_ptr<Trainer>> trainer = Trainer::create(experiment.value());
    if (!trainer) return failure<NoReply>(trainer.error());
    trainer_ = std::move(trainer.value());
    return reply_of(std::nullopt);
  }
  // Another document for the same network.
  NoReply change(const std::string& text) {
    const Result<Experiment> experiment = read_experiment(text);
    if (!experiment) return failure<NoReply>(experiment.error());
    return reply_of(trainer_->change(experiment.value()));
  }

  void step(double count) { trainer_->step(static_cast<int64_t>(count)); }
  void epoch(double count) { trainer_->epoch(static_cast<int64_t>(count)); }

  // Step, epoch, losses (training, test), accuracies (training, test), 1 if finite.
  Doubles metrics() {
    const Metrics m = trainer_->metrics();
    numbers_ = {static_cast<double>(m.step),
                static_cast<double>(m.epoch),
                m.train_loss,
                m.test_loss,
                m.train_accuracy,
                m.test_accuracy,
                m.finite ? 1.0 : 0.0};
    return view(numbers_);
  }

  Arrays parameters() { return arrays(trainer_->parameters()); }
  Arrays gradients() { return arrays(trainer_->gradients()); }
  NoReply set_parameters(const NumberArrays& lists) {
    train::Parameters parameters;
    for (const val& list : emscripten::vecFromJSArray<val>(lists)) {
      parameters.push_back(emscripten::convertJSArrayToNumberVector<double>(list));
    }
    return reply_of(trainer_->set_parameters(parameters));
  }
  NoReply set_data(const Numbers& x, const Numbers& y) {
    return reply_of(trainer_->set_data(emscripten::convertJSArrayToNumberVector<float>(x),
                                       emscripten::convertJSArrayToNumberVector<float>(y)));
  }

  FloatsReply predict(const Floats& x) {
    const Result<size_t> length = read_length(x, "x");
    if (!length) return failure<FloatsReply>(length.error());
    const size_t inputs = trainer_->plan().inputs();
    if (length.value() % inputs != 0) {
      const std::string columns = std::to_string(inputs);
      return failure<FloatsReply>(
          Error{"argument.columns", {std::to_string(length.value()), columns}, "x"});
    }
    std::vector<float> in(length.value());
    load_block(x, 0, in);
    const std::vector<float> logits = trainer_->predict(in);
    const val result = new_floats(logits.size());
    store_block(logits, result, 0);
    return success<FloatsReply>(result);
  }

  val layer_stats();
  val deaths();
  val collapse(double extent);
  val divergence();
  bool restore_last_finite() { return trainer_->restore_last_finite(); }
  Doubles kept_steps() {
    numbers_.clear();
    for (const int64_t step : trainer_->kept_steps()) numbers_.push_back(static_cast<double>(step));
    return view(numbers_);
  }
  bool go_to(double step) { return trainer_->go_to(static_cast<int64_t>(step)); }

  val points_csv() { return to_js(write_points_csv(trainer_->data().points)); }
  val hash() { return to_js(trainer_->hash()); }
  val state() { return to_js(to_json(trainer_->experiment())); }
  val share() { return to_js(to_share_text(trainer_->experiment())); }
  val pytorch() {
    return to_js(to_pytorch(trainer_->experiment(), trainer_->plan(), trainer_->data(),
                            trainer_->samples(), trainer_->parameters()));
  }
  // A view of bytes that stay until the next call, for the wrapper to copy at once.
  Bytes onnx() {
    bytes_ = to_onnx(trainer_->plan(), trainer_->parameters());
    const auto* data = reinterpret_cast<const uint8_t*>(bytes_.data());
    return Bytes(val(emscripten::typed_memory_view(bytes_.size(), data)));
  }
  val parameters_text() {
    return to_js(parameters_to_json(trainer_->plan(), trainer_->parameters()));
  }
  NoReply set_parameters_text(const std::string& text) {
    const Result<train::Parameters> parameters = parameters_from_json(trainer_->plan(), text);
    if (!parameters) return failure<NoReply>(parameters.error());
    return reply_of(trainer_->set_parameters(parameters.value()));
  }

 private:
  // Float32Arrays, or Float64Arrays where the document trains in float64.
  Arrays arrays(const train::Parameters& parameters) {
    const bool wide = trainer_->plan().precision == Precision::float64;
    const val type = val::global(wide ? "Float64Array" : "Float32Array");
    val result = val::array();
    for (const auto& array : parameters) {
      result.call<void>("push",
                        type.new_(val(emscripten::typed_memory_view(array.size(), array.data()))));
    }
    return Arrays(result);
  }

  std::unique_ptr<Trainer> trainer_;
  std::vector<double> numbers_;
  std::string bytes_;
};

val Handle::layer_stats() {
  JsonWriter json;
  json.begin_array();
  for (const LayerStats& stats : trainer_->layer_stats()) {
    json.begin_object();
    write(json, "preActivation", stats.pre_activation);
    write(json, "activation", stats.activation);
    json.member("gradientRms", stats.gradient_rms);
    json.member("weightFactor", stats.weight_factor).member("slopeFactor", stats.slope_factor);
    json.member("dead", stats.dead).member("saturated", stats.saturated);
    json.key("deadUnits").begin_array();
    for (const size_t unit : stats.dead_units) json.value(unit);
    json.end_array().end_object();
  }
  return to_js(json.end_array().text());
}

val Handle::deaths() {
  JsonWriter json;
  json.begin_array();
  for (const Death& death : trainer_->deaths()) {
    json.begin_object().member("layer", death.layer).member("unit", death.unit);
    json.member("step", death.step).member("jump", death.jump);
    json.member("spread", death.spread).end_object();
  }
  return to_js(json.end_array().text());
}

val Handle::collapse(double extent) {
  const LinearCollapse map = lab::collapse(*trainer_, extent);
  JsonWriter json;
  json.begin_object();
  for (const auto& [name, values] : {std::pair{"weights", &map.weights}, {"bias", &map.bias}}) {
    json.key(name).begin_array();
    for (const double value : *values) json.value(value);
    json.end_array();
  }
  json.member("largestDifference", map.largest_difference);
  return to_js(json.end_object().text());
}

val Handle::divergence() {
  const std::optional<Divergence>& found = trainer_->divergence();
  if (!found) return val::null();
  JsonWriter json;
  json.begin_object();
  json.member("step", found->step).member("learningRate", found->learning_rate);
  json.member("layer", found->weight.layer).member("unit", found->weight.unit);
  json.member("input", found->weight.input);
  return to_js(json.end_object().text());
}

TextReply import_link(const std::string& link) {
  const Result<PlaygroundImport> import = import_playground(link);
  if (!import) return failure<TextReply>(import.error());
  JsonWriter json;
  json.begin_object();
  json.member("state", std::string_view(to_json(import.value().experiment)));
  json.key("ignored").begin_array();
  for (const std::string& key : import.value().ignored) json.value(std::string_view(key));
  return success<TextReply>(to_js(json.end_array().end_object().text()));
}

TextReply read_points(const std::string& text) {
  const Result<CsvPoints> read = read_points_csv(text);
  if (!read) return failure<TextReply>(read.error());
  JsonWriter json;
  json.begin_object().key("points").begin_array();
  for (const DataPoint& point : read.value().points) {
    json.begin_array().value(point.x).value(point.y).value(point.label).end_array();
  }
  json.end_array().key("classes").begin_array();
  for (const std::string& name : read.value().classes) json.value(std::string_view(name));
  return success<TextReply>(to_js(json.end_array().end_object().text()));
}

EMSCRIPTEN_BINDINGS(experiment) {
  emscripten::register_type<Bytes>("Uint8Array");
  emscripten::register_type<Doubles>("Float64Array");
  emscripten::register_type<Arrays>("(Float32Array | Float64Array)[]");
  emscripten::register_type<NumberArrays>("ArrayLike<number>[]");
  emscripten::register_type<Numbers>("ArrayLike<number>");

  emscripten::class_<Handle>("ExperimentHandle")
      .constructor()
      .function("open", &Handle::open)
      .function("change", &Handle::change)
      .function("step", &Handle::step)
      .function("epoch", &Handle::epoch)
      .function("metrics", &Handle::metrics)
      .function("parameters", &Handle::parameters)
      .function("gradients", &Handle::gradients)
      .function("setParameters", &Handle::set_parameters)
      .function("setData", &Handle::set_data)
      .function("predict", &Handle::predict)
      .function("layerStats", &Handle::layer_stats)
      .function("deaths", &Handle::deaths)
      .function("collapse", &Handle::collapse)
      .function("divergence", &Handle::divergence)
      .function("restoreLastFinite", &Handle::restore_last_finite)
      .function("keptSteps", &Handle::kept_steps)
      .function("goTo", &Handle::go_to)
      .function("pointsCsv", &Handle::points_csv)
      .function("hash", &Handle::hash)
      .function("state", &Handle::state)
      .function("share", &Handle::share)
      .function("pytorch", &Handle::pytorch)
      .function("onnx", &Handle::onnx)
      .function("parametersText", &Handle::parameters_text)
      .function("setParametersText", &Handle::set_parameters_text);
  emscripten::function("importPlayground", &import_link);
  emscripten::function("readPoints", &read_points);
}

}  // namespace
}  // namespace lab
