#include "app/scenes/functions/row_view.h"

#include <algorithm>
#include <cmath>

#include "app/plot/screen_canvas.h"
#include "app/ui/math_text.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"
#include "core/experiment/field_errors.h"
#include "core/json/json_value.h"

namespace lab {
namespace {

constexpr float kHead = 36, kSpace = 32;
constexpr float kName = kSliderName, kNumber = kSliderNumber;  // around bars as around sliders
constexpr float kAbout = 300;    // width of the text beside the numbers
constexpr float kWideCell = 64;  // … at most, of the Jacobian
constexpr std::string_view kRow = "app.row", kValues = "app.values";

// "x₁"
std::string indexed(std::string_view letter, size_t index) {
  constexpr std::string_view kDigits[] = {"₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈"};
  return std::string(letter) + std::string(kDigits[index]);
}

std::string text_of(float value, int digits) {
  return number_text(static_cast<double>(value), digits);
}

// What links call the functions of rows, and none of them.
std::vector<std::string_view> link_names() {
  std::vector<std::string_view> names = {"none"};
  for (const RowActivation& row : row_activations()) names.push_back(row.id);
  return names;
}

}  // namespace

void RowView::show(const RowActivation* function) {
  function_ = function;
  const size_t count = x_.size();
  if (function_ && !function_->accepts(count)) x_.resize(count < kMost ? count + 1 : count - 1);
  compute();
}

void RowView::compute() {
  if (!function_) return;
  const size_t count = x_.size(), results = function_->output_columns(count);
  y_.assign(results, 0);
  jacobian_.assign(results * count, 0);
  function_->forward(x_, count, y_);
  std::vector<float> direction(results, 0.0f);
  for (size_t i = 0; i < results; ++i) {
    direction[i] = 1;
    function_->backward(x_, count, direction, std::span(jacobian_).subspan(i * count, count));
    direction[i] = 0;
  }
}

bool RowView::shares() const {
  return function_->kernel == RowKernel::softmax || function_->kernel == RowKernel::softmin ||
         function_->kernel == RowKernel::sparsemax;
}

float RowView::draw(Ui& ui, ImVec2 at, float width) {
  if (!function_) return 0;
  return in_panel(ui, at, width, [&](ImVec2 pen, float room) {
    const bool wide = room >= 940, narrow = room < 620;
    const float top = pen.y, table = wide ? room - kAbout - kSpace : room;
    ui.text(pen, style::heading, Tone::text, function_->name.in(ui.language));
    pen.y += ui.line_height(style::heading);
    pen.y +=
        ui.paragraph(pen, room, style::caption, Tone::muted, function_->full_name.in(ui.language)) +
        10;
    // Beside the numbers all that is said about the function; else its formula above them.
    float beside = pen.y;
    if (wide) {
      const float left = pen.x + room - kAbout;
      beside += draw_formula(ui, {left, beside}, kAbout);
      beside += draw_about(ui, {left, beside}, kAbout);
    } else {
      pen.y += draw_formula(ui, pen, room) + 4;
    }
    const float numbers = narrow ? room : std::clamp(table * 0.36f, 220.0f, 340.0f);
    const float height = draw_numbers(ui, pen, numbers);
    if (narrow) {
      lay_out({pen.x, pen.y + height + 8}, room, true);
    } else {
      lay_out({pen.x + numbers + kSpace, pen.y}, table - numbers - kSpace, false);
    }
    ScreenCanvas canvas(ui.list(), ui.type());
    paint(ui, canvas);
    record_results(ui);
    float bottom = std::max(pen.y + height, part_.Max.y);
    if (!wide) bottom += draw_about(ui, {pen.x, bottom}, room);
    return std::max(bottom, beside) - top;
  });
}

float RowView::draw_formula(Ui& ui, ImVec2 at, float width) const {
  const std::string tex = "y_{i} = " + std::string(function_->tex);
  const MathBox box = typeset_within(ui.type(), 20, width, tex);
  draw_math(ui.type(), ui.list(), {at.x, std::round(at.y + box.ascent)}, ui.tone(Tone::text), box);
  ui.record("functions.row.formula", {at, {at.x + width, at.y + box.height()}}, Role::text,
            ui.tr(Str::functions_formula), function_->tex);
  return box.height() + 12;
}

// What the function is good and bad at, and what others call it.
float RowView::draw_about(Ui& ui, ImVec2 at, float width) const {
  const float top = at.y;
  const auto passage = [&](std::string_view id, Str title, const Localized& text) {
    const float height = ui.paragraph(at, width, style::caption, Tone::text, text.in(ui.language));
    ui.record(id, {at, {at.x + width, at.y + height}}, Role::text, ui.tr(title),
              text.in(ui.language));
    at.y += height + 6;
  };
  passage("functions.row.good", Str::functions_good, function_->good_at);
  passage("functions.row.bad", Str::functions_bad, function_->bad_at);
  std::string names;
  for (const std::string_view name : {function_->pytorch, function_->jax, function_->keras}) {
    if (!name.empty()) names += (names.empty() ? "" : " · ") + std::string(name);
  }
  at.y += ui.paragraph(at, width, style::caption, Tone::muted, names);
  return at.y - top;
}

// The numbers of the row on sliders, and buttons for fewer or more of them.
float RowView::draw_numbers(Ui& ui, ImVec2 at, float width) {
  const float top = at.y, middle = at.y + kHead / 2 - 4;
  ui.type().draw_middle(ui.list(), {at.x, middle}, style::caption_strong, ui.tone(Tone::muted),
                        ui.tr(Str::functions_row_numbers));
  const size_t step = function_->halves, count = x_.size();
  const auto square = [&](float from_right) {
    const float right = at.x + width - from_right;
    return ImRect({right - kControlHeight, middle - kControlHeight / 2},
                  {right, middle + kControlHeight / 2});
  };
  size_t next = count;
  if (icon_button(ui, "functions.row.fewer", square(kControlHeight + 4), Icon::minus,
                  ui.tr(Str::functions_row_fewer), count >= kLeast + step)) {
    next -= step;
  }
  if (icon_button(ui, "functions.row.more", square(0), Icon::plus, ui.tr(Str::functions_row_more),
                  count + step <= kMost)) {
    next += step;
  }
  at.y += kHead;
  bool changed = false;
  for (size_t i = 0; i < count; ++i, at.y += kControlHeight) {
    const std::string name = indexed("x", i);
    const float line = at.y + kControlHeight / 2;
    ui.type().draw_middle(ui.list(), {at.x, line}, style::body, ui.tone(Tone::text), name);
    const DragResult result = named_slider(ui, "functions.row.x." + std::to_string(i), at, width,
                                           name, x_[i], -kReach, kReach);
    changed |= result.value != x_[i];
    x_[i] = result.value;
  }
  x_.resize(next, 0.0f);
  if (changed || next != count) {
    compute();
    ui.keep_moving();
  }
  return at.y - top;
}

// Beside the numbers each result has its bar and its row of the Jacobian; on a phone the Jacobian
// is below.
void RowView::lay_out(ImVec2 at, float width, bool narrow) {
  line_ = kControlHeight;
  const auto results = static_cast<float>(y_.size()), count = static_cast<float>(x_.size());
  const float bars =
      narrow ? width : std::clamp(width - kSpace - count * kWideCell, 150.0f, 300.0f);
  bars_ = {{at.x + kName, at.y + kHead}, {at.x + bars - kNumber, at.y + kHead + results * line_}};
  const float room = narrow ? width - kName : width - bars - kSpace - kName;
  const float cell = std::clamp(std::floor(room / count), 24.0f, kWideCell);
  const ImVec2 corner = narrow ? ImVec2{at.x + kName, bars_.Max.y + line_ + kHead}
                               : ImVec2{at.x + bars + kSpace + kName, bars_.Min.y};
  grid_ = {corner, {corner.x + count * cell, corner.y + results * line_}};
  part_ = {at, {at.x + width, std::max(bars_.Max.y, grid_.Max.y) + line_}};
}

void RowView::paint(const Ui& ui, Canvas& canvas) const {
  const ImU32 ink = ui.tone(Tone::text), quiet = ui.tone(Tone::muted);
  const float head = bars_.Min.y - kHead / 2 - 4;
  canvas.text({bars_.Min.x - kName, head}, style::caption_strong, quiet,
              ui.tr(Str::functions_row_results));
  const float least = std::min(0.0f, *std::ranges::min_element(y_));
  const float most = shares() ? 1 : std::max(0.0f, *std::ranges::max_element(y_));
  const float scale = bars_.GetWidth() / std::max(most - least, 1e-6f);
  const float zero = bars_.Min.x - least * scale;
  for (size_t i = 0; i < y_.size(); ++i) {
    const float middle = bars_.Min.y + (static_cast<float>(i) + 0.5f) * line_;
    canvas.text({bars_.Min.x - kName, middle}, style::body, ink, indexed("y", i));
    canvas.fill_rect({bars_.Min.x, middle - 8}, {bars_.Max.x, middle + 8}, ui.tone(Tone::sunken),
                     3);
    const float end = std::isfinite(y_[i]) ? zero + y_[i] * scale : zero;
    canvas.fill_rect({std::min(zero, end), middle - 8}, {std::max(zero, end), middle + 8},
                     ui.tone(y_[i] < 0 ? Tone::negative : Tone::positive), 3);
    canvas.text({bars_.Max.x + kNumber, middle}, style::body, ink, text_of(y_[i], 3), 1);
  }
  if (shares()) {
    double sum = 0;
    for (const float y : y_) sum += static_cast<double>(y);
    canvas.text({bars_.Max.x + kNumber, bars_.Max.y + line_ / 2}, style::caption, quiet,
                ui.tr(Str::functions_row_sum, {number_text(sum, 4)}), 1);
  }

  float limit = 1e-6f;
  for (const float slope : jacobian_) limit = std::max(limit, std::fabs(slope));
  const float cell = grid_.GetWidth() / static_cast<float>(x_.size());
  const float above = grid_.Min.y - kHead / 2 - 4;
  canvas.text({grid_.Min.x - kName, above}, style::caption_strong, quiet, "∂y/∂x");
  for (size_t j = 0; j < x_.size(); ++j) {
    const float centre = grid_.Min.x + (static_cast<float>(j) + 0.5f) * cell;
    if (cell >= 44 || j > 0) {
      canvas.text({centre, above}, style::caption, quiet, indexed("x", j), 0.5f);
    }
    for (size_t i = 0; i < y_.size(); ++i) {
      const ImVec2 min{grid_.Min.x + static_cast<float>(j) * cell + 1,
                       grid_.Min.y + static_cast<float>(i) * line_ + 1};
      const float slope = derivative(i, j);
      const ImU32 ground = signed_colour(ui.theme, slope / limit);
      canvas.fill_rect(min, {min.x + cell - 2, min.y + line_ - 2}, ground, 3);
      const std::string number = text_of(slope, 2);
      if (canvas.type().width(style::caption, number) > cell - 4) continue;
      canvas.text({centre, min.y + line_ / 2 - 1}, style::caption, text_on(ground), number, 0.5f);
    }
  }
  for (size_t i = 0; i < y_.size(); ++i) {
    canvas.text({grid_.Min.x - kName, grid_.Min.y + (static_cast<float>(i) + 0.5f) * line_},
                style::caption, quiet, indexed("y", i));
  }
}

// What the picture shows, in words and numbers.
void RowView::record_results(Ui& ui) const {
  const float cell = grid_.GetWidth() / static_cast<float>(x_.size());
  for (size_t i = 0; i < y_.size(); ++i) {
    const float top = bars_.Min.y + static_cast<float>(i) * line_;
    ui.record("functions.row.y." + std::to_string(i),
              {{bars_.Min.x - kName, top}, {bars_.Max.x + kNumber, top + line_}}, Role::text,
              indexed("y", i), number_plain(y_[i]));
    for (size_t j = 0; j < x_.size(); ++j) {
      const ImVec2 corner{grid_.Min.x + static_cast<float>(j) * cell,
                          grid_.Min.y + static_cast<float>(i) * line_};
      ui.record("functions.row.slope." + std::to_string(i) + "." + std::to_string(j),
                {corner, {corner.x + cell, corner.y + line_}}, Role::text,
                "∂" + indexed("y", i) + "/∂" + indexed("x", j), number_plain(derivative(i, j)));
    }
  }
}

void RowView::pass(LinkKeys& keys) {
  const RowView usual;
  size_t place = function_ ? static_cast<size_t>(function_ - row_activations().data()) + 1 : 0;
  if (keys.reads()) *this = usual;
  keys.choice(kRow, place, size_t{0}, link_names());
  if (keys.reads() && place > 0) function_ = &row_activations()[place - 1];
  std::string values;
  for (const float x : x_) values += (values.empty() ? "" : ",") + link_number(x);
  const bool same = x_ == usual.x_;
  keys.text(kValues, !function_ || same ? "" : values,
            [&](std::string_view text) -> std::optional<Error> {
              std::vector<float> x;
              for (std::string_view rest = text;; rest.remove_prefix(rest.find(',') + 1)) {
                const auto number = json_number(rest.substr(0, rest.find(',')));
                if (!number) return field_error("experiment.form", kValues, {"2,1,0.5,-1"});
                if (auto error = check_number(kValues, *number, -kReach, kReach, false)) {
                  return error;
                }
                x.push_back(static_cast<float>(*number));
                if (rest.find(',') == rest.npos) break;
              }
              if (x.size() < kLeast || x.size() > kMost) {
                return field_error(
                    "experiment.count", kValues,
                    {std::to_string(x.size()), std::to_string(kLeast), std::to_string(kMost)});
              }
              x_ = std::move(x);
              return std::nullopt;
            });
  if (keys.reads()) show(function_);
}

void RowView::write_state(JsonWriter& json) const {
  if (!function_) return;
  json.key("row").begin_object().member("activation", function_->id);
  json.key("x").begin_array();
  for (const float x : x_) json.value(x);
  json.end_array().key("y").begin_array();
  for (const float y : y_) json.value(y);
  json.end_array().end_object();
}

}  // namespace lab
