#include "core/export/parameters_json.h"

#include <optional>
#include <utility>
#include <vector>

#include "core/export/state_dict.h"
#include "core/json/json_value.h"
#include "core/json_writer.h"

namespace lab {
namespace {

using Kind = JsonValue::Kind;

constexpr int kVersion = 1;

Error error_at(JsonValue value, std::string_view code, std::vector<std::string> args = {}) {
  const TextPosition position = value.position();
  return {.code = std::string(code),
          .args = std::move(args),
          .line = position.line,
          .column = position.column};
}

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

// Appends the numbers of one list.
std::optional<Error> read_entry(JsonValue entry, const StateDictEntry& wanted,
                                train::Parameters& parameters) {
  if (!entry.is(Kind::object)) return error_at(entry, "parameters.form");
  const JsonValue name = entry.find("name"), shape = entry.find("shape"), data = entry.find("data");
  if (!name.is(Kind::string) || last_part(name.string()) != last_part(wanted.name)) {
    return error_at(name.exists() ? name : entry, "parameters.name", {wanted.name});
  }
  if (!same_shape(shape, wanted.shape)) {
    return error_at(shape.exists() ? shape : entry, "parameters.shape",
                    {wanted.name, shape_text(wanted.shape)});
  }
  if (!data.is(Kind::array) || data.size() != wanted.size()) {
    return error_at(data.exists() ? data : entry, "parameters.data",
                    {wanted.name, std::to_string(wanted.size())});
  }
  std::vector<double>& list = parameters.emplace_back();
  for (JsonValue number = data.first(); number.exists(); number = number.next()) {
    if (!number.is(Kind::number)) return error_at(number, "parameters.number", {wanted.name});
    list.push_back(number.number());
  }
  return std::nullopt;
}

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
  const JsonValue root = document.value().root();
  if (!root.is(Kind::object)) return error_at(root, "parameters.form");
  const JsonValue version = root.find("version"), list = root.find("parameters");
  if (!version.is(Kind::number) || version.number() != kVersion) {
    return error_at(version.exists() ? version : root, "parameters.version",
                    {std::to_string(kVersion)});
  }
  if (!list.is(Kind::array)) return error_at(list.exists() ? list : root, "parameters.form");

  const std::vector<StateDictEntry> wanted = state_dict(plan);
  if (list.size() != wanted.size()) {
    return error_at(list, "parameters.count",
                    {std::to_string(list.size()), std::to_string(wanted.size())});
  }
  train::Parameters parameters;
  size_t index = 0;
  for (JsonValue entry = list.first(); entry.exists(); entry = entry.next()) {
    if (auto error = read_entry(entry, wanted[index++], parameters)) return *error;
  }
  return parameters;
}

}  // namespace lab
