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
  for (const char* id : kUsual) choose(*find_activation(id));
  reset_view();
}

void FunctionsScene::reset_view() {
  axes_.x = {-6, 6};
  axes_.y = {-1.25, 3.25};
}

const FunctionChoice* FunctionsScene::subject() const {
  return chosen_.empty() ? nullptr : &chosen_[std::min(subject_, chosen_.size() - 1)];
}

size_t FunctionsScene::place_of(const Activation& activation) const {
  const auto found = std::ranges::find(chosen_, &activation, &FunctionChoice::activation);
  return static_cast<size_t>(found - chosen_.begin());
}

// Makes a function the subject, and chooses it if it is not; false where there is no room for it.
bool FunctionsScene::choose(const Activation& activation) {
  const size_t index = place_of(activation);
  if (index == kMostChosen) return false;
  if (index == chosen_.size()) chosen_.push_back({&activation, activation.default_params()});
  subject_ = index;
  return true;
}

void FunctionsScene::choose_or_complain(const Activation& activation) {
  const bool room = choose(activation);
  complaint_ = room ? Complaint() : Complaint(Str::functions_most, {std::to_string(kMostChosen)});
}

// On or off. Whatever else was the subject stays it.
void FunctionsScene::toggle(const Activation& activation) {
  const size_t index = place_of(activation);
  if (index == chosen_.size()) return choose_or_complain(activation);
  complaint_.clear();
  chosen_.erase(chosen_.begin() + static_cast<std::ptrdiff_t>(index));
  const bool moves = index < subject_ || subject_ == chosen_.size();
  if (moves && subject_ > 0) --subject_;
}

float FunctionsScene::draw(Ui& ui, const SceneFrame& frame) {
  measure(frame.platform);
  ImVec2 at = frame.top_left;
  if (const float height = draw_heading(ui, frame, at); height > 0) at.y += height + 16;
  at.y += error_line(ui, "functions.error", at, frame.width, complaint_);
  if (const float height = draw_choosing(ui, frame, at); height > 0) at.y += height + kGap;
  if (rows_.function() && frame.shows("rows")) at.y += rows_.draw(ui, at, frame.width) + kGap;
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
    const bool rows = frame.shows("rows");
    at.y += narrow ? draw_chosen(ui, at, frame.width, rows) : draw_chips(ui, at, frame.width, rows);
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
  if (const FormulaActivation* own = formulas_.find(*choice->activation)) {
    check_ = own->report(choice->params);
  }
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
  std::string sentence = tr(
      language, Str::see_function_at,
      {cursor_text(), choice->activation->name.in(language), value_text(value), value_text(slope)});
  if (language == Language::en) sentence += ' ';
  sentence += tr(language, !std::isfinite(value)                ? Str::see_function_no_value
                           : !std::isfinite(slope)              ? Str::see_function_no_slope
                           : slope == 0                         ? Str::see_function_dead
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
  rows_.write_state(json);
}

}  // namespace lab
