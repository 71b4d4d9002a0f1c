#include "core/experiment/share_link.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/experiment/document.h"
#include "core/experiment/field_errors.h"
#include "core/experiment/fields.h"

namespace lab {
namespace {

std::string share_keys() {
  std::string keys = "v";
  for (const Field& field : fields()) keys += ", " + std::string(field.share);
  return keys;
}

Failure read_piece(std::string_view piece, std::vector<const Field*>& seen,
                   Experiment& experiment) {
  const size_t equals = piece.find('=');
  const std::string_view key = piece.substr(0, equals);
  if (is_app_key(key)) return std::nullopt;
  const Field* field = find_share_field(key);
  if (field == nullptr && key != "v") {
    return field_error("share.unknown_key", quote_text(key), {share_keys()});
  }
  if (equals == piece.npos) return field_error("share.no_value", quote_text(key));
  if (std::ranges::find(seen, field) != seen.end()) {
    return field_error("share.twice", key);
  }
  seen.push_back(field);  // null: the version
  const std::string_view value = piece.substr(equals + 1);
  if (field != nullptr) return set_field(*field, value, experiment);
  const std::string version = std::to_string(kShareVersion);
  if (value == version) return std::nullopt;
  return field_error("share.version", "v", {version});
}

}  // namespace

std::string to_share_text(const Experiment& experiment) {
  const Experiment defaults;
  std::string text = "v=" + std::to_string(kShareVersion);
  for (const Field& field : fields()) {
    const std::string value = field_text(field, experiment);
    if (value == field_text(field, defaults)) continue;
    text += '&';
    text += field.share;
    text += '=';
    text += value;
  }
  return text;
}

Result<Experiment> experiment_from_share_text(std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  Experiment experiment;
  std::vector<const Field*> seen;
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(piece.size() + 1, text.size()));
    if (piece.empty()) continue;
    if (auto error = read_piece(piece, seen, experiment)) return *error;
  }
  if (auto error = validate(experiment)) return *error;
  return experiment;
}

bool is_app_key(std::string_view key) {
  constexpr std::string_view kKeys[] = {"scene", "lang",   "theme", "view",
                                        "hide",  "preset", "lesson", "present"};
  return key.starts_with("app.") || std::ranges::find(kKeys, key) != std::end(kKeys);
}

}  // namespace lab
