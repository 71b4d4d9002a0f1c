#include <algorithm>
#include <cmath>
#include <utility>

#include "app/plot/formula.h"
#include "app/plot/screen_canvas.h"
#include "app/scenes/tensor/tensor_scene.h"
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

}  // namespace

std::vector<TensorScene::TraceStep> TensorScene::trace_steps(const Ui& ui) const {
  const size_t offset = model_.offset(focus_);
  const Chain& chain = model_.document().chain;
  const auto value = [&](size_t stage) { return model_.stages()[stage].data[offset]; };
  const auto slope = [&](size_t stage) { return model_.gradients()[stage].data[offset]; };
  const std::string place =
      "[" + std::to_string(focus_.row) + "," + std::to_string(focus_.column) + "]";

  std::vector<TraceStep> steps;
  const auto add = [&](std::string name, std::string formula, std::string spoken) {
    steps.push_back({std::move(name), std::move(formula), std::move(spoken), false, {}, {}});
  };
  if (!gradient_) {
    add(std::string(ui.tr(Str::tensor_input)), "x" + place + " = " + tex(value(0)),
        "x = " + number_text(static_cast<double>(value(0))));
    for (size_t k = 0; k < chain.size(); ++k) {
      add(std::string(chain[k].activation->name.in(ui.language)),
          with_numbers(chain[k], chain[k].activation->tex, value(k)) + " = " + tex(value(k + 1)),
          number_text(static_cast<double>(value(k + 1))));
    }
  } else {
    add(std::string(ui.tr(Str::tensor_output)),
        "\\frac{\\partial S}{\\partial y} = " + tex(slope(chain.size())),
        number_text(static_cast<double>(slope(chain.size()))));
    for (size_t k = chain.size(); k-- > 0;) {
      const float upstream = slope(k + 1);
      const float local = model_.slope(k, focus_);
      const bool blocked = model_.blocked(k, focus_);
      const std::string name(chain[k].activation->name.in(ui.language));
      add(blocked ? name + " · " + std::string(ui.tr(Str::trace_blocked)) : name,
          tex(upstream) + " \\cdot f'(" + tex(value(k)) + ") = " + tex(upstream) + " \\cdot " +
              (local < 0 ? "(" + tex(local) + ")" : tex(local)) + " = " + tex(slope(k)),
          number_text(static_cast<double>(slope(k))));
      steps.back().blocked = blocked;
    }
  }
  return steps;
}

// Places the steps side by side, on as many lines as they need. Returns their height.
float TensorScene::lay_out_trace(const Ui& ui, ImVec2 at, float width) {
  trace_ = trace_steps(ui);
  const float line_height = ui.line_height(style::caption) + 60, right = at.x + width;
  ImVec2 pen = at;
  for (size_t i = 0; i < trace_.size(); ++i) {
    TraceStep& step = trace_[i];
    step.box = typeset(ui.type(), kMathSize, step.formula);
    const float room = width - (i > 0 ? kStepGap : 0);
    if (step.box.width > room) {
      const float size = std::max(9.0f, kMathSize * room / step.box.width);
      step.box = typeset(ui.type(), size, step.formula);
    }
    const float step_width =
        std::max(step.box.width, ui.type().width(style::caption, step.name));
    if (i > 0 && pen.x + kStepGap + step_width > right && pen.x > at.x) {
      pen = {at.x, pen.y + line_height + kLineGap};
    }
    if (i > 0) pen.x += kStepGap;
    step.at = pen;
    pen.x += step_width;
  }
  trace_part_ = {at, {right, pen.y + line_height}};
  return trace_part_.GetHeight();
}

void TensorScene::paint_trace(const Ui& ui, Canvas& canvas) const {
  const float line = ui.line_height(style::caption);
  const Stroke stroke{ui.tone(Tone::muted), 1.5f};
  for (size_t i = 0; i < trace_.size(); ++i) {
    const TraceStep& step = trace_[i];
    const float middle = step.at.y + line + 30;
    if (i > 0) {
      const ImVec2 tip{step.at.x - 14, middle};
      const ImVec2 head[] = {{tip.x - 5, tip.y - 4}, tip, {tip.x - 5, tip.y + 4}};
      canvas.line({step.at.x - kStepGap + 10, middle}, tip, stroke);
      canvas.polyline(head, stroke);
    }
    canvas.text({step.at.x, step.at.y + line / 2}, style::caption,
                ui.tone(step.blocked ? Tone::negative : Tone::muted), step.name);
    draw_formula(canvas, {step.at.x, std::round(middle + kMathSize * 0.25f)}, ui.tone(Tone::text),
                 step.box);
  }
}

// The traced number's way through every layer, with the numbers put into the formulas; when
// gradients are shown, the way of the gradient back.
float TensorScene::draw_trace(Ui& ui, ImVec2 at, float width) {
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
  pen.y += lay_out_trace(ui, pen, width - 2 * kPad);
  ScreenCanvas canvas(list, ui.type());
  paint_trace(ui, canvas);
  std::string spoken;
  for (const TraceStep& step : trace_) spoken += (spoken.empty() ? "" : " → ") + step.spoken;
  const ImRect rect(at, {at.x + width, pen.y + 8});
  ui.record("tensor.trace", rect, Role::text, ui.tr(Str::trace_title), spoken);
  list->ChannelsSetCurrent(0);
  panel(ui, rect);
  list->ChannelsMerge();
  return rect.GetHeight();
}

}  // namespace lab
