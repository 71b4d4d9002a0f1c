#include <algorithm>
#include <cmath>

#include "app/scenes/functions/functions_scene.h"
#include "app/ui/flow.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kSpace = 8, kGroupLabel = 168, kFieldWidth = 420;
constexpr size_t kMostGaps = 8;  // that are listed

}  // namespace

// The person's own formulas as chips, and the field for another one.
float FunctionsScene::draw_formula_entry(Ui& ui, ImVec2 at, float width) {
  const float top = at.y, right = at.x + width;
  const bool label_beside = width > 900;
  ui.text({at.x, at.y + (label_beside ? 5.0f : 0.0f)}, style::caption_strong, Tone::muted,
          ui.tr(Str::formula_group));
  if (!label_beside) at.y += ui.line_height(style::caption_strong) + 2;
  const float left = at.x + (label_beside ? kGroupLabel : 0);
  Flow flow({left, at.y}, right - left, kControlHeight, {kSpace, kSpace});
  const Activation* removed = nullptr;
  for (const auto& formula : formulas_.all()) {
    const Activation& row = formula->row();
    const std::string_view name = row.name.in(ui.language);
    const size_t index = place_of(row);
    const bool on = index < chosen_.size();
    const ImVec2 corner = flow.place(removable_chip_width(ui, name, on));
    const std::string id(row.id), remove = ui.tr(Str::formula_remove, {std::string(name)});
    const auto action =
        removable_chip(ui, "functions.choose." + id, corner, name, on,
                       on ? std::optional(series_colour(ui.theme, index)) : std::nullopt,
                       {.id = "functions.remove." + id, .label = remove});
    if (action == ChipAction::toggle) toggle(row);
    if (action == ChipAction::remove) removed = &row;
    if (action != ChipAction::none) ui.keep_moving();
  }
  if (removed) remove_formula(*removed);
  const std::string_view add = ui.tr(Str::formula_add);
  const float button_room = button_width(ui, add) + kSpace;
  const float field = std::min(kFieldWidth, right - left - button_room);
  ImVec2 pen = flow.place(field + button_room);
  const std::string before = draft_;
  const bool entered = text_field(ui, "functions.formula_field", pen, field,
                                  ui.tr(Str::formula_label), ui.tr(Str::formula_hint), draft_);
  if (draft_ != before) draft_complaint_.clear();  // it was about another text
  const bool pressed = button(ui, "functions.formula_add", {pen.x + field + kSpace, pen.y}, add);
  if (entered || pressed) {
    add_formula();
    ui.keep_moving();
  }
  pen.y += kControlHeight;
  if (draft_complaint_) {
    pen.y += 6;
    pen.y +=
        error_line(ui, "functions.formula_error", {left, pen.y}, right - left, draft_complaint_);
  }
  return pen.y - top;
}

// Takes the draft as a new function that is chosen at once; or says what is wrong and keeps the
// draft.
void FunctionsScene::add_formula() {
  const Result<const FormulaActivation*> made = formulas_.add(draft_);
  if (!made.ok()) {
    draft_complaint_ = made.error();
    return;
  }
  draft_.clear();
  draft_complaint_.clear();
  const Activation& row = made.value()->row();
  choose_or_complain(row);
}

// Off the list and out of the plot. Its text goes back to the field, for a change or a second
// thought.
void FunctionsScene::remove_formula(const Activation& row) {
  if (place_of(row) < chosen_.size()) toggle(row);
  formulas_.forget(row);
  if (draft_.empty()) draft_ = formulas_.find(row)->formula().text();
}

std::string FunctionsScene::check_text(const Ui& ui, const FormulaReport& report) const {
  std::string text = ui.tr(Str::formula_check_derivative,
                           {number_text(report.worst_disagreement, 2),
                            std::to_string(report.compared), number_text(report.worst_at, 3)});
  const auto add = [&](const std::string& more) {
    if (ui.language == Language::en) text += ' ';
    text += more;
  };
  std::string kinks;
  for (const FormulaKink& kink : report.kinks) {
    const bool pole = std::ranges::any_of(report.not_finite, [&](const FormulaInterval& gap) {
      return std::fabs(gap.from - kink.at) < 1e-6 * (1 + std::fabs(kink.at)) && gap.from == gap.to;
    });
    if (pole) continue;  // is told below
    kinks += (kinks.empty() ? "" : ", ") + number_text(kink.at, 4);
  }
  if (!kinks.empty()) add(ui.tr(Str::formula_check_kinks, {kinks}));
  std::string points;
  size_t listed = 0;
  for (const FormulaInterval& gap : report.not_finite) {
    if (++listed > kMostGaps) {
      points += ", …";
      break;
    }
    const std::string from = number_text(gap.from, 4), to = number_text(gap.to, 4);
    if (from == to) {
      points += (points.empty() ? "" : ", ") + from;
    } else {
      add(ui.tr(Str::formula_check_not_finite, {from, to}));
    }
  }
  if (!points.empty()) add(ui.tr(Str::formula_check_not_finite_at, {points}));
  return text;
}

}  // namespace lab
