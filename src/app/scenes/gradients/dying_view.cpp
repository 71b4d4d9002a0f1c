#include "app/scenes/gradients/dying_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/plot/figure_buttons.h"
#include "app/plot/log_axis.h"
#include "app/plot/screen_canvas.h"
#include "app/ui/number.h"
#include "core/activation/activation.h"
#include "core/joined.h"

namespace lab {
namespace {

constexpr size_t kMostRows = 24;
constexpr std::array kRevivals = {std::string_view("leaky_relu"), std::string_view("elu"),
                                  std::string_view("gelu")};

struct CauseRow {
  GradientsModel::Cause cause;
  Str name;
  std::string_view word;  // in tables that are copied
};
constexpr std::array kCauses = {
    CauseRow{GradientsModel::Cause::step, Str::gradients_cause_step, "step"},
    CauseRow{GradientsModel::Cause::bias, Str::gradients_cause_bias, "bias"},
    CauseRow{GradientsModel::Cause::weights, Str::gradients_cause_weights, "weights"}};

const CauseRow& row_of(GradientsModel::Cause cause) {
  return *std::ranges::find(kCauses, cause, &CauseRow::cause);
}

}  // namespace

float DyingView::draw(Ui& ui, Platform& platform, ImVec2 at, float width) {
  const bool narrow = width < 900;
  const float column = narrow ? width : (width - 40) / 2;
  const float first = draw_ledger(ui, platform, at, column);
  const ImVec2 beside = narrow ? ImVec2{at.x, at.y + first + 24} : ImVec2{at.x + column + 40, at.y};
  const float second = draw_dial(ui, platform, beside, column);
  return narrow ? first + 24 + second : std::max(first, second);
}

Table DyingView::ledger(const Ui& ui, size_t most) {
  Table table;
  const auto head = [&](std::string_view id, Str name) {
    table.heads.push_back({id, std::string(ui.tr(name))});
  };
  head("unit", Str::gradients_head_unit);
  head("step", Str::gradients_head_step);
  head("cause", Str::gradients_head_cause);
  for (const Death& death : model_.ledger()) {
    if (table.rows.size() >= most) break;
    const std::string unit = std::to_string(death.unit + 1),
                      layer = std::to_string(death.layer + 1);
    const CauseRow& cause = row_of(model_.cause(death));
    table.rows.push_back({{ui.tr(Str::gradients_unit, {unit, layer}), joined({layer, ".", unit})},
                          {death.step == 0 ? std::string(ui.tr(Str::gradients_from_start))
                                           : std::to_string(death.step),
                           std::to_string(death.step)},
                          {std::string(ui.tr(cause.name)), std::string(cause.word)}});
  }
  return table;
}

float DyingView::draw_ledger(Ui& ui, Platform& platform, ImVec2 at, float width) {
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::strong, Tone::text, ui.tr(Str::gradients_ledger)) + 4;
  const std::string dead = std::to_string(model_.dead_count());
  const std::string all = std::to_string(model_.hidden_count());
  const std::string text = model_.dead_count() > 0 ? ui.tr(Str::gradients_dead_of, {dead, all})
                                                   : std::string(ui.tr(Str::gradients_none_dead));
  const float height = ui.paragraph(at, width, style::body,
                                    model_.dead_count() > 0 ? Tone::warning : Tone::muted, text);
  ui.record("gradients.dead", {at, {at.x + width, at.y + height}}, Role::text, text, dead);
  at.y += height + 10;
  const size_t count = model_.ledger().size();
  if (!model_.ledger_known()) {
    at.y += ui.paragraph(at, width, style::body, Tone::muted,
                         ui.tr(model_.playing() ? Str::gradients_ledger_paused
                                                : Str::gradients_ledger_long)) +
            10;
  } else if (count > 0) {
    at.y += draw_table(ui, "gradients.ledger", at, width, ledger(ui, kMostRows));
    if (count > kMostRows) {
      at.y += ui.paragraph(at, width, style::caption, Tone::muted,
                           ui.tr(Str::train_lens_more, {std::to_string(count - kMostRows)}));
    }
    at.y +=
        ui.paragraph(at, width, style::caption, Tone::muted, ui.tr(Str::gradients_cause_help)) + 8;
    ButtonRow row(ui, at, width);
    if (row.add("gradients.ledger.csv", ui.tr(Str::compare_copy_csv),
                {ButtonKind::outline, Icon::copy})) {
      platform.set_clipboard(ledger(ui, count).csv());
    }
    at.y += row.height() + 12;
  }
  return at.y + draw_revive(ui, at, width) - top;
}

// Another activation from here on, with the same weights.
float DyingView::draw_revive(Ui& ui, ImVec2 at, float width) {
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::body, Tone::text, ui.tr(Str::gradients_revive)) + 6;
  ButtonRow row(ui, at, width);
  for (const std::string_view id : kRevivals) {
    const std::string_view name = find_activation(id)->name.in(ui.language);
    const bool already = model_.activation() == id;
    if (row.add("gradients.revive." + std::string(id), name,
                {ButtonKind::outline, std::nullopt, !already})) {
      view_.attempt({}, [this, id] { return model_.revive(std::string(id)); });
    }
  }
  return at.y + row.height() - top;
}

float DyingView::draw_dial(Ui& ui, Platform& platform, ImVec2 at, float width) {
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::strong, Tone::text, ui.tr(Str::gradients_dial)) + 4;
  at.y += ui.paragraph(at, width, style::body, Tone::muted, ui.tr(Str::gradients_dial_help)) + 10;
  const double rate = model_.setup().rate;
  const std::string shown = "η = " + number_text(rate, 3);
  ui.text(at, style::strong, Tone::text, shown);
  at.y += ui.line_height(style::body) + 2;
  const auto now = static_cast<float>(std::log10(rate));
  const auto least = static_cast<float>(std::log10(kLeastRate));
  const auto most = static_cast<float>(std::log10(kMostRate));
  // The knob stands above the curve's point of the same rate.
  const float inset = 46;
  const DragResult drag =
      slider(ui, "gradients.rate.dial", {{at.x + inset - 8, at.y}, {at.x + width, at.y + 24}},
             ui.tr(Str::gradients_dial), now, least, most);
  ui.last_control().value = number_text(rate, 3);
  if (std::fabs(drag.value - now) > 1e-4f) {
    const double next = std::pow(10.0, std::round(static_cast<double>(drag.value) * 20) / 20);
    view_.attempt(
        {}, [this, next] { return model_.set_rate(std::clamp(next, kLeastRate, kMostRate)); });
  }
  at.y += 32;
  axes_.rect = {{at.x + inset, at.y + 8}, {at.x + width - 8, at.y + 190}};
  axes_.x = {static_cast<double>(least), static_cast<double>(most)};
  return at.y + draw_scan(ui, platform, at, width) - top;
}

float DyingView::draw_scan(Ui& ui, Platform& platform, ImVec2 at, float width) {
  const float top = at.y;
  ui.record("gradients.scan", axes_.rect, Role::image, ui.tr(Str::gradients_scan_plot),
            std::to_string(scan_.points().size()));
  ScreenCanvas canvas(ui.list(), ui.type());
  paint_scan(ui, canvas);
  if (!scan_.of(model_.setup())) {
    const std::string_view empty = ui.tr(Str::gradients_scan_empty);
    const float room = std::min(axes_.rect.GetWidth() - 24, 320.0f);
    const float high = ui.paragraph_height(room, style::body, empty);
    const ImVec2 corner{axes_.rect.GetCenter().x - room / 2, axes_.rect.GetCenter().y - high / 2};
    ui.list()->AddRectFilled({corner.x - 12, corner.y - 8},
                             {corner.x + room + 12, corner.y + high + 8}, ui.tone(Tone::sunken), 8);
    ui.paragraph(corner, room, style::body, Tone::muted, empty);
  }
  at.y = axes_.rect.Max.y + 28;
  const std::string epochs = std::to_string(RateScan::kEpochs);
  ButtonRow row(ui, at, width);
  if (row.add("gradients.scan.run", ui.tr(Str::gradients_scan, {epochs}),
              {ButtonKind::outline, std::nullopt, !scan_.running()})) {
    view_.later([this] { scan_.start(model_.setup()); });
  }
  if (scan_.of(model_.setup())) {
    figure_buttons(row, ui, platform, "gradients.save.scan", figure(ui));
  }
  return at.y + row.height() - top;
}

Figure DyingView::figure(const Ui& ui) const {
  const ImRect& rect = axes_.rect;
  return {"scan",
          Str::gradients_picture_scan,
          "details",
          {{rect.Min.x - 46, rect.Min.y - 12}, {rect.Max.x + 24, rect.Max.y + 24}},
          [this, &ui](Canvas& canvas) { paint_scan(ui, canvas); }};
}

// Loss (blue) and dead units (orange) after training, by learning rate; the present one is marked.
void DyingView::paint_scan(const Ui& ui, Canvas& canvas) const {
  Axes axes = axes_;
  axes.y = {0, 1.05};
  const ImU32 ink = ui.tone(Tone::muted);
  for (const Tick& tick : decade_ticks(axes.x, axes.rect.GetWidth(), 44)) {
    const float x = std::round(axes.screen_x(tick.value)) + 0.5f;
    canvas.line({x, axes.rect.Min.y}, {x, axes.rect.Max.y}, {faded(ui.tone(Tone::line), 0.7f), 1});
    canvas.text({x, axes.rect.Max.y + 13}, style::caption, ink, tick.label, 0.5f);
  }
  for (const Tick& tick : linear_ticks(axes.y, axes.rect.GetHeight(), 36)) {
    const float y = std::round(axes.screen_y(tick.value)) + 0.5f;
    canvas.line({axes.rect.Min.x, y}, {axes.rect.Max.x, y}, {faded(ui.tone(Tone::line), 0.7f), 1});
    canvas.text({axes.rect.Min.x - 7, y}, style::caption, ink, tick.label, 1);
  }
  const float now = axes.screen_x(std::log10(model_.setup().rate));
  canvas.line({now, axes.rect.Min.y}, {now, axes.rect.Max.y}, {ui.tone(Tone::accent), 1.5f});
  if (!scan_.of(model_.setup())) return;
  struct Series {
    Str name;
    Tone tone;
    double RateScan::Point::*value;
  };
  constexpr std::array all = {
      Series{Str::gradients_scan_loss, Tone::positive, &RateScan::Point::loss},
      Series{Str::gradients_scan_dead, Tone::negative, &RateScan::Point::dead}};
  canvas.begin_clip({axes.rect.Min.x, axes.rect.Min.y - 4}, {axes.rect.Max.x, axes.rect.Max.y + 4});
  for (const Series& series : all) {
    std::vector<ImVec2> places;
    for (const RateScan::Point& point : scan_.points()) {
      if (std::isnan(point.*series.value)) continue;
      const double value = std::min(point.*series.value, 1.05);  // what is beyond stands at the top
      places.push_back(axes.place(std::log10(point.rate), value));
    }
    if (places.size() > 1) canvas.polyline(places, {ui.tone(series.tone), 2});
    for (const ImVec2& place : places) canvas.dot(place, 3, ui.tone(series.tone));
  }
  canvas.end_clip();
  float x = axes.rect.Min.x + 8;
  for (const Series& series : all) {
    canvas.text({x, axes.rect.Min.y + 10}, style::caption_strong, ui.tone(series.tone),
                ui.tr(series.name));
    x += ui.type().width(style::caption_strong, ui.tr(series.name)) + 16;
  }
}

}  // namespace lab
