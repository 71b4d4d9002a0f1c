#include "app/scenes/link_keys.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/experiment/field_errors.h"
#include "core/experiment/share_link.h"
#include "core/json/json_value.h"
#include "core/text_number.h"

namespace lab {
namespace {

std::string joined(std::span<const std::string_view> ids) {
  std::string text;
  for (const std::string_view id : ids) text += (text.empty() ? "" : ", ") + std::string(id);
  return text;
}

}  // namespace

std::string link_number(float value) {
  std::string text = shortest_text(value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  std::erase(text, '+');
  return text;
}

std::vector<LinkPiece> link_pieces(std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  std::vector<LinkPiece> pieces;
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(piece.size() + 1, text.size()));
    if (piece.empty()) continue;
    const std::string_view key = piece.substr(0, piece.find('='));
    pieces.push_back({key, piece.substr(std::min(key.size() + 1, piece.size()))});
  }
  return pieces;
}

LinkKeys::LinkKeys(std::string_view link) : reads_(true), pieces_(link_pieces(link)) {}

LinkKeys LinkKeys::listing() {
  LinkKeys keys;
  keys.lists_ = true;
  return keys;
}

// Whether keys are listed: then nothing is passed.
bool LinkKeys::note(std::string_view key, std::string values) {
  if (lists_) listed_.push_back({std::string(key), std::move(values)});
  return lists_;
}

std::optional<std::string_view> LinkKeys::find(std::string_view key) {
  std::optional<std::string_view> value;
  for (const LinkPiece& piece : pieces_) {
    if (piece.key != key) continue;
    if (value) refuse(field_error("share.twice", key));
    value = piece.value;
  }
  return value;
}

void LinkKeys::text(std::string_view key, const std::string& now,
                    const std::function<std::optional<Error>(std::string_view)>& take) {
  if (note(key, {})) return;
  if (!reads_) {
    if (!now.empty()) written_ += "&" + std::string(key) + "=" + now;
  } else if (const auto value = find(key)) {
    refuse(take(*value));
  }
}

void LinkKeys::flag(std::string_view key, bool& value, bool fallback) {
  if (note(key, "0, 1")) return;
  if (reads_) value = fallback;
  text(key,
       value == fallback ? ""
       : value           ? "1"
                         : "0",
       [&](std::string_view given) -> std::optional<Error> {
         if (given != "1" && given != "0") {
           return field_error("experiment.flag_text", key, {quote_text(given)});
         }
         value = given == "1";
         return std::nullopt;
       });
}

void LinkKeys::number(std::string_view key, double& value, double fallback, double min,
                      double max) {
  if (note(key, compact_text(min) + " … " + compact_text(max))) return;
  if (reads_) value = fallback;
  text(key, value == fallback ? "" : number_text(value),
       [&](std::string_view given) -> std::optional<Error> {
         const std::optional<double> number = json_number(given);
         if (!number) return field_error("experiment.number_text", key, {quote_text(given)});
         if (auto error = check_number(key, *number, min, max, false)) return error;
         value = *number;
         return std::nullopt;
       });
}

void LinkKeys::number(std::string_view key, float& value, float fallback, float min, float max) {
  if (note(key, compact_text(min) + " … " + compact_text(max))) return;
  double wide = static_cast<double>(value);
  if (!reads_) {
    if (value != fallback) written_ += "&" + std::string(key) + "=" + link_number(value);
    return;
  }
  number(key, wide, static_cast<double>(fallback), static_cast<double>(min),
         static_cast<double>(max));
  value = static_cast<float>(wide);
}

void LinkKeys::whole(std::string_view key, int& value, int fallback, int min, int max) {
  if (note(key, std::to_string(min) + " … " + std::to_string(max))) return;
  if (reads_) value = fallback;
  text(key, value == fallback ? "" : std::to_string(value),
       [&](std::string_view given) -> std::optional<Error> {
         const std::optional<double> number = json_number(given);
         if (!number) return field_error("experiment.number_text", key, {quote_text(given)});
         if (auto error = check_number(key, *number, min, max, true)) return error;
         value = static_cast<int>(*number);
         return std::nullopt;
       });
}

void LinkKeys::choose(std::string_view key, size_t& value, size_t fallback,
                      std::span<const std::string_view> ids) {
  if (note(key, joined(ids))) return;
  if (reads_) value = fallback;
  text(key, value == fallback ? "" : std::string(ids[value]),
       [&](std::string_view given) -> std::optional<Error> {
         const auto found = std::ranges::find(ids, given);
         if (found == ids.end()) {
           return field_error("experiment.choice", key, {quote_text(given), joined(ids)});
         }
         value = static_cast<size_t>(found - ids.begin());
         return std::nullopt;
       });
}

void LinkKeys::only_these() {
  if (!reads_) return;
  const std::string version = std::to_string(kShareVersion);
  for (const LinkPiece& piece : pieces_) {
    if (is_app_key(piece.key)) continue;
    if (piece.key != "v") {
      refuse(field_error("share.unknown_key", quote_text(piece.key), {"v, app.…"}));
    } else if (piece.value != version) {
      refuse(field_error("share.version", "v", {version}));
    }
  }
}

}  // namespace lab
