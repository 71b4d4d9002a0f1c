#include "app/scenes/functions/functions_scene.h"

#include <algorithm>
#include <cmath>

#include "app/ui/number.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kGap = 24, kDetailWidth = 400;

}  // namespace

FunctionsScene::FunctionsScene(FormulaLibrary& formulas) : formulas_(formulas) {
  for (const char* id : kUsual) toggle(*find_activation(id));
  reset_view();
}

void FunctionsScene::reset_view() {
  axes_.x = {-6, 6};
  axes_.y = {-1.25, 3.25};
}

const FunctionChoice* FunctionsScene::subject() const {
  return chosen_.empty() ? nullptr : &chosen_[std::min(subject_, chosen_.size() - 1)];
}

// A function that is not chosen comes in and becomes the subject; a chosen one becomes the subject,
// and goes when it already was.
void FunctionsScene::toggle(const Activation& activation) {
  const auto found = std::ranges::find_if(
      chosen_, [&](const FunctionChoice& choice) { return choice.activation == &activation; });
  const auto index = static_cast<size_t>(found - chosen_.begin());
  if (found == chosen_.end()) {
    if (chosen_.size() == kMostChosen) chosen_.erase(chosen_.begin());
    chosen_.push_back({&activation, activation.default_params()});
    subject_ = chosen_.size() - 1;
  } else if (index != subject_) {
    subject_ = index;
  } else {
    chosen_.erase(found);
    subject_ = chosen_.empty() ? 0 : std::min(subject_, chosen_.size() - 1);
  }
}

float FunctionsScene::draw(Ui& ui, const SceneFrame& frame) {
  measure(frame.platform);
  ImVec2 at = frame.top_left;
  if (const float height = draw_heading(ui, frame, at); height > 0) at.y += height + 16;
  at.y += error_line(ui, "functions.error", at, frame.width, link_error_);
  if (const float height = draw_choosing(ui, frame, at); height > 0) at.y += height + kGap;
  const bool plot = frame.shows("plot"), details = frame.shows("details");
  const bool beside = frame.width >= 940 && plot && details;
  const float plot_width = beside ? frame.width - kDetailWidth - kGap : frame.width;
  const float plot_height = plot ? draw_plot_panel(ui, frame, at, plot_width) : 0;
  if (!details) return at.y + plot_height - frame.top_left.y;
  if (!beside) {
    if (plot) at.y += plot_height + kGap;
    return at.y + draw_details(ui, at, frame.width) - frame.top_left.y;
  }
  const float height = draw_details(ui, {at.x + frame.width - kDetailWidth, at.y}, kDetailWidth);
  return at.y + std::max(plot_height, height) - frame.top_left.y;
}

// The functions there are, and the field for a formula.
float FunctionsScene::draw_choosing(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const float top = at.y;
  const bool choose = frame.shows("choose"), formula = frame.shows("formula");
  const bool narrow = frame.width < 640;
  if (choose) {
    at.y += narrow ? draw_chosen(ui, at, frame.width) : draw_chips(ui, at, frame.width);
    if (formula) at.y += 8;
  }
  if (formula) at.y += draw_formula_entry(ui, at, frame.width);
  return at.y - top;
}

float FunctionsScene::draw_heading(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  constexpr float search_width = 240;
  const float top = at.y;
  const bool title = frame.shows("title");
  const bool search = frame.shows("choose") && frame.width >= 640;
  const bool beside = frame.width > 760 && search;
  const float width = beside ? std::min(frame.width - search_width - kGap, 620.0f) : frame.width;
  if (title) {
    at.y += ui.paragraph(at, width, style::title, Tone::text, ui.tr(Str::functions_title)) + 4;
    at.y += ui.paragraph(at, width, style::body, Tone::muted, ui.tr(Str::functions_lead));
  }
  if (!search) return at.y - top;
  ImVec2 field{at.x + frame.width - search_width, at.y - kControlHeight};
  if (!beside || !title) {
    field = {at.x, title ? at.y + 12 : at.y};
    at.y = field.y + kControlHeight;
  }
  text_field(ui, "functions.search", field, search_width, ui.tr(Str::functions_search),
             ui.tr(Str::functions_search), search_);
  return at.y - top;
}

// Measures when the subject changed: the kernel over 4,096 values, again and again.
void FunctionsScene::measure(const Platform& platform) {
  const FunctionChoice* choice = subject();
  if (choice == nullptr || measured_ == *choice) return;
  const bool same_function = measured_ && measured_->activation == choice->activation;
  measured_ = *choice;
  mean_ = mean_of_normal(*choice);
  if (same_function) return;  // parameters change its values, not what they cost
  constexpr size_t count = 4096;
  // Browsers' clocks tick coarsely: passes go on until they have taken a while.
  constexpr double least = 1e-3;  // seconds
  constexpr int passes = 16, most_rounds = 64;
  std::vector<float> x(count), y(count);
  for (size_t i = 0; i < count; ++i) x[i] = 8 * static_cast<float>(i) / count - 4;
  const double start = platform.now();
  double passed = 0;
  int rounds = 0;
  while (passed < least && rounds < most_rounds) {
    for (int pass = 0; pass < passes; ++pass) choice->activation->evaluate(choice->params, x, y);
    ++rounds;
    passed = platform.now() - start;
  }
  cost_ns_ = passed / static_cast<double>(count * passes) / rounds * 1e9;
}

std::string FunctionsScene::sentence(Language language) const {
  const FunctionChoice* choice = subject();
  if (choice == nullptr) return std::string(tr(language, Str::see_functions_empty));
  const float value = evaluate(*choice, Order::value, cursor_);
  const float slope = evaluate(*choice, Order::first, cursor_);
  const auto text = [](float number) { return number_text(static_cast<double>(number)); };
  std::string sentence =
      tr(language, Str::see_function_at,
         {text(cursor_), choice->activation->name.in(language), text(value), text(slope)});
  if (language == Language::en) sentence += ' ';
  sentence += tr(language, slope == 0                           ? Str::see_function_dead
                           : std::fabs(slope) < kSaturatedSlope ? Str::see_function_saturated
                                                                : Str::see_function_alive);
  return sentence;
}

void FunctionsScene::write_state(JsonWriter& json) const {
  json.key("functions").begin_array();
  for (const FunctionChoice& choice : chosen_) {
    json.begin_object().member("activation", choice.activation->id);
    json.key("params").begin_object();
    for (size_t i = 0; i < choice.activation->params.size(); ++i) {
      json.member(choice.activation->params[i].id, choice.params[i]);
    }
    json.end_object().end_object();
  }
  json.end_array();
  const FunctionChoice* choice = subject();
  json.member("subject", choice == nullptr ? std::string_view() : choice->activation->id);
  json.member("cursor", cursor_);
  if (choice != nullptr) {
    json.member("value", evaluate(*choice, Order::value, cursor_));
    json.member("slope", evaluate(*choice, Order::first, cursor_));
  }
  json.key("x").begin_array().value(axes_.x.min).value(axes_.x.max).end_array();
  json.key("y").begin_array().value(axes_.y.min).value(axes_.y.max).end_array();
  json.member("first", show_first_).member("second", show_second_);
  json.member("regions", show_regions_);
}

}  // namespace lab
