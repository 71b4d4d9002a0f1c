#include "app/scenes/train/micro_view.h"

#include <algorithm>
#include <cmath>

#include "app/ui/math_text.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr size_t kMostUnits = 6, kMostTerms = 4, kMostWeights = 8;
constexpr float kFormula = 17;

std::string tex(double value) {
  return number_tex(value, 3);
}

// A number as a factor or a further term: negative ones in parentheses.
std::string factor(double value) {
  return value < 0 ? "(" + tex(value) + ")" : tex(value);
}

// The name of a unit's quantity: z_{2}, or z where there is only one.
std::string named(const char* symbol, size_t unit, size_t units) {
  return units == 1 ? std::string(symbol) : symbol + ("_{" + std::to_string(unit + 1) + "}");
}

}  // namespace

size_t MicroView::phases() const {
  return 2 * model_.trainer().plan().layers.size() + 3;
}

MicroView::Place MicroView::place() const {
  const size_t layers = model_.trainer().plan().layers.size();
  if (phase_ == 0) return {Phase::input, 0};
  if (phase_ <= layers) return {Phase::forward, phase_ - 1};
  if (phase_ == layers + 1) return {Phase::loss, 0};
  if (phase_ <= 2 * layers + 1) return {Phase::backward, 2 * layers + 1 - phase_};
  return {Phase::update, 0};
}

void MicroView::look() {
  const size_t count = model_.trainer().samples().train_count;
  sample_ %= std::max<size_t>(count, 1);
  phase_ = std::min(phase_, phases() - 1);
  if (seen_ == model_.revision() && seen_sample_ == sample_) return;
  seen_ = model_.revision();
  seen_sample_ = sample_;
  step_ = model_.trainer().micro_step(sample_);
}

float MicroView::draw(Ui& ui, ImVec2 at, float width) {
  look();
  const float top = at.y;
  at.y += draw_controls(ui, at, width) + 16;
  const std::string title = heading(ui);
  at.y += ui.paragraph(at, width, style::strong, Tone::text, title) + 8;
  ui.record("train.micro.phase", {{at.x, at.y - 24}, {at.x + width, at.y}}, Role::text, title,
            title);
  const Place now = place();
  switch (now.phase) {
    case Phase::input:
      at.y += draw_input(ui, at, width);
      break;
    case Phase::forward:
      at.y += draw_forward(ui, at, width, now.layer);
      break;
    case Phase::loss:
      at.y += draw_loss(ui, at, width);
      break;
    case Phase::backward:
      at.y += draw_backward(ui, at, width, now.layer);
      break;
    case Phase::update:
      at.y += draw_update(ui, at, width);
      break;
  }
  return std::max(at.y - top, 220.0f);  // what is below stays where it is
}

float MicroView::draw_controls(Ui& ui, ImVec2 at, float width) {
  const float left = at.x, top = at.y;
  const auto make_room = [&](float needed) {
    if (at.x + needed > left + width && at.x > left) at = {left, at.y + kControlHeight + 8};
  };
  const bool last = phase_ + 1 == phases();
  const std::string_view next = ui.tr(last ? Str::train_micro_apply : Str::train_micro_next);
  const std::string_view back = ui.tr(Str::train_micro_back), other = ui.tr(Str::train_micro_other);
  if (button(ui, "train.micro.back", at, back, {.enabled = phase_ > 0})) {
    view_.later([this] { --phase_; });
  }
  at.x += button_width(ui, back) + 8;
  const ButtonLook primary{.kind = ButtonKind::primary};
  make_room(button_width(ui, next, primary));
  if (button(ui, "train.micro.next", at, next, primary)) {
    view_.later([this, last] {
      model_.play(false);
      if (!last) return (void)++phase_;
      model_.set_parameters(step_.after);
      ++sample_;
      phase_ = 0;
    });
  }
  at.x += button_width(ui, next, primary) + 8;
  make_room(button_width(ui, other));
  if (button(ui, "train.micro.other", at, other)) {
    view_.later([this] {
      ++sample_;
      phase_ = 0;
    });
  }
  at.x += button_width(ui, other) + 16;
  const std::string count = std::to_string(phase_ + 1) + " / " + std::to_string(phases());
  make_room(ui.type().width(style::body, count));
  ui.text({at.x, at.y + 5}, style::body, Tone::muted, count);
  return at.y + kControlHeight - top;
}

std::string MicroView::heading(const Ui& ui) const {
  const Place now = place();
  const std::string layer = std::to_string(now.layer + 1);
  const bool output = now.layer + 1 == model_.trainer().plan().layers.size();
  switch (now.phase) {
    case Phase::input:
      return ui.tr(Str::train_micro_input, {std::to_string(sample_ + 1)});
    case Phase::forward:
      return output ? std::string(ui.tr(Str::train_micro_forward_output))
                    : ui.tr(Str::train_micro_forward, {layer});
    case Phase::loss:
      return std::string(ui.tr(Str::train_micro_loss));
    case Phase::backward:
      return output ? std::string(ui.tr(Str::train_micro_backward_output))
                    : ui.tr(Str::train_micro_backward, {layer});
    case Phase::update:
      return std::string(ui.tr(Str::train_micro_update));
  }
  return {};
}

// One line of mathematics, smaller where it would not fit.
float MicroView::formula(Ui& ui, ImVec2 at, float width, const std::string& text) const {
  MathBox box = typeset(ui.type(), kFormula, text);
  if (box.width > width)
    box = typeset(ui.type(), std::max(9.0f, kFormula * width / box.width), text);
  draw_math(ui.type(), ui.list(), {at.x, at.y + box.ascent + 4}, ui.tone(Tone::text), box);
  return box.height() + 12;
}

float MicroView::draw_input(Ui& ui, ImVec2 at, float width) const {
  std::string line;
  const auto& names = model_.document().features;
  for (size_t i = 0; i < step_.features.size(); ++i) {
    line += (i > 0 ? ",\\quad " : "") + std::string(find_feature(names[i])->tex) + " = " +
            tex(step_.features[i]);
  }
  std::string target;
  for (const double t : step_.target) target += (target.empty() ? "t = " : ",\\; ") + tex(t);
  const float top = at.y;
  at.y += formula(ui, at, width, line);
  at.y += formula(ui, at, width, target);
  at.y += ui.paragraph(at, width, style::body, Tone::muted, ui.tr(Str::train_micro_input_help));
  return at.y - top;
}

float MicroView::draw_forward(Ui& ui, ImVec2 at, float width, size_t layer) const {
  const train::Plan& plan = model_.trainer().plan();
  const train::LayerPlan& row = plan.layers[layer];
  const auto inputs = static_cast<size_t>(row.inputs), units = static_cast<size_t>(row.units);
  const std::vector<double>& weights = step_.before[plan.array_of(layer)];
  const float top = at.y;
  for (size_t u = 0; u < std::min(units, kMostUnits); ++u) {
    std::string line = named("z", u, units) + " = ";
    for (size_t i = 0; i < std::min(inputs, kMostTerms); ++i) {
      const double x = layer == 0 ? step_.features[i] : step_.layers[layer - 1].a[i];
      line += (i > 0 ? " + " : "") + factor(weights[u * inputs + i]) + " \\cdot " + factor(x);
    }
    if (inputs > kMostTerms) line += " + …";
    if (plan.bias) line += " + " + factor(step_.before[plan.array_of(layer) + 1][u]);
    line += " = " + tex(step_.layers[layer].z[u]);
    if (row.activation->id != "identity") {
      line += ",\\quad " + named("a", u, units) + " = f(" + tex(step_.layers[layer].z[u]) +
              ") = " + tex(step_.layers[layer].a[u]);
    }
    at.y += formula(ui, at, width, line);
  }
  if (units > kMostUnits) {
    at.y += ui.paragraph(at, width, style::caption, Tone::muted,
                         ui.tr(Str::train_micro_more, {std::to_string(units - kMostUnits)}));
  }
  return at.y - top;
}

float MicroView::draw_loss(Ui& ui, ImVec2 at, float width) const {
  const float top = at.y;
  const train::Plan& plan = model_.trainer().plan();
  const train::LayerTrace& out = step_.layers.back();
  const std::string loss = tex(step_.loss);
  std::string line = "L = " + loss;
  if (plan.outputs() == 1) {
    const double z = out.z[0], a = plan.output_in_loss ? out.a[0] : z, t = step_.target[0];
    if (plan.loss == Loss::bce) {
      const double p = 1 / (1 + std::exp(-z));
      line = "p = \\frac{1}{1 + e^{-z}} = " + tex(p) + ",\\quad L = -\\ln " +
             (t > 0.5 ? "p" : "(1 - p)") + " = " + loss;
    } else if (plan.loss == Loss::mse) {
      line = std::string(plan.playground ? "L = \\frac{1}{2}" : "L = ") + "(" + tex(a) + " - " +
             factor(t) + ")^{2} = " + loss;
    } else if (plan.loss == Loss::hinge) {
      line = "L = \\max(0,\\; 1 - " + factor(t) + " \\cdot " + factor(a) + ") = " + loss;
    }
  } else if (plan.loss == Loss::cross_entropy) {
    line = "L = -\\ln \\frac{e^{z_{t}}}{\\sum_{k} e^{z_{k}}} = " + loss;
  }
  at.y += formula(ui, at, width, line);
  at.y += ui.paragraph(at, width, style::body, Tone::muted, ui.tr(Str::train_micro_loss_help));
  return at.y - top;
}

float MicroView::draw_backward(Ui& ui, ImVec2 at, float width, size_t layer) const {
  const train::LayerTrace& trace = step_.layers[layer];
  const bool output = layer + 1 == step_.layers.size();
  const size_t units = trace.z.size();
  const float top = at.y;
  for (size_t u = 0; u < std::min(units, kMostUnits); ++u) {
    std::string line = "\\frac{\\partial L}{\\partial " + named("z", u, units) + "} = ";
    if (!output) {
      line += "\\frac{\\partial L}{\\partial " + named("a", u, units) + "} \\cdot f'(" +
              tex(trace.z[u]) + ") = " + factor(trace.arriving[u]) + " \\cdot " +
              factor(trace.slope[u]) + " = ";
    }
    at.y += formula(ui, at, width, line + tex(trace.gradient[u]));
  }
  if (units > kMostUnits) {
    at.y += ui.paragraph(at, width, style::caption, Tone::muted,
                         ui.tr(Str::train_micro_more, {std::to_string(units - kMostUnits)}));
  }
  const bool blocked = !output && std::ranges::any_of(trace.slope, [](double s) { return s == 0; });
  at.y += ui.paragraph(at, width, style::body, blocked ? Tone::warning : Tone::muted,
                       ui.tr(blocked ? Str::train_micro_blocked : Str::train_micro_backward_help));
  return at.y - top;
}

float MicroView::draw_update(Ui& ui, ImVec2 at, float width) const {
  const train::Plan& plan = model_.trainer().plan();
  const bool plain = plan.optimizer == OptimizerKind::sgd &&
                     plan.regularization == RegularizationKind::none && plan.clip_norm == 0;
  const float top = at.y;
  size_t shown = 0;
  for (size_t layer = plan.layers.size(); layer-- > 0 && shown < kMostWeights;) {
    const size_t array = plan.array_of(layer);
    const size_t count = step_.before[array].size();
    for (size_t i = 0; i < std::min<size_t>(count, 3) && shown < kMostWeights; ++i, ++shown) {
      const double before = step_.before[array][i], after = step_.after[array][i];
      const double gradient = step_.gradients[array][i];
      const auto inputs = static_cast<size_t>(plan.layers[layer].inputs);
      std::string line = "w^{(" + std::to_string(layer + 1) + ")}_{" +
                         std::to_string(i / inputs + 1) + "," + std::to_string(i % inputs + 1) +
                         "}: \\quad ";
      line += plain ? tex(before) + " - " + tex(step_.learning_rate) + " \\cdot " +
                          factor(gradient) + " = " + tex(after)
                    : tex(before) + " \\to " + tex(after) +
                          ",\\quad \\frac{\\partial L}{\\partial w} = " + tex(gradient);
      at.y += formula(ui, at, width, line);
    }
  }
  at.y += ui.paragraph(at, width, style::body, Tone::muted, ui.tr(Str::train_micro_update_help));
  return at.y - top;
}

}  // namespace lab
