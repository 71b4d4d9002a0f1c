#include <algorithm>
#include <cmath>

#include "app/scenes/tensor/tensor_scene.h"
#include "app/ui/math_text.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kPad = 20, kMathSize = 20, kStepGap = 44, kLineGap = 20;

std::string tex(float value) {
  return number_tex(static_cast<double>(value));
}

// The formula of a layer with the number put in for x and the parameters put in for their symbols.
std::string with_numbers(const ChainLayer& layer, std::string_view formula, float x) {
  std::string text = substitute(formula, "x", tex(x));
  for (size_t i = 0; i < layer.activation->params.size(); ++i) {
    text = substitute(text, layer.activation->params[i].symbol, tex(layer.params[i]));
  }
  return text;
}

// One step of the trace: what it is called above, what happens below.
struct Step {
  std::string name;
  std::string formula;
  std::string spoken;  // the step as plain text, for screen readers and tests
  bool blocked = false;
};

}  // namespace

// The traced number's way through every layer, with the numbers put into the formulas; when
// gradients are shown, the way of the gradient back.
float TensorScene::draw_trace(Ui& ui, ImVec2 at, float width) {
  const size_t offset = model_.offset(focus_);
  const Chain& chain = model_.document().chain;
  const auto value = [&](size_t stage) { return model_.stages()[stage].data[offset]; };
  const auto slope = [&](size_t stage) { return model_.gradients()[stage].data[offset]; };
  const std::string place =
      "[" + std::to_string(focus_.row) + "," + std::to_string(focus_.column) + "]";

  std::vector<Step> steps;
  if (!gradient_) {
    steps.push_back({std::string(ui.tr(Str::tensor_input)), "x" + place + " = " + tex(value(0)),
                     "x = " + number_text(static_cast<double>(value(0)))});
    for (size_t k = 0; k < chain.size(); ++k) {
      steps.push_back(
          {std::string(chain[k].activation->name.in(ui.language)),
           with_numbers(chain[k], chain[k].activation->tex, value(k)) + " = " + tex(value(k + 1)),
           number_text(static_cast<double>(value(k + 1)))});
    }
  } else {
    steps.push_back({std::string(ui.tr(Str::tensor_output)),
                     "\\frac{\\partial S}{\\partial y} = " + tex(slope(chain.size())),
                     number_text(static_cast<double>(slope(chain.size())))});
    for (size_t k = chain.size(); k-- > 0;) {
      const float upstream = slope(k + 1);
      const float local = model_.slope(k, focus_);
      const bool blocked = model_.blocked(k, focus_);
      const std::string name(chain[k].activation->name.in(ui.language));
      steps.push_back({blocked ? name + " · " + std::string(ui.tr(Str::trace_blocked)) : name,
                       tex(upstream) + " \\cdot f'(" + tex(value(k)) + ") = " + tex(upstream) +
                           " \\cdot " + (local < 0 ? "(" + tex(local) + ")" : tex(local)) + " = " +
                           tex(slope(k)),
                       number_text(static_cast<double>(slope(k))), blocked});
    }
  }

  ImDrawList* list = ui.list();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  ImVec2 pen{at.x + kPad, at.y + kPad};
  const float title_width = ui.text(pen, style::heading, Tone::text, ui.tr(Str::trace_title));
  const std::string_view hint = ui.tr(Str::trace_hint);
  const bool beside = title_width + 16 + ui.type().width(style::caption, hint) < width - 2 * kPad;
  if (beside) {
    ui.text({pen.x + title_width + 16, pen.y + 5}, style::caption, Tone::muted, hint);
    pen.y += ui.line_height(style::heading) + 12;
  } else {
    pen.y += ui.line_height(style::heading) + 2;
    pen.y += ui.paragraph(pen, width - 2 * kPad, style::caption, Tone::muted, hint) + 12;
  }
  const float left = pen.x, right = at.x + width - kPad;
  float line_height = 0;
  std::string spoken;
  for (size_t i = 0; i < steps.size(); ++i) {
    MathBox formula = typeset(ui.type(), kMathSize, steps[i].formula);
    const float room = right - left - (i > 0 ? kStepGap : 0);
    if (formula.width > room) {
      formula =
          typeset(ui.type(), std::max(9.0f, kMathSize * room / formula.width), steps[i].formula);
    }
    const float name_width = ui.type().width(style::caption, steps[i].name);
    const float step_width = std::max(formula.width, name_width);
    if (i > 0 && pen.x + kStepGap + step_width > right && pen.x > left) {
      pen = {left, pen.y + line_height + kLineGap};
      line_height = 0;
    }
    if (i > 0) {
      const float y = pen.y + ui.line_height(style::caption) + 30;
      list->AddLine({pen.x + 10, y}, {pen.x + kStepGap - 14, y}, ui.tone(Tone::muted), 1.5f);
      const ImVec2 head[] = {{pen.x + kStepGap - 19, y - 4},
                             {pen.x + kStepGap - 14, y},
                             {pen.x + kStepGap - 19, y + 4}};
      list->AddPolyline(head, 3, ui.tone(Tone::muted), 0, 1.5f);
      pen.x += kStepGap;
      spoken += " → ";
    }
    ui.text(pen, style::caption, steps[i].blocked ? Tone::negative : Tone::muted, steps[i].name);
    const float middle = pen.y + ui.line_height(style::caption) + 30;
    draw_math(ui.type(), list, {pen.x, std::round(middle + kMathSize * 0.25f)}, ui.tone(Tone::text),
              formula);
    spoken += steps[i].spoken;
    line_height = std::max(line_height, ui.line_height(style::caption) + 60);
    pen.x += step_width;
  }
  pen.y += line_height;
  const ImRect rect(at, {at.x + width, pen.y + 8});
  ui.record("tensor.trace", rect, Role::text, ui.tr(Str::trace_title), spoken);
  list->ChannelsSetCurrent(0);
  panel(ui, rect);
  list->ChannelsMerge();
  return rect.GetHeight();
}

}  // namespace lab
