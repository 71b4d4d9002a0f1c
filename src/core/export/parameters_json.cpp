#include "core/export/parameters_json.h"

#include <utility>
#include <vector>

#include "core/export/state_dict.h"
#include "core/json/json_value.h"
#include "core/json_writer.h"

namespace lab {
namespace {

using Kind = JsonValue::Kind;

constexpr int kVersion = 1;

// "weight" of "0.weight".
std::string_view last_part(std::string_view name) {
  return name.substr(name.rfind('.') + 1);
}

std::string shape_text(const std::vector<size_t>& shape) {
  std::string text;
  for (const size_t extent : shape) text += (text.empty() ? "[" : ", ") + std::to_string(extent);
  return text + "]";
}

bool same_shape(JsonValue shape, const std::vector<size_t>& wanted) {
  if (!shape.is(Kind::array) || shape.size() != wanted.size()) return false;
  size_t i = 0;
  for (JsonValue extent = shape.first(); extent.exists(); extent = extent.next()) {
    if (!extent.is(Kind::number) || extent.number() != static_cast<double>(wanted[i++])) {
      return false;
    }
  }
  return true;
}

class Reader {
 public:
  Reader(const train::Plan& plan, JsonValue root) : wanted_(state_dict(plan)), at_(root) {}

  Result<train::Parameters> read() {
    if (read_root(at_)) return std::move(parameters_);
    const TextPosition position = at_.position();
    return Error{.code = std::string(code_),
                 .args = {first_, second_},
                 .line = position.line,
                 .column = position.column};
  }

 private:
  // The error at a value, or at what lacks that value. Always false.
  bool fail(JsonValue value, JsonValue parent, std::string_view code, std::string_view first = {},
            std::string_view second = {}) {
    at_ = value.exists() ? value : parent;
    code_ = code;
    first_ = first;
    second_ = second;
    return false;
  }

  bool read_root(JsonValue root) {
    if (!root.is(Kind::object)) return fail(root, root, "parameters.form");
    const JsonValue version = root.find("version"), list = root.find("parameters");
    if (!version.is(Kind::number) || version.number() != kVersion) {
      return fail(version, root, "parameters.version", std::to_string(kVersion));
    }
    if (!list.is(Kind::array)) return fail(list, root, "parameters.form");
    if (list.size() != wanted_.size()) {
      return fail(list, root, "parameters.count", std::to_string(list.size()),
                  std::to_string(wanted_.size()));
    }
    size_t index = 0;
    for (JsonValue entry = list.first(); entry.exists(); entry = entry.next()) {
      if (!read_entry(entry, wanted_[index++])) return false;
    }
    return true;
  }

  bool read_entry(JsonValue entry, const StateDictEntry& wanted) {
    if (!entry.is(Kind::object)) return fail(entry, entry, "parameters.form");
    const JsonValue name = entry.find("name"), shape = entry.find("shape");
    const JsonValue data = entry.find("data");
    if (!name.is(Kind::string) || last_part(name.string()) != last_part(wanted.name)) {
      return fail(name, entry, "parameters.name", wanted.name);
    }
    if (!same_shape(shape, wanted.shape)) {
      return fail(shape, entry, "parameters.shape", wanted.name, shape_text(wanted.shape));
    }
    if (!data.is(Kind::array) || data.size() != wanted.size()) {
      return fail(data, entry, "parameters.data", wanted.name, std::to_string(wanted.size()));
    }
    std::vector<double>& list = parameters_.emplace_back();
    for (JsonValue number = data.first(); number.exists(); number = number.next()) {
      if (!number.is(Kind::number)) return fail(number, data, "parameters.number", wanted.name);
      list.push_back(number.number());
    }
    return true;
  }

  std::vector<StateDictEntry> wanted_;
  train::Parameters parameters_;
  JsonValue at_;  // the value at fault
  std::string_view code_;
  std::string first_, second_;  // arguments of the error
};

}  // namespace

std::string parameters_to_json(const train::Plan& plan, const train::Parameters& parameters) {
  JsonWriter json;
  json.begin_object().member("version", kVersion).key("parameters").begin_array();
  size_t index = 0;
  for (const StateDictEntry& entry : state_dict(plan)) {
    json.begin_object().member("name", std::string_view(entry.name)).key("shape").begin_array();
    for (const size_t extent : entry.shape) json.value(extent);
    json.end_array().key("data").begin_array();
    for (const double number : parameters[index++]) json.value(number);
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.text();
}

Result<train::Parameters> parameters_from_json(const train::Plan& plan, std::string_view text) {
  const Result<JsonDocument> document = JsonDocument::parse(text);
  if (!document) return document.error();
  return Reader(plan, document.value().root()).read();
}

}  // namespace lab
