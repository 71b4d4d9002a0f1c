#include "app/scenes/functions_link.h"

#include <algorithm>
#include <span>

#include "app/scenes/functions/functions_scene.h"
#include "core/experiment/field_errors.h"
#include "core/json/json_value.h"

// The scene as a share link:
//   v=1&app.functions=sigmoid-elu:alpha:0.5-formula:x%2Ax&app.subject=1&app.cursor=0.5&app.x=-6,6
//   &app.y=-1.25,3.25&app.first=0&app.second=1&app.regions=0&app.row=softmax&app.values=2,1,0.5,-1

namespace lab {

// What links hold beside the functions.
struct FunctionsScene::Look {
  int subject = 0;
  float cursor = 1;
  Span x{-6, 6}, y{-1.25, 3.25};
  bool first = true, second = false, regions = true;
  RowView rows = {};
};

namespace {

constexpr std::string_view kFunctions = "app.functions";

void pass_span(LinkKeys& keys, std::string_view key, Span& span, const Span& usual) {
  const bool same = span.min == usual.min && span.max == usual.max;
  if (keys.reads()) span = usual;
  keys.text(key, same ? "" : number_text(span.min) + "," + number_text(span.max),
            [&](std::string_view text) -> std::optional<Error> {
              const size_t comma = text.find(',');
              const auto min = json_number(text.substr(0, comma));
              const auto max = json_number(comma == text.npos ? "" : text.substr(comma + 1));
              if (!min || !max) return field_error("experiment.form", key, {"-6,6"});
              if (auto error = check_number(key, *min, -kFarthest, kFarthest, false)) return error;
              if (auto error = check_number(key, *max, *min + narrowest(*min), kFarthest, false)) {
                return error;
              }
              span = {*min, *max};
              return std::nullopt;
            });
}

// A function can be shown once, and only so many of them.
std::optional<Error> check_functions(const Chain& functions) {
  const size_t most = FunctionsScene::kMostChosen;
  if (functions.size() > most) {
    return field_error("experiment.count", kFunctions,
                       {std::to_string(functions.size()), "0", std::to_string(most)});
  }
  for (size_t i = 0; i < functions.size(); ++i) {
    const Activation* row = functions[i].activation;
    const auto before = std::span(functions).first(i);
    if (std::ranges::find(before, row, &ChainLayer::activation) == before.end()) continue;
    return field_error("experiment.twice", entry_path(kFunctions, i), {row->id});
  }
  return std::nullopt;
}

}  // namespace

void FunctionsScene::pass(LinkKeys& keys, Look& look) {
  const Look usual;
  keys.whole("app.subject", look.subject, usual.subject, 0, static_cast<int>(kMostChosen) - 1);
  keys.number("app.cursor", look.cursor, usual.cursor, static_cast<float>(-kFarthest),
              static_cast<float>(kFarthest));
  pass_span(keys, "app.x", look.x, usual.x);
  pass_span(keys, "app.y", look.y, usual.y);
  keys.flag("app.first", look.first, usual.first);
  keys.flag("app.second", look.second, usual.second);
  keys.flag("app.regions", look.regions, usual.regions);
  look.rows.pass(keys);
}

FunctionsScene::Look FunctionsScene::look() const {
  return {static_cast<int>(subject_),
          cursor_,
          axes_.x,
          axes_.y,
          show_first_,
          show_second_,
          show_regions_,
          rows_};
}

void FunctionsScene::list_keys(LinkKeys& keys) const {
  keys.text(kFunctions, {}, nullptr);
  Look usual;
  pass(keys, usual);
}

std::string FunctionsScene::link() const {
  Chain functions;
  for (const FunctionChoice& choice : chosen_)
    functions.push_back({choice.activation, choice.params});
  LinkKeys keys;
  Look shown = look();
  pass(keys, shown);
  return "v=1&" + std::string(kFunctions) + "=" + functions_text(functions, formulas_) +
         keys.written();
}

Complaint FunctionsScene::open(std::string_view link) {
  Look look;
  LinkKeys keys(link);
  keys.only_these();
  pass(keys, look);
  Chain functions;
  for (const char* id : kUsual) {
    functions.push_back({find_activation(id), find_activation(id)->default_params()});
  }
  keys.text(kFunctions, {}, [&](std::string_view text) -> std::optional<Error> {
    if (keys.error()) return std::nullopt;  // so that no formula is added in vain
    Result<Chain> read = functions_from_text(kFunctions, text, check_functions, formulas_);
    if (!read) return read.error();
    functions = std::move(read.value());
    return std::nullopt;
  });
  if (keys.error()) return *keys.error();
  complaint_.clear();
  chosen_.clear();
  for (const ChainLayer& layer : functions) chosen_.push_back({layer.activation, layer.params});
  subject_ = static_cast<size_t>(look.subject);
  cursor_ = look.cursor;
  axes_.x = look.x;
  axes_.y = look.y;
  show_first_ = look.first;
  show_second_ = look.second;
  show_regions_ = look.regions;
  rows_ = std::move(look.rows);
  return {};
}

std::span<const ScenePart> FunctionsScene::parts() {
  static constexpr ScenePart kParts[] = {
      {"title", Str::part_title},     {"choose", Str::part_choose}, {"formula", Str::formula_group},
      {"rows", Str::part_rows},       {"plot", Str::part_plot},     {"options", Str::part_options},
      {"details", Str::part_details},
  };
  return kParts;
}

}  // namespace lab
