#include "app/document.h"

#include "app/scenes/link_keys.h"
#include "core/experiment/document.h"
#include "core/experiment/share_link.h"
#include "core/json/json_value.h"
#include "core/json_writer.h"

namespace lab {
namespace {

constexpr std::string_view kVersion = "activationLab";

std::string without_preferences(std::string_view link) {
  std::string text;
  for (const LinkPiece& piece : link_pieces(link)) {
    if (piece.key == "lang" || piece.key == "theme") continue;
    text += (text.empty() ? "" : "&") + std::string(piece.key) + "=" + std::string(piece.value);
  }
  return text;
}

}  // namespace

std::string to_document(std::string_view link) {
  JsonWriter json;
  json.begin_object().member(kVersion, kDocumentVersion);
  json.member("link", std::string_view(without_preferences(link))).end_object();
  return json.text() + "\n";
}

ReadDocument read_document(std::string_view text) {
  const Result<JsonDocument> read = JsonDocument::parse(text);
  if (!read) return {{}, read.error()};
  const JsonValue version = read.value().root().is(JsonValue::Kind::object)
                                ? read.value().root().find(kVersion)
                                : JsonValue(read.value().root());
  if (!version.exists() || !read.value().root().is(JsonValue::Kind::object)) {
    const Result<Experiment> experiment = experiment_from_json(text);
    if (!experiment) return {{}, experiment.error()};
    return {"scene=train&" + to_share_text(experiment.value()), {}};
  }
  if (!version.is(JsonValue::Kind::number) || version.number() != kDocumentVersion) {
    return {{}, Complaint(Str::file_newer)};
  }
  const JsonValue link = read.value().root().find("link");
  if (!link.is(JsonValue::Kind::string)) return {{}, Complaint(Str::file_no_link)};
  return {without_preferences(link.string()), {}};
}

bool is_document(std::string_view text) {
  const size_t start = text.find_first_not_of(" \t\r\n");
  return start != text.npos && text[start] == '{' &&
         text.substr(0, 4096).find("\"activationLab\"") != text.npos;
}

}  // namespace lab
