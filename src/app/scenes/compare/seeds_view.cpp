#include "app/scenes/compare/seeds_view.h"

#include <algorithm>
#include <cmath>

#include "app/plot/figure_buttons.h"
#include "app/plot/screen_canvas.h"
#include "app/training/field_editor.h"
#include "app/ui/number.h"
#include "core/text_number.h"

namespace lab {
namespace {

constexpr float kRow = 34, kAxis = 30, kHead = 26, kGap = 36;
constexpr int kMostSeeds = 1000, kMostEpochs = 10'000;

}  // namespace

void SeedsView::start() {
  std::vector<Experiment> experiments;
  for (const CompareRun& run : model_.runs()) experiments.push_back(run.experiment);
  sweep_.start(std::move(experiments), model_.document().goal, view_.seeds, view_.seed_epochs);
  view_.swept = model_.document();
  view_.swept_colours.clear();
  for (const CompareRun& run : model_.runs()) view_.swept_colours.push_back(run.colour);
}

bool SeedsView::shows_what_is_set() const {
  return view_.swept == model_.document() && !sweep_.cancelled() &&
         sweep_.total() == model_.runs().size() * static_cast<size_t>(view_.seeds) &&
         sweep_.epochs() == view_.seed_epochs;
}

float SeedsView::draw(Ui& ui, Platform& platform, ImVec2 at, float width) {
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::heading, Tone::text, ui.tr(Str::compare_seeds_title)) + 4;
  at.y += ui.paragraph(at, std::min(width, 680.0f), style::body, Tone::muted,
                       ui.tr(Str::compare_seeds_help)) +
          12;
  at.y += draw_settings(ui, at, width) + 8;
  at.y += error_line(ui, "compare.seeds.error", at, width, complaint_);
  summaries_.clear();
  for (size_t i = 0; view_.swept && i < view_.swept->values.size(); ++i) {
    summaries_.push_back(sweep_.summary(i));
  }
  at.y += draw_progress(ui, at, width) + 12;
  if (sweep_.empty()) return at.y - top;
  at.y += draw_plot(ui, at, width) + 16;
  at.y += draw_table(ui, "compare.seeds.table", at, width, table(ui)) + 8;
  at.y += draw_exports(ui, platform, at, width);
  return at.y - top;
}

std::optional<int> SeedsView::number(Ui& ui, std::string_view id, Str label, ImVec2 at, int now,
                                     int most) {
  ui.text(at, style::caption, Tone::muted, ui.tr(label));
  const auto text = entry_field(ui, id, {at.x, at.y + ui.line_height(style::caption) + 2}, 104,
                                ui.tr(label), std::to_string(now));
  if (!text) return std::nullopt;
  const double value = decimal_of(*text);
  complaint_.clear();
  if (value >= 1 && value <= most && value == std::floor(value)) return static_cast<int>(value);
  complaint_ = Complaint(Str::compare_bad_number, {*text, "1", std::to_string(most)});
  return std::nullopt;
}

float SeedsView::draw_settings(Ui& ui, ImVec2 at, float width) {
  const float left = at.x, top = at.y;
  if (const auto seeds =
          number(ui, "compare.seeds.count", Str::compare_seeds, at, view_.seeds, kMostSeeds)) {
    view_.seeds = *seeds;
  }
  at.x += 120;
  if (const auto epochs = number(ui, "compare.seeds.epochs", Str::compare_seeds_epochs, at,
                                 view_.seed_epochs, kMostEpochs)) {
    view_.seed_epochs = *epochs;
  }
  at.x += 120;
  const bool running = sweep_.running();
  const std::string count = std::to_string(model_.runs().size() * static_cast<size_t>(view_.seeds));
  const std::string label =
      running ? std::string(ui.tr(Str::cancel)) : ui.tr(Str::compare_seeds_run, {count});
  const ButtonLook look{running ? ButtonKind::outline : ButtonKind::primary};
  at.y += ui.line_height(style::caption) + 2;
  if (at.x + button_width(ui, label, look) > left + width) at = {left, at.y + kControlHeight + 8};
  const std::string_view id = running ? "compare.seeds.cancel" : "compare.seeds.run";
  if (button(ui, id, at, label, look)) {
    view_.later([this, running] { running ? sweep_.cancel() : start(); });
  }
  return at.y + kControlHeight - top;
}

float SeedsView::draw_progress(Ui& ui, ImVec2 at, float width) {
  const float top = at.y;
  const std::string done = std::to_string(sweep_.done()), total = std::to_string(sweep_.total());
  std::string text(ui.tr(Str::compare_seeds_empty));
  if (view_.swept) text = ui.tr(Str::compare_seeds_progress, {done, total});
  if (view_.swept && sweep_.cancelled()) text = ui.tr(Str::compare_seeds_cancelled, {done, total});
  if (view_.swept && !(*view_.swept == model_.document())) {
    text += (ui.language == Language::en ? " " : "") + std::string(ui.tr(Str::compare_seeds_stale));
  }
  const float height = ui.paragraph(at, std::min(width, 680.0f), style::body, Tone::muted, text);
  ui.record("compare.seeds.progress", {at, {at.x + width, at.y + height}}, Role::text, text,
            done + "/" + total);
  at.y += height + 6;
  if (!view_.swept) return at.y - top;
  const float share =
      static_cast<float>(sweep_.done()) / static_cast<float>(std::max<size_t>(sweep_.total(), 1));
  const float length = std::min(width, 680.0f);
  ui.list()->AddRectFilled(at, {at.x + length, at.y + 6}, ui.tone(Tone::line), 3);
  if (share > 0) {
    ui.list()->AddRectFilled(at, {at.x + std::max(length * share, 6.0f), at.y + 6},
                             ui.tone(Tone::accent), 3);
  }
  return at.y + 6 - top;
}

// Names, success rates and epochs in one row for each value; below each other where it is narrow.
float SeedsView::draw_plot(Ui& ui, ImVec2 at, float width) {
  float names = 60;
  for (const std::string& value : view_.swept->values) {
    names = std::max(
        names, ui.type().width(style::strong, value_name(ui.language, view_.swept->varied, value)));
  }
  names = std::min(names + 32, width * 0.3f);
  const float rows = kRow * static_cast<float>(summaries_.size());
  const bool narrow = width < 640;
  const float room = width - names - 12;
  const float first = narrow ? room : std::min(room * 0.3f, 320.0f);
  success_.rect = {{at.x + names, at.y + kHead}, {at.x + names + first, at.y + kHead + rows}};
  success_.x = {0, 100};
  epochs_.rect = success_.rect;
  if (narrow) {
    epochs_.rect.Min.y += rows + kAxis + kHead;
    epochs_.rect.Max.y += rows + kAxis + kHead;
  } else {
    epochs_.rect.Min.x = success_.rect.Max.x + kGap;
    epochs_.rect.Max.x = at.x + width - 12;
  }
  double most = 10;
  for (const SeedSummary& summary : summaries_) {
    if (!summary.epochs.empty()) most = std::max(most, summary.epochs.back() * 1.04);
  }
  epochs_.x = {0, most};
  plot_ = {{at.x - 4, at.y - 4}, {at.x + width + 4, epochs_.rect.Max.y + kAxis}};
  ui.record("compare.seeds.plot", {at, {at.x + width, epochs_.rect.Max.y + kAxis - 4}}, Role::image,
            ui.tr(Str::compare_seeds_plot));
  ScreenCanvas canvas(ui.list(), ui.type());
  paint(ui, canvas);
  return epochs_.rect.Max.y + kAxis - 4 - at.y;
}

void SeedsView::paint(const Ui& ui, Canvas& canvas) const {
  const ImU32 ink = ui.tone(Tone::muted);
  for (const Axes* axes : {&success_, &epochs_}) {
    const std::string_view title =
        ui.tr(axes == &success_ ? Str::compare_plot_success : Str::compare_plot_epochs);
    canvas.text({axes->rect.Min.x, axes->rect.Min.y - 14}, style::caption, ink,
                ui.type().fit(style::caption, axes->rect.GetWidth() + 20, title));
    for (const Tick& tick : linear_ticks(axes->x, axes->rect.GetWidth(), 56)) {
      const float x = std::round(axes->screen_x(tick.value)) + 0.5f;
      canvas.line({x, axes->rect.Min.y}, {x, axes->rect.Max.y},
                  {faded(ui.tone(Tone::line), 0.7f), 1});
      canvas.text({x, axes->rect.Max.y + 13}, style::caption, ink, tick.label, 0.5f);
    }
  }
  for (size_t value = 0; value < summaries_.size(); ++value) paint_row(ui, canvas, value);
}

void SeedsView::paint_row(const Ui& ui, Canvas& canvas, size_t value) const {
  const SeedSummary& summary = summaries_[value];
  const float offset = kRow * (static_cast<float>(value) + 0.5f);
  const ImU32 colour = series_colour(ui.theme, view_.swept_colours[value]);
  const std::string name = value_name(ui.language, view_.swept->varied, view_.swept->values[value]);
  const bool beside = epochs_.rect.Min.y == success_.rect.Min.y;
  const float left = plot_.Min.x + 4;
  for (const Axes* axes : {&success_, &epochs_}) {
    if (axes == &epochs_ && beside) break;
    canvas.text({left, axes->rect.Min.y + offset}, style::strong, ui.tone(Tone::text),
                ui.type().fit(style::strong, axes->rect.Min.x - left - 12, name));
  }
  const float y = success_.rect.Min.y + offset;
  if (summary.runs > 0) {
    const auto at = [&](double share) { return ImVec2{success_.screen_x(100 * share), y}; };
    canvas.line(at(summary.success.low), at(summary.success.high), {colour, 2});
    for (const double end : {summary.success.low, summary.success.high}) {
      canvas.line({at(end).x, y - 5}, {at(end).x, y + 5}, {colour, 2});
    }
    canvas.dot(at(static_cast<double>(summary.reached) / static_cast<double>(summary.runs)), 5,
               colour);
  }
  const float row = epochs_.rect.Min.y + offset;
  if (summary.epochs.empty()) {
    if (summary.runs > 0) {
      canvas.text({epochs_.rect.Min.x + 8, row}, style::caption, ui.tone(Tone::muted),
                  ui.tr(Str::compare_never));
    }
    return;
  }
  const float low = epochs_.screen_x(summary.low), high = epochs_.screen_x(summary.high);
  canvas.fill_rect({low, row - 10}, {std::max(high, low + 1), row + 10}, faded(colour, 0.18f));
  for (size_t i = 0; i < summary.epochs.size(); ++i) {  // seeds next to each other, not on top
    const float shift = static_cast<float>(static_cast<int>(i % 5) - 2) * 3.0f;
    canvas.dot({epochs_.screen_x(summary.epochs[i]), row + shift}, 2.25f, faded(colour, 0.75f));
  }
  const float median = epochs_.screen_x(summary.median);
  canvas.line({median, row - 12}, {median, row + 12}, {colour, 2.5f});
}

Table SeedsView::table(const Ui& ui) const {
  Table table;
  const Comparison& swept = *view_.swept;
  const auto head = [&](std::string_view id, Str name) {
    table.heads.push_back({id, std::string(ui.tr(name))});
  };
  head(row_of(swept.varied).head, row_of(swept.varied).name);
  head("success", Str::compare_head_success);
  head("interval", Str::compare_head_interval);
  head("median_epochs", Str::compare_head_median);
  head("quartiles", Str::compare_head_quartiles);
  head("median_accuracy", Str::compare_head_final);
  const auto number = [](double value) -> TableCell {
    if (std::isnan(value)) return {"–", ""};
    return {number_text(value), compact_text(value)};
  };
  for (size_t i = 0; i < summaries_.size(); ++i) {
    const SeedSummary& s = summaries_[i];
    const auto per_cent = [](double share) {
      return number_text(std::round(1000 * share) / 10, 3);
    };
    const std::string of =
        ui.tr(Str::compare_success_of, {std::to_string(s.reached), std::to_string(s.runs)});
    const bool none = s.epochs.empty();
    table.rows.push_back(
        {{value_name(ui.language, swept.varied, swept.values[i]), swept.values[i]},
         {of, std::to_string(s.reached) + "/" + std::to_string(s.runs)},
         {per_cent(s.success.low) + "–" + per_cent(s.success.high) + " %",
          compact_text(s.success.low) + "-" + compact_text(s.success.high)},
         number(s.median),
         none ? TableCell{"–", ""}
              : TableCell{number_text(s.low) + "–" + number_text(s.high),
                          compact_text(s.low) + "-" + compact_text(s.high)},
         {share_text(s.accuracy), std::isnan(s.accuracy) ? "" : compact_text(s.accuracy)}});
    table.marks.push_back(series_colour(ui.theme, view_.swept_colours[i]));
  }
  return table;
}

float SeedsView::draw_exports(Ui& ui, Platform& platform, ImVec2 at, float width) {
  ButtonRow row(ui, at, width);
  const ButtonLook copy{ButtonKind::outline, Icon::copy};
  if (row.add("compare.seeds.csv", ui.tr(Str::compare_copy_csv), copy)) {
    platform.set_clipboard(table(ui).csv());
  }
  if (row.add("compare.seeds.markdown", ui.tr(Str::compare_copy_markdown), copy)) {
    platform.set_clipboard(table(ui).markdown());
  }
  figure_buttons(row, ui, platform, "compare.seeds", figure(ui));
  return row.height();
}

Figure SeedsView::figure(const Ui& ui) const {
  if (sweep_.empty() || summaries_.empty())
    return {"seeds", Str::compare_picture_seeds, "seeds", {}, {}};
  return {"seeds", Str::compare_picture_seeds, "seeds", plot_,
          [this, &ui](Canvas& canvas) { paint(ui, canvas); }};
}

}  // namespace lab
