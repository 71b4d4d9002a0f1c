#include "core/experiment/document.h"

#include <utility>

#include "core/experiment/field_errors.h"
#include "core/experiment/fields.h"

namespace lab {
namespace {

using Kind = JsonValue::Kind;
constexpr std::string_view kVersion = "version";

// "training.optimizer" of "training.optimizer.kind" where `level` is "training."; empty for a field
// of that level itself.
std::string_view object_below(std::string_view path, std::string_view level) {
  const size_t dot = path.find('.', level.size());
  return path.starts_with(level) && dot != path.npos ? path.substr(0, dot) : std::string_view();
}

bool is_object(std::string_view path) {
  for (const Field& field : fields()) {
    if (field.path.starts_with(path) && field.path.substr(path.size()).starts_with('.'))
      return true;
  }
  return false;
}

// The names that may stand in an object, whose path ends with "." unless it is the document.
std::string names_in(const std::string& level) {
  std::string names = level.empty() ? std::string(kVersion) : "";
  std::string_view last;
  for (const Field& field : fields()) {
    if (!field.path.starts_with(level)) continue;
    const std::string_view object = object_below(field.path, level);
    const std::string_view path = object.empty() ? field.path : object;
    if (path == last) continue;
    last = path;
    names += (names.empty() ? "" : ", ") + std::string(path.substr(level.size()));
  }
  return names;
}

Failure at(Failure error, JsonValue value) {
  error->line = value.position().line;
  error->column = value.position().column;
  return error;
}

Failure read_version(JsonValue value) {
  if (value.is(Kind::number) && value.number() == kExperimentVersion) return std::nullopt;
  return at(field_error("experiment.version", kVersion, {std::to_string(kExperimentVersion)}),
            value);
}

// Every member of an object of the document; `level` as in names_in().
Failure read_object(JsonValue object, const std::string& level, Experiment& experiment) {
  for (JsonValue member = object.first(); member.exists(); member = member.next()) {
    const std::string path = level + std::string(member.name());
    Failure error;
    const bool plain = member.name().find('.') == std::string_view::npos;
    if (path == kVersion) {
      error = read_version(member);
    } else if (const Field* field = plain ? find_field(path) : nullptr) {
      error = read_field(*field, member, experiment);
    } else if (!plain || !is_object(path)) {
      error = at(field_error("experiment.unknown_field", level + quote_text(member.name()),
                             {names_in(level)}),
                 member);
    } else if (!member.is(Kind::object)) {
      error = at(field_error("experiment.not_object", path), member);
    } else {
      error = read_object(member, path + ".", experiment);
    }
    if (error) return error;
  }
  return std::nullopt;
}

// The length of the part of two paths that names the same objects, with the dot behind it.
size_t shared_level(std::string_view a, std::string_view b) {
  size_t shared = 0;
  for (size_t i = 0; i < a.size() && i < b.size() && a[i] == b[i]; ++i) {
    if (a[i] == '.') shared = i + 1;
  }
  return shared;
}

}  // namespace

Result<Experiment> experiment_from_json(std::string_view text) {
  const Result<JsonDocument> document = JsonDocument::parse(text);
  if (!document) return document.error();
  const JsonValue root = document.value().root();
  if (!root.is(Kind::object)) return *at(Error{"experiment.not_document", {}}, root);
  Experiment experiment;
  if (auto error = read_object(root, "", experiment)) return *error;
  if (auto error = validate(experiment)) return *error;
  return experiment;
}

std::string to_json(const Experiment& experiment) {
  JsonWriter json;
  json.begin_object().member(kVersion, kExperimentVersion);
  std::string_view level;  // the path of the innermost open object, with a dot behind it
  for (const Field& field : fields()) {
    const size_t shared = shared_level(level, field.path);
    for (char c : level.substr(shared)) {
      if (c == '.') json.end_object();
    }
    size_t start = shared;
    for (size_t dot; (dot = field.path.find('.', start)) != field.path.npos; start = dot + 1) {
      json.key(field.path.substr(start, dot - start)).begin_object();
    }
    level = field.path.substr(0, start);
    json.key(field.path.substr(start));
    write_field(field, experiment, json);
  }
  for (char c : level) {
    if (c == '.') json.end_object();
  }
  return json.end_object().text();
}

}  // namespace lab
