#include <algorithm>
#include <cmath>

#include "app/scenes/functions/functions_scene.h"
#include "app/ui/number.h"

namespace lab {
namespace {

// Written so that what is a pixel away on an axis of that length reads differently.
std::string text_along(const Span& span, float length, float value) {
  const double number = static_cast<double>(value);
  const double pixel = span.length() / static_cast<double>(std::max(length, 1.0f));
  return number_text(number, digits_apart(number, pixel));
}

}  // namespace

bool FunctionsScene::shows_cursor() const {
  const float x = axes_.screen_x(static_cast<double>(cursor_));
  return !chosen_.empty() && x >= axes_.rect.Min.x && x <= axes_.rect.Max.x;
}

// A line at the cursor, and a dot on every curve.
void FunctionsScene::paint_cross_hair(const Ui& ui, Canvas& canvas) const {
  if (!shows_cursor()) return;
  const float x = axes_.screen_x(static_cast<double>(cursor_));
  canvas.line({x, axes_.rect.Min.y}, {x, axes_.rect.Max.y}, {ui.tone(Tone::text), 1});
  for (size_t i = 0; i < chosen_.size(); ++i) {
    const float value = evaluate(chosen_[i], Order::value, cursor_);
    const ImVec2 dot = axes_.place(static_cast<double>(cursor_), static_cast<double>(value));
    if (dot.y <= axes_.rect.Min.y || dot.y >= axes_.rect.Max.y) continue;
    canvas.dot(dot, 4.5f, series_colour(ui.theme, i), 2, ui.tone(Tone::raised));
  }
}

std::string FunctionsScene::cursor_text() const {
  return text_along(axes_.x, axes_.rect.GetWidth(), cursor_);
}

std::string FunctionsScene::value_text(float value) const {
  return text_along(axes_.y, axes_.rect.GetHeight(), value);
}

// All values at the cursor; `roomy`: with their errors.
FunctionsScene::ReadOut FunctionsScene::read_out(const Ui& ui, bool roomy) const {
  const TextStyle style = style::caption;
  const auto text = [this](float value) {
    return std::isnan(value) ? std::string("–") : value_text(value);
  };
  ReadOut result;
  result.lines = {"x = " + cursor_text()};
  float width = ui.type().width(style, result.lines[0]);
  for (const FunctionChoice& choice : chosen_) {
    std::string line(choice.activation->name.in(ui.language));
    const float value = evaluate(choice, Order::value, cursor_);
    line += "   f = " + text(value);
    if (roomy && std::isfinite(value))
      line += " (" + number_text(error_in_ulp(choice, cursor_), 2) + " ULP)";
    line += "   f′ = " + text(evaluate(choice, Order::first, cursor_));
    if (show_second_) line += "   f″ = " + text(evaluate(choice, Order::second, cursor_));
    width = std::max(width, ui.type().width(style, line) + 16);
    result.lines.push_back(std::move(line));
  }
  const auto count = static_cast<float>(result.lines.size());
  result.size = {width + 20, count * ui.line_height(style) + 12};
  return result;
}

// Where a card of that size stands beside the cursor: off the names if it can be.
ImVec2 FunctionsScene::card_corner(ImVec2 size) const {
  const float x = axes_.screen_x(static_cast<double>(cursor_));
  const ImRect& plot = axes_.rect;
  const float bottom = plot.Max.y - 28 - size.y;
  for (const float y : {bottom, plot.Min.y + 8}) {
    for (const float left : {x + 12, x - 12 - size.x}) {
      const ImRect card(left, y, left + size.x, y + size.y);
      if (left < plot.Min.x || card.Max.x > plot.Max.x) continue;
      const auto covers = [&](const ImRect& name) { return name.Overlaps(card); };
      if (std::ranges::none_of(names_, covers)) return card.Min;
    }
  }
  const bool fits = x + 12 + size.x <= plot.Max.x;
  return {std::max(fits ? x + 12 : x - 12 - size.x, plot.Min.x + 4), bottom};
}

void FunctionsScene::paint_read_out(const Ui& ui, Canvas& canvas, const ReadOut& values,
                                    ImVec2 corner) const {
  const float leading = ui.line_height(style::caption);
  canvas.fill_rect(corner, {corner.x + values.size.x, corner.y + values.size.y},
                   faded(ui.tone(Tone::surface), 0.94f), 6);
  for (size_t i = 0; i < values.lines.size(); ++i) {
    const float y = corner.y + 6 + (static_cast<float>(i) + 0.5f) * leading;
    if (i > 0) canvas.dot({corner.x + 14, y}, 4, series_colour(ui.theme, i - 1));
    canvas.text({corner.x + (i > 0 ? 26.0f : 10.0f), y}, style::caption, ui.tone(Tone::text),
                values.lines[i]);
  }
}

}  // namespace lab
