#include "app/scenes/gradients/layers_view.h"

#include <algorithm>
#include <cmath>

#include "app/plot/end_labels.h"
#include "app/plot/log_axis.h"
#include "app/plot/screen_canvas.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"
#include "core/text_number.h"
#include "core/train/init_schemes.h"

namespace lab {
namespace {

constexpr float kLeft = 54, kTitle = 28, kTitleLine = 18, kBelow = 16;

struct RowLook {
  std::string_view part;  // of the scene
  Str title;
  float height;
};
constexpr RowLook kLooks[] = {{"z", Str::gradients_row_z, 96},
                              {"a", Str::gradients_row_a, 96},
                              {"sizes", Str::gradients_row_gradient, 120},
                              {"spread", Str::gradients_row_spread, 140},
                              {"flow", Str::gradients_row_flow, 168}};

}  // namespace

void LayersView::lay_out(const Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  const float names = width < 640 ? 76.0f : 132.0f;
  right_ = at.x + width;
  const float left = at.x + kLeft, right = right_ - names;
  column_ = (right - left) / static_cast<float>(model_.layers().size());
  float y = at.y;
  bool any = false;
  for (size_t row = 0; row < kRows; ++row) {
    shown_[row] = frame.shows("layers") && frame.shows(kLooks[row].part);
    if (!shown_[row]) continue;
    titles_[row] = ui.type().wrap(style::caption_strong, width, ui.tr(kLooks[row].title));
    y += kTitle + kTitleLine * static_cast<float>(titles_[row].size() - 1);
    rows_[row] = {{left, y}, {right, y + kLooks[row].height}};
    if (!any) all_.Min = rows_[row].Min;
    any = true;
    all_.Max = rows_[row].Max;
    y = rows_[row].Max.y + kBelow;
  }
  if (!any) all_ = {{left, at.y}, {right, at.y}};
  picture_ = {{at.x - 4, at.y - 4}, {right_ + 4, y + 16}};
}

float LayersView::middle(size_t layer) const {
  return all_.Min.x + column_ * (static_cast<float>(layer) + 0.5f);
}

ImRect LayersView::column(Row row, size_t layer) const {
  const float gap = std::min(column_ * 0.1f, 4.0f);
  return {{middle(layer) - column_ / 2 + gap, rows_[row].Min.y},
          {middle(layer) + column_ / 2 - gap, rows_[row].Max.y}};
}

float LayersView::draw(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  model_.look();
  lay_out(ui, frame, at, width);
  const float top = at.y;
  const bool rows = std::ranges::find(shown_, true) != std::end(shown_);
  if (rows) at.y = draw_rows(ui);
  if (!frame.shows("strip")) return at.y - top;
  if (rows) at.y += 12;
  return at.y + draw_strip(ui, at, width) - top;
}

// Returns where they end.
float LayersView::draw_rows(Ui& ui) {
  ScreenCanvas canvas(ui.list(), ui.type());
  paint(ui, canvas);
  const Interaction state =
      ui.interact("gradients.layers", all_, Role::image, ui.tr(Str::gradients_layers));
  const GradientMoment& now = model_.moments().back();
  ui.last_control().value = number_text(std::pow(10.0, static_cast<double>(now.gradient[0])), 3);
  ui.focus_ring(all_, 2);
  for (const Row row : {kZ, kA, kGradient, kSpread, kFlow}) {
    if (!shown_[row]) continue;
    const RowLook& look = kLooks[row];
    ui.record("gradients.row." + std::string(look.part), rows_[row], Role::text, ui.tr(look.title));
  }
  for (size_t l = 0; l < model_.layers().size(); ++l) {
    const bool output = l + 1 == model_.layers().size();
    const ImRect place(middle(l) - column_ / 2, all_.Min.y, middle(l) + column_ / 2, all_.Max.y);
    ui.record("gradients.rms." + std::to_string(l), place, Role::text,
              output ? std::string(ui.tr(Str::train_output))
                     : ui.tr(Str::train_layer, {std::to_string(l + 1)}),
              number_text(model_.layers()[l].gradient_rms, 3));
  }
  if (state.hovered) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Arrow);
    const float place = (ImGui::GetIO().MousePos.x - all_.Min.x) / column_;
    const float last = static_cast<float>(model_.layers().size() - 1);
    read_off(ui, static_cast<size_t>(std::clamp(std::floor(place), 0.0f, last)));
  }
  return picture_.Max.y;
}

void LayersView::paint(const Ui& ui, Canvas& canvas) const {
  for (const Row row : {kZ, kA, kGradient, kSpread, kFlow}) {
    if (shown_[row]) paint_title(ui, canvas, row);
  }
  if (shown_[kZ]) paint_histograms(ui, canvas, kZ);
  if (shown_[kA]) paint_histograms(ui, canvas, kA);
  if (shown_[kGradient]) paint_gradients(ui, canvas);
  if (shown_[kSpread]) paint_spread(ui, canvas);
  if (shown_[kFlow]) paint_flow(ui, canvas);
  paint_layer_names(ui, canvas, all_.Max.y + 13);
}

void LayersView::paint_layer_names(const Ui& ui, Canvas& canvas, float y) const {
  const size_t count = model_.layers().size();
  const auto every = static_cast<size_t>(std::ceil(24 / column_));
  const ImU32 ink = ui.tone(Tone::muted);
  for (size_t l = 0; l < count; ++l) {
    const bool output = l + 1 == count;
    if (!output && (l % every != 0 || count - 1 - l < every)) continue;
    canvas.text({middle(l), y}, style::caption, ink,
                output ? std::string(ui.tr(Str::train_output)) : std::to_string(l + 1), 0.5f);
  }
  canvas.text({all_.Min.x - 8, y}, style::caption, ink, ui.tr(Str::train_layer_name), 1);
}

void LayersView::paint_title(const Ui& ui, Canvas& canvas, Row row) const {
  const std::vector<std::string_view>& lines = titles_[row];
  const float left = rows_[row].Min.x - kLeft;
  float y = rows_[row].Min.y - kTitle / 2 - kTitleLine * static_cast<float>(lines.size() - 1);
  for (const std::string_view line : lines) {
    canvas.text({left, y}, style::caption_strong, ui.tone(Tone::text), line);
    y += kTitleLine;
  }
}

// Bars to the right of each column's left edge, on an axis that all layers share.
void LayersView::paint_histograms(const Ui& ui, Canvas& canvas, Row row) const {
  double most = 1e-6;
  const auto of = [&](size_t l) -> const Distribution& {
    const LayerStats& stats = model_.layers()[l];
    return row == kZ ? stats.pre_activation : stats.activation;
  };
  for (size_t l = 0; l < model_.layers().size(); ++l) {
    const Histogram& histogram = of(l).histogram;
    most = std::max({most, std::fabs(histogram.min), std::fabs(histogram.max)});
  }
  const Axes axes{rows_[row], {0, 1}, {-most * 1.05, most * 1.05}};
  const ImU32 ink = ui.tone(Tone::muted), bar = faded(ui.tone(Tone::accent), 0.75f);
  for (const Tick& tick : linear_ticks(axes.y, axes.rect.GetHeight(), 34)) {
    const float y = std::round(axes.screen_y(tick.value)) + 0.5f;
    canvas.line({axes.rect.Min.x, y}, {axes.rect.Max.x, y},
                {faded(ui.tone(Tone::line), tick.value == 0 ? 1.0f : 0.6f), 1});
    canvas.text({axes.rect.Min.x - 7, y}, style::caption, ink, tick.label, 1);
  }
  for (size_t l = 0; l < model_.layers().size(); ++l) {
    const Histogram& histogram = of(l).histogram;
    const ImRect place = column(row, l);
    const auto largest = static_cast<float>(std::ranges::max(histogram.counts));
    const double width = (histogram.max - histogram.min) / Histogram::kBins;
    canvas.line({place.Min.x, place.Min.y}, {place.Min.x, place.Max.y},
                {faded(ui.tone(Tone::line), 0.8f), 1});
    for (size_t bin = 0; bin < Histogram::kBins && largest > 0; ++bin) {
      if (histogram.counts[bin] == 0) continue;
      const double low = histogram.min + width * static_cast<double>(bin);
      const float bottom = axes.screen_y(low), upper = axes.screen_y(low + width);
      const float length = place.GetWidth() * static_cast<float>(histogram.counts[bin]) / largest;
      const float least = std::max(bottom - upper, 1.5f);
      canvas.fill_rect({place.Min.x, bottom - least}, {place.Min.x + length, bottom}, bar);
    }
  }
}

// Sizes of the gradients on a logarithmic axis; those that are 0 stand below it.
void LayersView::paint_gradients(const Ui& ui, Canvas& canvas) const {
  const auto& all = model_.gradients();
  double low = LogHistogram::kMost, high = LogHistogram::kLeast;
  constexpr double step = (LogHistogram::kMost - LogHistogram::kLeast) / LogHistogram::kBins;
  for (const LogHistogram& histogram : all) {
    for (size_t bin = 0; bin < histogram.counts.size(); ++bin) {
      if (histogram.counts[bin] * 200 < histogram.all) continue;
      const double at = LogHistogram::kLeast + step * static_cast<double>(bin);
      low = std::min(low, at);
      high = std::max(high, at + step);
    }
  }
  if (low >= high) low = -3, high = 0;
  Axes axes{rows_[kGradient], {0, 1}, {std::floor(low), std::max(std::ceil(high), low + 1)}};
  axes.rect.Max.y -= 16;  // for zeros
  paint_decades(ui, canvas, axes);
  const ImU32 bar = faded(ui.tone(Tone::positive), 0.8f);
  for (size_t l = 0; l < all.size(); ++l) {
    const ImRect place = column(kGradient, l);
    const auto largest =
        static_cast<float>(std::max(std::ranges::max(all[l].counts), all[l].zeros));
    canvas.line({place.Min.x, axes.rect.Min.y}, {place.Min.x, axes.rect.Max.y},
                {faded(ui.tone(Tone::line), 0.8f), 1});
    if (largest == 0) continue;
    for (size_t bin = 0; bin < all[l].counts.size(); ++bin) {
      const double at = LogHistogram::kLeast + step * static_cast<double>(bin);
      if (all[l].counts[bin] == 0 || at + step < axes.y.min) continue;
      const float length = place.GetWidth() * static_cast<float>(all[l].counts[bin]) / largest;
      canvas.fill_rect({place.Min.x, axes.screen_y(at + step)},
                       {place.Min.x + length, std::min(axes.screen_y(at), axes.rect.Max.y)}, bar);
    }
    if (all[l].zeros == 0) continue;
    const float length = place.GetWidth() * static_cast<float>(all[l].zeros) / largest;
    canvas.fill_rect({place.Min.x, axes.rect.Max.y + 6},
                     {place.Min.x + length, axes.rect.Max.y + 13}, ui.tone(Tone::warning));
  }
  canvas.text({axes.rect.Min.x - 7, axes.rect.Max.y + 9}, style::caption, ui.tone(Tone::muted), "0",
              1);
}

void LayersView::paint_decades(const Ui& ui, Canvas& canvas, const Axes& axes) const {
  for (const Tick& tick : decade_ticks(axes.y, axes.rect.GetHeight(), 22)) {
    const float y = std::round(axes.screen_y(tick.value)) + 0.5f;
    canvas.line({axes.rect.Min.x, y}, {axes.rect.Max.x, y},
                {faded(ui.tone(Tone::line), tick.value == 0 ? 1.0f : 0.6f), 1});
    canvas.text({axes.rect.Min.x - 7, y}, style::caption, ui.tone(Tone::muted), tick.label, 1);
  }
}

Span LayersView::span_of(const std::vector<Line>& lines) const {
  double low = 0, high = 0;
  bool first = true;
  for (const Line& line : lines) {
    for (const double value : line.exponents) {
      if (value <= GradientsModel::kFaintest + 1) continue;
      low = first ? value : std::min(low, value);
      high = first ? value : std::max(high, value);
      first = false;
    }
  }
  low = std::floor(std::max(low, high - 24) - 0.1);
  return {low, std::max(std::ceil(high + 0.1), low + 1)};
}

void LayersView::paint_lines(const Ui& ui, Canvas& canvas, Axes axes,
                             const std::vector<Line>& lines) const {
  axes.y = span_of(lines);
  paint_decades(ui, canvas, axes);
  std::vector<EndLabel> labels;
  canvas.begin_clip({axes.rect.Min.x - 4, axes.rect.Min.y - 4},
                    {axes.rect.Max.x + 4, axes.rect.Max.y + 4});
  for (const Line& line : lines) {
    std::vector<ImVec2> places;
    for (size_t l = 0; l < line.exponents.size(); ++l) {
      places.push_back({middle(l), axes.screen_y(line.exponents[l])});
    }
    canvas.polyline(places, {line.colour, line.width, line.dashed});
    for (const ImVec2& place : places) {
      if (line.dots) canvas.dot(place, std::min(column_ * 0.3f, 3.5f), line.colour);
    }
    if (line.name.empty()) continue;
    const float y = std::clamp(places.back().y, axes.rect.Min.y, axes.rect.Max.y);
    labels.push_back({{places.back().x, y},
                      ui.type().fit(style::caption_strong, right_ - axes.rect.Max.x - 8, line.name),
                      line.colour});
  }
  canvas.end_clip();
  draw_end_labels(canvas, std::move(labels), axes.rect.Max.x + 8, axes.rect.Min.y - 8,
                  axes.rect.Max.y + 8);
}

std::vector<LayersView::Line> LayersView::spread_lines(const Ui& ui) const {
  std::vector<Line> lines;
  for (size_t i = 0; i < GradientsModel::kTheories.size(); ++i) {
    const std::string_view name = find_init_scheme(GradientsModel::kTheories[i])->name.en;
    Line line{std::string(name.substr(0, name.find(','))),
              series_colour(ui.theme, i + 1),
              {},
              1.5f,
              true};
    for (const LayerTheory& layer : model_.theory(i)) {
      line.exponents.push_back(exponent_of(layer.z_rms, GradientsModel::kFaintest));
    }
    lines.push_back(std::move(line));
  }
  Line measured{
      std::string(ui.tr(Str::gradients_measured)), ui.tone(Tone::text), {}, 2, false, true};
  for (const LayerStats& stats : model_.layers()) {
    const Distribution& z = stats.pre_activation;
    measured.exponents.push_back(
        exponent_of(std::hypot(z.mean, z.deviation), GradientsModel::kFaintest));
  }
  lines.push_back(std::move(measured));
  return lines;
}

std::vector<LayersView::Line> LayersView::flow_lines(const Ui& ui) const {
  std::vector<Line> lines;
  for (size_t i = 0; i < GradientsModel::kTheories.size(); ++i) {
    const std::string_view name = find_init_scheme(GradientsModel::kTheories[i])->name.en;
    Line line{std::string(name.substr(0, name.find(','))),
              faded(series_colour(ui.theme, i + 1), 0.8f),
              {},
              1.5f,
              true};
    for (const LayerTheory& layer : model_.theory(i)) {
      line.exponents.push_back(exponent_of(layer.gradient, GradientsModel::kFaintest));
    }
    lines.push_back(std::move(line));
  }
  const GradientMoment& now = model_.moments().back();
  const auto add = [&](Str name, ImU32 colour, const std::vector<float>& exponents, bool dots) {
    lines.push_back(
        {std::string(ui.tr(name)), colour, {exponents.begin(), exponents.end()}, 2, false, dots});
  };
  add(Str::gradients_part_slope, ui.tone(Tone::negative), now.slope, false);
  add(Str::gradients_part_weight, ui.tone(Tone::positive), now.weight, false);
  add(Str::gradients_part_all, ui.tone(Tone::text), now.gradient, true);
  return lines;
}

void LayersView::paint_spread(const Ui& ui, Canvas& canvas) const {
  paint_lines(ui, canvas, {rows_[kSpread], {0, 1}, {0, 1}}, spread_lines(ui));
}

void LayersView::paint_flow(const Ui& ui, Canvas& canvas) const {
  std::vector<Line> lines = flow_lines(ui);
  for (size_t i = 0; i < GradientsModel::kTheories.size(); ++i) lines[i].name.clear();
  paint_lines(ui, canvas, {rows_[kFlow], {0, 1}, {0, 1}}, lines);
}

// All there is to say about one layer.
void LayersView::read_off(Ui& ui, size_t layer) {
  const LayerStats& stats = model_.layers()[layer];
  const GradientMoment& now = model_.moments().back();
  const auto times = [](float exponent) {
    return number_text(std::pow(10.0, static_cast<double>(exponent)), 3);
  };
  const bool output = layer + 1 == model_.layers().size();
  std::string text = output ? std::string(ui.tr(Str::train_output))
                            : ui.tr(Str::train_layer, {std::to_string(layer + 1)});
  const auto spread = [](const Distribution& d) {
    return number_text(d.mean, 3) + " ± " + number_text(d.deviation, 3);
  };
  text += "\nz  " + spread(stats.pre_activation) + "\na  " + spread(stats.activation);
  text += "\n" + ui.tr(Str::gradients_hint,
                       {number_text(stats.gradient_rms, 3), times(now.gradient[layer]),
                        times(now.slope[layer]), times(now.weight[layer])});
  const float x = middle(layer);
  ui.list()->AddLine({x, all_.Min.y}, {x, all_.Max.y},
                     faded(ui.tone(Tone::text), 0.35f), 1);
  ui.hint({x, ImGui::GetIO().MousePos.y + 14}, text);
}

ImRect LayersView::strip_picture() const {
  return {{strip_.Min.x - kLeft - 4, strip_.Min.y - 8}, {right_ + 4, strip_.Max.y + 24}};
}

// The largest exponent the strip's colours are for, in whole threes.
float LayersView::strip_limit() const {
  float most = 0.5f;
  for (const GradientMoment& moment : model_.moments()) {
    const auto& values = view_.strip == StripKind::slope    ? moment.slope
                         : view_.strip == StripKind::weight ? moment.weight
                                                            : moment.gradient;
    for (const float value : values) {
      if (value > static_cast<float>(GradientsModel::kFaintest)) {
        most = std::max(most, std::fabs(value));
      }
    }
  }
  return std::min(std::ceil(most / 3) * 3, 24.0f);
}

float LayersView::draw_strip(Ui& ui, ImVec2 at, float width) {
  const float top = at.y;
  at.y +=
      ui.paragraph(at, width, style::caption_strong, Tone::text, ui.tr(Str::gradients_strip)) + 6;
  const Choice kinds[] = {{"gradient", ui.tr(Str::gradients_part_all)},
                          {"slope", ui.tr(Str::gradients_part_slope)},
                          {"weight", ui.tr(Str::gradients_part_weight)},
                          {"dead", ui.tr(Str::gradients_part_dead)}};
  size_t chosen = static_cast<size_t>(view_.strip);
  if (segmented_width(ui, kinds) <= width) {
    chosen = segmented(ui, "gradients.strip.of", at, kinds, chosen);
  } else {
    const auto picked =
        select(ui, "gradients.strip.of", at, width, ui.tr(Str::gradients_strip), kinds, chosen);
    chosen = picked.value_or(chosen);
  }
  view_.strip = static_cast<StripKind>(chosen);
  at.y += kControlHeight + 12;
  strip_ = {{all_.Min.x, at.y}, {all_.Max.x, at.y + 150}};
  ScreenCanvas canvas(ui.list(), ui.type());
  paint_strip(ui, canvas);
  ui.record("gradients.strip", strip_, Role::image, ui.tr(Str::gradients_strip),
            std::to_string(model_.moments().size()));
  at.y = strip_.Max.y + 24;
  return at.y - top;
}

// Layers across, steps downwards; orange is smaller than at the output, blue larger.
void LayersView::paint_strip(const Ui& ui, Canvas& canvas) const {
  const auto& moments = model_.moments();
  const bool dead = view_.strip == StripKind::dead;
  const float limit = strip_limit();
  const auto last = static_cast<double>(std::max<int64_t>(moments.back().step, 1));
  const auto place = [&](int64_t step) {
    return strip_.Min.y + strip_.GetHeight() * static_cast<float>(static_cast<double>(step) / last);
  };
  for (size_t i = 0; i < moments.size(); ++i) {
    const GradientMoment& moment = moments[i];
    const float from = place(moment.step);
    const float to = i + 1 < moments.size() ? place(moments[i + 1].step) : strip_.Max.y;
    const float bottom = moments.back().step == 0 ? strip_.Min.y + 12 : std::max(to, from + 1);
    const auto& values = dead                               ? moment.dead
                         : view_.strip == StripKind::slope  ? moment.slope
                         : view_.strip == StripKind::weight ? moment.weight
                                                            : moment.gradient;
    for (size_t l = 0; l < values.size(); ++l) {
      const float t = dead ? -values[l] : std::clamp(values[l] / limit, -1.0f, 1.0f);
      canvas.fill_rect(
          {middle(l) - column_ / 2, from},
          {middle(l) + column_ / 2 - (column_ > 8 ? 1.0f : 0.0f), std::min(bottom, strip_.Max.y)},
          signed_colour(ui.theme, t));
    }
  }
  const ImU32 ink = ui.tone(Tone::muted);
  canvas.text({strip_.Min.x - 7, strip_.Min.y + 6}, style::caption, ink, "0", 1);
  if (moments.back().step > 0) {
    canvas.text({strip_.Min.x - 7, strip_.Max.y - 6}, style::caption, ink,
                std::to_string(moments.back().step), 1);
    canvas.text({strip_.Min.x - 7, strip_.GetCenter().y}, style::caption, ink,
                ui.tr(Str::gradients_step), 1);
  }
  paint_layer_names(ui, canvas, strip_.Max.y + 13);
  // What the colours stand for.
  const float left = strip_.Max.x + 10;
  const float bar = 10, height = strip_.GetHeight() - 16;
  for (int i = 0; i < 24; ++i) {
    const float share = static_cast<float>(i) / 23;
    const float y = strip_.Min.y + 8 + height * static_cast<float>(i) / 24;
    canvas.fill_rect({left, y}, {left + bar, y + height / 24 + 0.5f},
                     signed_colour(ui.theme, dead ? share - 1 : 1 - 2 * share));
  }
  const int decades = static_cast<int>(limit);
  const auto label = [&](float y, const std::string& text) {
    canvas.text({left + bar + 6, y}, style::caption, ink,
                ui.type().fit(style::caption, right_ - left - bar - 6, text));
  };
  label(strip_.Min.y + 12, dead ? "0 %" : power_of_ten_text(decades));
  if (!dead) label(strip_.GetCenter().y, "1");
  label(strip_.Max.y - 12, dead ? "100 %" : power_of_ten_text(-decades));
}

std::string LayersView::csv() const {
  std::string text =
      "step,layer,log10_gradient_ratio,log10_slope_product,log10_weight_product,dead\n";
  for (const GradientMoment& moment : model_.moments()) {
    for (size_t l = 0; l < moment.gradient.size(); ++l) {
      text += std::to_string(moment.step) + "," + std::to_string(l + 1);
      for (const float v :
           {moment.gradient[l], moment.slope[l], moment.weight[l], moment.dead[l]}) {
        text += "," + compact_text(v);
      }
      text += "\n";
    }
  }
  return text;
}

}  // namespace lab
