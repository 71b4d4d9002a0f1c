#include <algorithm>
#include <tuple>
#include <utility>

#include "app/app_impl.h"
#include "app/scenes/link_keys.h"
#include "core/experiment/field_errors.h"
#include "core/experiment/url_text.h"
#include "core/json/json_value.h"

// The app as the text behind the # of a link:
//   scene=train&lang=zh&theme=dark&hide=data,optimizer&preset=xor-relu&v=1&…

namespace lab {
namespace {

// Keys that the app reads itself; all others are its scenes'.
constexpr std::string_view kOwn[] = {"scene", "lang", "theme", "hide", "preset"};

bool is_own(std::string_view key) {
  return std::ranges::find(kOwn, key) != std::end(kOwn);
}

std::string_view value_of(const std::vector<LinkPiece>& pieces, std::string_view key) {
  const auto found = std::ranges::find(pieces, key, &LinkPiece::key);
  return found == pieces.end() ? std::string_view() : found->value;
}

std::vector<std::string> names_in(std::string_view list) {
  std::vector<std::string> names;
  const std::string text = percent_decode(list).value_or(std::string(list));
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view name = rest.substr(0, rest.find_first_of(", "));
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    if (!name.empty()) names.emplace_back(name);
  }
  return names;
}

bool has_part(const SceneRow& row, std::string_view name) {
  const std::span<const ScenePart> parts = row.parts();
  return std::ranges::find(parts, name, &ScenePart::id) != parts.end();
}

// A preset's link with the link's own pieces in place of the preset's.
std::string merged(const std::string& preset, const std::vector<LinkPiece>& own) {
  std::string text;
  const auto add = [&](const LinkPiece& piece) {
    text += (text.empty() ? "" : "&") + std::string(piece.key) + "=" + std::string(piece.value);
  };
  for (const LinkPiece& piece : link_pieces(preset)) {
    if (std::ranges::find(own, piece.key, &LinkPiece::key) == own.end()) add(piece);
  }
  for (const LinkPiece& piece : own) {
    if (!is_own(piece.key)) add(piece);
  }
  return text;
}

}  // namespace

bool App::Impl::tell(Complaint complaint) {
  const bool fine = !complaint;
  shown().complaint() = std::move(complaint);
  return fine;
}

Complaint App::Impl::show_scene(std::string_view id) {
  const auto found = std::ranges::find(scenes(), id, &SceneRow::id);
  if (found == scenes().end()) {
    std::string known;
    for (const SceneRow& row : scenes()) {
      known += (known.empty() ? "" : ", ") + std::string(row.id);
    }
    return Complaint(Str::link_no_scene, {quote_text(id), known});
  }
  select(static_cast<size_t>(found - scenes().begin()));
  return {};
}

Complaint App::Impl::hide(std::string_view parts) {
  std::vector<std::string> names = names_in(parts);
  // Names of another scene's parts stay for when that is shown.
  for (const std::string& name : names) {
    const auto knows = [&name](const SceneRow& row) { return has_part(row, name); };
    if (name == kSentence || std::ranges::any_of(scenes(), knows)) continue;
    std::string list(kSentence);
    for (const ScenePart& part : scenes()[scene].parts()) list += ", " + std::string(part.id);
    return Complaint(Str::link_no_part, {quote_text(name), list});
  }
  hidden = std::move(names);
  return {};
}

Complaint App::Impl::set_appearance(std::string_view key, std::string_view value) {
  const bool language = key == "lang";
  const std::string_view first = language ? "en" : "light", second = language ? "zh" : "dark";
  if (value != first && value != second && value != "auto") {
    const std::string known = std::string(first) + ", " + std::string(second) + ", auto";
    return *field_error("experiment.choice", key, {quote_text(value), known});
  }
  const bool chosen = value != "auto";  // for now; what was chosen by hand stays stored
  if (language) {
    language_chosen = chosen;
    if (chosen) ui.language = value == second ? Language::zh : Language::en;
  } else {
    dark_chosen = chosen ? std::optional(value == second) : std::nullopt;
  }
  return {};
}

Complaint App::Impl::open_link(std::string_view text) {
  const auto state = std::tuple(scene, hidden, language_chosen, ui.language, dark_chosen);
  Complaint complaint = take_pieces(link_pieces(text));
  if (complaint && seen) {
    std::tie(scene, hidden, language_chosen, ui.language, dark_chosen) = state;
  }
  return complaint;
}

// Says what is wrong first. The scene takes its own last, since that can't be undone.
Complaint App::Impl::take_pieces(const std::vector<LinkPiece>& pieces) {
  Complaint first;
  const auto take = [&first](Complaint complaint) {
    const bool fine = !complaint;
    if (!first) first = std::move(complaint);
    return fine;
  };
  bool names_scene = false, of_scene = false, has_scene = true;
  for (const auto& [key, value] : pieces) {
    if (key == "lang" || key == "theme") take(set_appearance(key, value));
    if (key == "scene") names_scene = has_scene = take(show_scene(value));
    of_scene |= !is_own(key) || key == "preset";
  }
  if (!has_scene) return first;
  const std::string_view parts = value_of(pieces, "hide");
  if (names_scene || !parts.empty()) take(hide(parts));
  if (of_scene && !(first && seen)) take(open_in_scene(pieces));
  return first;
}

Complaint App::Impl::open_in_scene(const std::vector<LinkPiece>& pieces) {
  const std::string_view name = value_of(pieces, "preset");
  if (name.empty()) return shown().open(merged({}, pieces));
  const std::vector<ScenePreset> presets = shown().presets();
  const auto preset = std::ranges::find(presets, name, &ScenePreset::id);
  if (preset != presets.end()) return shown().open(merged(preset->link, pieces));
  std::string known;
  for (const ScenePreset& row : presets) known += (known.empty() ? "" : ", ") + std::string(row.id);
  return *field_error("experiment.choice", "preset",
                      {quote_text(name), known.empty() ? "–" : known});
}

Complaint App::Impl::set_fields(std::string_view json) {
  const Result<JsonDocument> document = JsonDocument::parse(json);
  const auto change = [&](Experiment& experiment) -> std::optional<Error> {
    const JsonValue root = document.value().root();
    if (!root.is(JsonValue::Kind::object)) return Error{"experiment.not_document", {}};
    for (JsonValue member = root.first(); member.exists(); member = member.next()) {
      const Field* field = find_field(member.name());
      if (field == nullptr) {
        std::string known;
        for (const Field& row : fields())
          known += (known.empty() ? "" : ", ") + std::string(row.path);
        return field_error("experiment.unknown_field", quote_text(member.name()), {known});
      }
      if (auto error = read_field(*field, member, experiment)) return error;
    }
    return std::nullopt;
  };
  return document ? shown().edit(change) : document.error();
}

std::string App::Impl::link() const {
  std::string text = "scene=" + std::string(scenes()[scene].id);
  text += "&" + shown().link();
  text += ui.language == Language::zh ? "&lang=zh" : "&lang=en";
  if (dark_chosen) text += *dark_chosen ? "&theme=dark" : "&theme=light";
  std::string parts;
  for (const std::string& part : hidden) parts += (parts.empty() ? "" : ",") + part;
  return parts.empty() ? text : text + "&hide=" + parts;
}

}  // namespace lab
