#include "app/training/field_editor.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "app/ui/widgets.h"
#include "core/json/json_value.h"
#include "core/text_number.h"

namespace lab {
namespace {

// What PyTorch takes where an optional field is empty.
std::string fallback_text(std::string_view path, const Experiment& experiment) {
  if (path.ends_with("momentum")) return "0.9";
  if (path.ends_with("beta1")) return "0.9";
  if (path.ends_with("beta2")) {
    return experiment.training.optimizer.kind == "rmsprop" ? "0.99" : "0.999";
  }
  if (path.ends_with("weightDecay")) return "0.01";
  return "";
}

std::optional<std::string> choice_editor(Ui& ui, std::string_view id, const Field& field,
                                         const Experiment& experiment, ImVec2 at, float width) {
  std::vector<Choice> list;
  for (const std::string_view choice : choices(field)) {
    if (choice == "playground" && !experiment.playground) continue;
    list.push_back({choice, field.choice_name(list.size()).in(ui.language)});
  }
  const std::string now = field_text(field, experiment);
  const auto found = std::ranges::find(list, std::string_view(now), &Choice::id);
  const auto picked = select(ui, id, at, width, field.name.in(ui.language), list,
                             static_cast<size_t>(found - list.begin()));
  if (!picked) return std::nullopt;
  return std::string(list[*picked].id);
}

// The number one step up or down: rates by the usual 1–3–10, batches by doubling, others by one.
double stepped_number(const Field& field, double value, bool up) {
  const bool whole = field.type == FieldType::integer;
  if (whole && field.path == "training.batchSize") return up ? value * 2 : std::floor(value / 2);
  if (whole) return value + (up ? 1 : -1);
  if (value <= 0) return up ? 0.001 : 0.0;
  const double decade = std::pow(10.0, std::floor(std::log10(value) + 1e-9));
  const double digit = value / decade;
  if (up) return (digit < 2.99 ? 3 : 10) * decade;
  return (digit > 3.01 ? 3 : digit > 1.01 ? 1 : 0.3) * decade;
}

std::optional<std::string> number_editor(Ui& ui, std::string_view id, const Field& field,
                                         const Experiment& experiment, ImVec2 at, float width,
                                         bool helps) {
  const std::string_view name = field.name.in(ui.language);
  std::string now = field_text(field, experiment);
  if (now.empty()) now = fallback_text(field.path, experiment);
  std::optional<std::string> result = entry_field(ui, id, at, width - 44, name, now);
  if (result && result->starts_with('.')) result = "0" + *result;
  if (helps) ui.tooltip(field.help.in(ui.language));
  const double value = decimal_of(now);
  const auto tool = [&](bool up, float left) {
    const double next = std::clamp(stepped_number(field, value, up), field.min, field.max);
    const ImRect rect({left, at.y + 4}, {left + 22, at.y + 28});
    const std::string label = ui.tr(up ? Str::train_increase : Str::train_decrease, {name});
    if (icon_button(ui, std::string(id) + (up ? ".more" : ".less"), rect,
                    up ? Icon::plus : Icon::minus, label)) {
      result = compact_text(decimal_of(scientific_text(next, 9)));
    }
  };
  tool(false, at.x + width - 44);
  tool(true, at.x + width - 22);
  return result;
}

}  // namespace

double decimal_of(std::string_view text) {
  const std::string whole = text.starts_with('.') ? "0" + std::string(text) : std::string(text);
  return json_number(whole).value_or(std::numeric_limits<double>::quiet_NaN());
}

float field_editor_width(const Ui& ui, const Field& field) {
  constexpr float around = 40;  // of a choice: margins and arrow
  float width = field.type == FieldType::choice ? 132 : field.type == FieldType::flag ? 80 : 104;
  width = std::max(width, std::ceil(ui.type().width(style::caption, field.name.in(ui.language))));
  if (field.type != FieldType::choice) return width;
  const size_t count = choices(field).size();
  for (size_t i = 0; i < count; ++i) {
    const std::string_view name = field.choice_name(i).in(ui.language);
    width = std::max(width, std::ceil(ui.type().width(style::body, name)) + around);
  }
  return std::min(width, 216.0f);
}

std::optional<std::string> field_editor(Ui& ui, std::string_view id, const Field& field,
                                        const Experiment& experiment, ImVec2 at, float width,
                                        bool helps) {
  const std::string_view name = field.name.in(ui.language);
  ui.text(at, style::caption, Tone::muted, ui.type().fit(style::caption, width, name));
  at.y += ui.line_height(style::caption) + 2;
  if (field.type == FieldType::choice) return choice_editor(ui, id, field, experiment, at, width);
  if (field.type != FieldType::flag)
    return number_editor(ui, id, field, experiment, at, width, helps);
  const bool on = field_text(field, experiment) == "1";
  const bool pressed = checkbox(ui, id, at, ui.tr(on ? Str::train_on : Str::train_off), on);
  if (helps) ui.tooltip(field.help.in(ui.language));
  if (!pressed) return std::nullopt;
  return on ? "0" : "1";
}

}  // namespace lab
