#include <algorithm>
#include <cmath>

#include "app/scenes/functions/functions_scene.h"
#include "app/ui/math_text.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kPad = 20;

std::string interval(const ActivationRange& range) {
  const auto end = [](double value) { return number_text(value, 4); };
  return std::string(range.min_attained ? "[" : "(") + end(range.min) + ", " + end(range.max) +
         (range.max_attained ? "]" : ")");
}

Str side(bool left, bool right) {
  return left && right ? Str::side_both : left ? Str::side_left : right ? Str::side_right : Str::no;
}

Str bound(const ActivationTraits& traits) {
  if (traits.bounded_below && traits.bounded_above) return Str::yes;
  return traits.bounded_below   ? Str::bound_below
         : traits.bounded_above ? Str::bound_above
                                : Str::no;
}

}  // namespace

// All about the subject: formulas, parameters, properties, what it is good and bad at.
float FunctionsScene::draw_details(Ui& ui, ImVec2 at, float width) {
  const FunctionChoice* choice = subject();
  if (choice == nullptr) return 0;
  const Activation& activation = *choice->activation;
  ImDrawList* list = ui.list();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  const float inner = width - 2 * kPad;
  ImVec2 pen{at.x + kPad, at.y + kPad};
  if (chosen_.size() > 1) pen.y += draw_subjects(ui, pen, inner) + 12;
  list->AddCircleFilled({pen.x + 6, pen.y + ui.line_height(style::heading) / 2}, 6,
                        series_colour(ui.theme, std::min(subject_, chosen_.size() - 1)));
  ui.text({pen.x + 22, pen.y}, style::heading, Tone::text, activation.name.in(ui.language));
  pen.y += ui.line_height(style::heading);
  if (!activation.full_name.en.empty()) {
    pen.y +=
        ui.paragraph(pen, inner, style::caption, Tone::muted, activation.full_name.in(ui.language));
  }
  pen.y += 10;
  pen.y += draw_formulas(ui, pen, inner, activation) + 16;
  if (!activation.params.empty()) pen.y += draw_params(ui, pen, inner) + 16;
  const auto passage = [&](std::string_view id, Str title, const Localized& text) {
    if (text.en.empty()) return;
    const ImVec2 top = pen;
    ui.text(pen, style::caption_strong, Tone::muted, ui.tr(title));
    pen.y += ui.line_height(style::caption_strong) + 2;
    pen.y += ui.paragraph(pen, inner, style::body, Tone::text, text.in(ui.language));
    ui.record(id, {top, {top.x + inner, pen.y}}, Role::text, ui.tr(title), text.in(ui.language));
    pen.y += 14;
  };
  passage("functions.good", Str::functions_good, activation.good_at);
  passage("functions.bad", Str::functions_bad, activation.bad_at);
  if (formulas_.find(activation)) {
    const std::string check = check_text(ui, check_);
    passage("functions.check", Str::formula_check, {check, check});
  }
  pen.y += draw_properties(ui, pen, inner);
  const ImRect rect(at, {at.x + width, pen.y + kPad});
  list->ChannelsSetCurrent(0);
  panel(ui, rect);
  list->ChannelsMerge();
  return rect.GetHeight();
}

// A dot for each chosen function, to see which one is described and to have another described.
float FunctionsScene::draw_subjects(Ui& ui, ImVec2 at, float width) {
  constexpr float size = 28;
  const float room = width / static_cast<float>(chosen_.size());
  for (size_t i = 0; i < chosen_.size(); ++i) {
    const Activation& row = *chosen_[i].activation;
    const ImVec2 corner{at.x - 8 + static_cast<float>(i) * std::min(room, size + 4), at.y - 6};
    const ImRect rect(corner, {corner.x + size, corner.y + size});
    const std::string label = ui.tr(Str::functions_shown, {row.name.in(ui.language)});
    const Interaction state =
        ui.interact("functions.subject." + std::string(row.id), rect, Role::radio, label);
    const bool described = &chosen_[i] == subject();
    ui.last_control().value = described ? "true" : "false";
    const ImU32 colour = series_colour(ui.theme, i);
    if (state.hovered) ui.list()->AddCircleFilled(rect.GetCenter(), 13, ui.tone(Tone::hover));
    if (described) ui.list()->AddCircle(rect.GetCenter(), 10, colour, 0, 2);
    ui.list()->AddCircleFilled(rect.GetCenter(), 6, colour);
    ui.focus_ring(rect, 14);
    ui.tooltip(label);
    if (state.clicked) {
      subject_ = i;
      ui.keep_moving();
    }
  }
  return size - 12;
}

float FunctionsScene::draw_formulas(Ui& ui, ImVec2 at, float width, const Activation& activation) {
  const float top = at.y;
  for (const std::string& tex : {"f(x) = " + std::string(activation.tex),
                                 "f'(x) = " + std::string(activation.tex_derivative)}) {
    const MathBox box = typeset_within(ui.type(), 20, width, tex);
    draw_math(ui.type(), ui.list(), {at.x, std::round(at.y + box.ascent)}, ui.tone(Tone::text),
              box);
    at.y += box.height() + 12;
  }
  ui.record("functions.formula", {{at.x, top}, {at.x + width, at.y}}, Role::text,
            ui.tr(Str::functions_formula), activation.tex);
  return at.y - 12 - top;
}

float FunctionsScene::draw_params(Ui& ui, ImVec2 at, float width) {
  const float top = at.y;
  FunctionChoice& choice = chosen_[std::min(subject_, chosen_.size() - 1)];
  ui.text(at, style::caption_strong, Tone::muted, ui.tr(Str::functions_parameters));
  at.y += ui.line_height(style::caption_strong) + 2;
  for (size_t i = 0; i < choice.activation->params.size(); ++i) {
    const ActivationParamSpec& spec = choice.activation->params[i];
    const MathBox symbol = typeset(ui.type(), 18, spec.symbol);
    const float middle = at.y + kControlHeight / 2;
    draw_math(ui.type(), ui.list(), {at.x, std::round(middle + 5)}, ui.tone(Tone::text), symbol);
    const DragResult result =
        named_slider(ui, "functions.param." + std::string(spec.id), at, width,
                     spec.name.in(ui.language), choice.params[i], spec.min, spec.max);
    ui.tooltip(spec.name.in(ui.language));
    if (result.value != choice.params[i]) {
      choice.params[i] = result.value;
      ui.keep_moving();
    }
    at.y += kControlHeight;
  }
  return at.y - top;
}

float FunctionsScene::draw_properties(Ui& ui, ImVec2 at, float width) {
  const Activation& activation = *subject()->activation;
  const ActivationTraits& traits = activation.traits;
  const auto yes = [&](bool is) { return std::string(ui.tr(is ? Str::yes : Str::no)); };
  const float top = at.y;
  ui.text(at, style::caption_strong, Tone::muted, ui.tr(Str::functions_properties));
  at.y += ui.line_height(style::caption_strong) + 4;
  if (subject()->params != activation.default_params()) {
    const std::string note(ui.tr(Str::functions_properties_default));
    const float height = ui.paragraph(at, width, style::caption, Tone::muted, note);
    ui.record("functions.property.note", {at, {at.x + width, at.y + height}}, Role::text, note);
    at.y += height + 6;
  }
  const auto row = [&](std::string_view id, std::string_view name, std::string_view value) {
    ui.list()->AddLine({at.x, at.y}, {at.x + width, at.y}, ui.tone(Tone::line), ui.pixel());
    const float room = width - ui.type().width(style::caption, name) - 16;
    const std::string fitted = ui.type().fit(style::caption, room, value);
    const float middle = at.y + 14;
    ui.type().draw_middle(ui.list(), {at.x, middle}, style::caption, ui.tone(Tone::muted), name);
    ui.type().draw_middle(ui.list(),
                          {at.x + width - ui.type().width(style::caption, fitted), middle},
                          style::caption, ui.tone(Tone::text), fitted);
    ui.record("functions.property." + std::string(id), {at, {at.x + width, at.y + 28}}, Role::text,
              name, value);
    at.y += 28;
  };
  row("range", ui.tr(Str::functions_range), interval(activation.range));
  row("zero_centred", ui.tr(Str::functions_zero_centred), yes(traits.zero_centred));
  row("smooth", ui.tr(Str::functions_smooth), yes(traits.smooth));
  row("monotone", ui.tr(Str::functions_monotone), yes(traits.monotone));
  row("bounded", ui.tr(Str::functions_bounded), ui.tr(bound(traits)));
  row("saturates", ui.tr(Str::functions_saturates),
      ui.tr(side(traits.saturates_left, traits.saturates_right)));
  row("mean", ui.tr(Str::functions_mean),
      std::isfinite(mean_) ? number_text(std::fabs(mean_) < 1e-9 ? 0 : mean_) : "–");
  row("cost", ui.tr(Str::functions_cost),
      ui.tr(Str::functions_cost_value, {number_text(cost_ns_, 2)}));
  if (activation.custom == nullptr) {
    row("error", ui.tr(Str::functions_error),
        ui.tr(Str::functions_error_value, {number_text(activation.max_ulp.value, 3),
                                           number_text(activation.max_ulp.derivative, 3)}));
  }
  if (!activation.pytorch.empty()) row("pytorch", "PyTorch", activation.pytorch);
  if (!activation.jax.empty()) row("jax", "JAX", activation.jax);
  if (!activation.keras.empty()) row("keras", "Keras", activation.keras);
  return at.y - top;
}

}  // namespace lab
