#include <algorithm>

#include "app/scenes/functions/functions_scene.h"
#include "app/ui/flow.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kSpace = 8, kGroupLabel = 168;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Whether the text occurs in the function's id or in one of its names, whatever the case.
template <class Function>
bool matches(const Function& function, std::string_view search) {
  const auto contains = [&](std::string_view text) {
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    // Not std::ranges::search, which clang 14 cannot compile.
    return search.empty() ||
           std::search(text.begin(), text.end(), search.begin(), search.end(), same) != text.end();
  };
  return contains(function.id) || contains(function.name.en) || contains(function.name.zh);
}

}  // namespace

void FunctionsScene::draw_chip(Ui& ui, ImVec2 at, const Activation& activation) {
  const size_t index = place_of(activation);
  const bool on = index < chosen_.size();
  std::optional<ImU32> mark;
  if (on) mark = series_colour(ui.theme, index);
  const bool clicked = chip(ui, "functions.choose." + std::string(activation.id), at,
                            activation.name.in(ui.language), on, mark);
  if (clicked) {
    toggle(activation);
    ui.keep_moving();
  }
}

void FunctionsScene::draw_row_chip(Ui& ui, ImVec2 at, const RowActivation& function) {
  const bool on = rows_.function() == &function;
  if (!chip(ui, "functions.choose." + std::string(function.id), at, function.name.in(ui.language),
            on)) {
    return;
  }
  rows_.show(on ? nullptr : &function);
  ui.keep_moving();
}

// All functions by group, as chips that are on or off.
float FunctionsScene::draw_chips(Ui& ui, ImVec2 at, float width, bool with_rows) {
  const bool labels_beside = width > 900;
  const float inset = labels_beside ? kGroupLabel : 0;
  Flow flow({at.x + inset, at.y}, width - inset, kControlHeight, {kSpace, kSpace});
  std::string_view group;
  // Places a chip of a group, under the group's name where it is the first.
  const auto place = [&](std::string_view name, float needed) {
    if (name != group) {
      if (!group.empty()) flow.next_row();
      group = name;
      ui.text({at.x, flow.row_top() + (labels_beside ? 5.0f : 0.0f)}, style::caption_strong,
              Tone::muted, name);
      if (!labels_beside) flow.move_down(ui.line_height(style::caption_strong) + 2);
    }
    return flow.place(needed);
  };
  const std::vector<FunctionChoice> chosen = chosen_;  // chips are laid out by one state
  for (const Activation& activation : activations()) {
    if (!matches(activation, search_)) continue;
    const bool on = std::ranges::any_of(
        chosen, [&](const FunctionChoice& choice) { return choice.activation == &activation; });
    const float needed = chip_width(ui, activation.name.in(ui.language), on);
    draw_chip(ui, place(group_name(activation.group).in(ui.language), needed), activation);
  }
  for (const RowActivation& function : row_activations()) {
    if (!with_rows || !matches(function, search_)) continue;
    const float needed = chip_width(ui, function.name.in(ui.language), false);
    draw_row_chip(ui, place(ui.tr(Str::functions_rows), needed), function);
  }
  if (group.empty()) ui.text(at, style::body, Tone::muted, ui.tr(Str::functions_none_found));
  return flow.bottom() - at.y;
}

// On a phone: what is chosen, and a menu for more.
float FunctionsScene::draw_chosen(Ui& ui, ImVec2 at, float width, bool with_rows) {
  Flow flow(at, width, kControlHeight, {kSpace, kSpace});
  const std::vector<FunctionChoice> chosen = chosen_;
  for (const FunctionChoice& choice : chosen) {
    if (choice.activation->custom) continue;  // stands among the person's own formulas
    const float needed = chip_width(ui, choice.activation->name.in(ui.language), true);
    draw_chip(ui, flow.place(needed), *choice.activation);
  }
  if (const RowActivation* function = with_rows ? rows_.function() : nullptr) {
    draw_row_chip(ui, flow.place(chip_width(ui, function->name.in(ui.language), false)), *function);
  }
  const std::string_view add = ui.tr(Str::functions_add);
  const float needed = button_width(ui, add, {.icon = Icon::plus});
  const ImVec2 pen = flow.place(needed);
  const bool pressed = button(ui, "functions.add", pen, add, {.icon = Icon::plus});
  ui.last_control().expanded = is_menu_open("functions.add.menu");
  if (pressed) open_menu("functions.add.menu");
  std::vector<Choice> choices;
  for (const Activation& row : activations()) choices.push_back({row.id, row.name.in(ui.language)});
  for (const RowActivation& row : row_activations()) {
    if (with_rows) choices.push_back({row.id, row.name.in(ui.language)});
  }
  const ImRect anchor(pen, {pen.x + needed, pen.y + kControlHeight});
  if (const auto picked = menu(ui, "functions.add.menu", anchor, choices, choices.size())) {
    const size_t curves = activations().size();
    if (*picked < curves) {
      choose_or_complain(activations()[*picked]);
    } else {
      rows_.show(&row_activations()[*picked - curves]);
    }
    ui.keep_moving();
  }
  return flow.bottom() - at.y;
}

}  // namespace lab
