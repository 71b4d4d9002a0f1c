#include "app/scenes/train/collapse_view.h"

#include <algorithm>
#include <cmath>

#include "app/ui/math_text.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr size_t kMostOutputs = 4;

// Leaky ReLU's slope that a layer amounts to, if any: 1 for the identity, 0 for ReLU.
std::optional<float> leak_of(const Experiment::Layer& layer) {
  if (layer.activation == "identity") return 1.0f;
  if (layer.activation == "relu") return 0.0f;
  if (layer.activation != "leaky_relu") return std::nullopt;
  const auto found = layer.params.find("negative_slope");
  return found == layer.params.end() ? 0.01f : static_cast<float>(found->second);
}

}  // namespace

void CollapseView::look() {
  if (seen_ == model_.revision()) return;
  seen_ = model_.revision();
  collapse_ = collapse(model_.trainer(), extent_of(model_.document()));
}

std::vector<double> CollapseView::line() const {
  const Experiment& e = model_.document();
  const bool plain = e.features == std::vector<std::string>{"x", "y"} && e.network.outputs == 1;
  if (!plain || collapse_.weights.size() != 2) return {};
  return {collapse_.weights[0], collapse_.weights[1], collapse_.bias[0]};
}

float CollapseView::draw(Ui& ui, ImVec2 at, float width) {
  look();
  const float top = at.y;
  at.y += ui.paragraph(at, std::min(width, 680.0f), style::body, Tone::text,
                       ui.tr(Str::train_collapse_lead)) +
          12;
  at.y += draw_numbers(ui, at, width) + 12;
  at.y += draw_leak(ui, at, width);
  return at.y - top;
}

float CollapseView::draw_numbers(Ui& ui, ImVec2 at, float width) const {
  const float top = at.y;
  const auto& names = model_.document().features;
  const size_t inputs = names.size(), outputs = collapse_.bias.size();
  for (size_t o = 0; o < std::min(outputs, kMostOutputs); ++o) {
    const std::string number = outputs == 1 ? "" : std::to_string(o + 1);
    std::string tex = outputs == 1 ? "z = " : "z_{" + number + "} = ";
    std::string spoken = "z" + number + " = ";
    for (size_t i = 0; i < inputs; ++i) {
      const double w = collapse_.weights[o * inputs + i];
      const Feature& feature = *find_feature(names[i]);
      tex += (i == 0 ? (w < 0 ? "-" : "") : w < 0 ? " - " : " + ");
      spoken += (i == 0 ? (w < 0 ? "−" : "") : w < 0 ? " − " : " + ");
      tex += number_tex(std::fabs(w), 3) + " \\, " + std::string(feature.tex);
      spoken += number_text(std::fabs(w), 3) + " " + std::string(feature.text);
    }
    const double b = collapse_.bias[o];
    tex += (b < 0 ? " - " : " + ") + number_tex(std::fabs(b), 3);
    spoken += (b < 0 ? " − " : " + ") + number_text(std::fabs(b), 3);
    const MathBox box = typeset_within(ui.type(), 18, width, tex);
    draw_math(ui.type(), ui.list(), {at.x, at.y + box.ascent + 2}, ui.tone(Tone::text), box);
    ui.record("train.collapse.map." + std::to_string(o),
              {at, {at.x + box.width, at.y + box.height()}}, Role::text, ui.tr(Str::train_collapse),
              spoken);
    at.y += box.height() + 8;
  }
  const double difference = collapse_.largest_difference;
  const std::string text = ui.tr(Str::train_collapse_difference, {number_text(difference, 3)});
  const float height = ui.paragraph(at, width, style::strong, Tone::text, text);
  ui.record("train.collapse.difference", {at, {at.x + width, at.y + height}}, Role::text, text,
            number_text(difference, 3));
  return at.y + height - top;
}

// A slider that turns every hidden layer from the identity into ReLU, slope by slope.
float CollapseView::draw_leak(Ui& ui, ImVec2 at, float width) {
  const float top = at.y;
  const auto& hidden = model_.document().network.hidden;
  if (hidden.empty()) {
    return ui.paragraph(at, width, style::caption, Tone::muted, ui.tr(Str::train_collapse_none));
  }
  const float now = leak_of(hidden.front()).value_or(1);
  const bool leaks = std::ranges::all_of(
      hidden, [&](const Experiment::Layer& layer) { return leak_of(layer) == now; });
  const std::string label(ui.tr(Str::train_collapse_leak));
  ui.text(at, style::body, Tone::text, label);
  const float room = std::min(width, 420.0f);
  const bool straight = std::ranges::all_of(
      hidden, [](const Experiment::Layer& layer) { return leak_of(layer).has_value(); });
  const std::string shown =
      leaks ? number_text(static_cast<double>(now), 2)
            : std::string(ui.tr(straight ? Str::train_collapse_differ : Str::train_collapse_other));
  const float shown_width = ui.type().width(style::body, shown);
  // On a phone words stand below the label.
  if (ui.type().width(style::body, label) + 12 + shown_width > room) {
    at.y += ui.line_height(style::body);
  }
  ui.text({at.x + room - shown_width, at.y}, style::body, Tone::muted, shown);
  at.y += ui.line_height(style::body) + 2;
  // From left to right the network bends more and more. Where the layers differ, the middle says
  // least.
  const float place = leaks ? 1 - now : 0.5f;
  const DragResult drag =
      slider(ui, "train.collapse.leak", {at, {at.x + room, at.y + 24}}, label, place, 0, 1);
  ui.last_control().value = shown;
  if (drag.value != place) {
    view_.later([this, slope = 1 - drag.value] {
      model_.edit(
          [&](Experiment& e) {
            for (Experiment::Layer& layer : e.network.hidden) {
              layer.activation = "leaky_relu";
              layer.params = {
                  {"negative_slope", std::round(static_cast<double>(slope) * 100) / 100}};
            }
          },
          true);
    });
  }
  if (drag.ended) model_.end_gesture();
  at.y += 28;
  at.y +=
      ui.paragraph(at, width, style::caption, Tone::muted, ui.tr(Str::train_collapse_leak_help));
  return at.y - top;
}

}  // namespace lab
