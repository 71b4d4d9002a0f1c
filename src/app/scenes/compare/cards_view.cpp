#include "app/scenes/compare/cards_view.h"

#include <algorithm>
#include <cmath>

#include "app/plot/markers.h"
#include "app/plot/screen_canvas.h"
#include "app/training/activation_choices.h"
#include "app/training/field_editor.h"
#include "app/training/plane.h"
#include "app/training/shown_metrics.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"
#include "core/text_number.h"
#include "core/train/init_schemes.h"

namespace lab {
namespace {

constexpr float kGap = 12, kPad = 10, kHead = 40, kFoot = 62;
constexpr float kLeast = 150, kMost = 300;  // width of a card
constexpr float kStrength = 0.7f;           // of the colours below the points
constexpr size_t kMostPoints = 160;         // drawn on a map
constexpr size_t kAtOnce = 4;               // maps that are made anew in a frame while playing

}  // namespace

void CardsView::lay_out(ImVec2 at, float width) {
  const size_t runs = model_.runs().size();
  const size_t tiles = runs < CompareModel::kMostRuns ? runs + 1 : runs;
  const auto most = static_cast<size_t>(std::max((width + kGap) / (kLeast + kGap), 2.0f));
  const size_t rows = (tiles + most - 1) / most;
  const size_t columns = std::max<size_t>((tiles + rows - 1) / rows, 2);
  const float share = (width + kGap) / static_cast<float>(columns) - kGap;
  const float card = std::min(share, kMost);
  cards_.clear();
  for (size_t i = 0; i < tiles; ++i) {
    const size_t row = i / columns;
    const float x = at.x + (card + kGap) * static_cast<float>(i % columns);
    const float height = kHead + (card - 2 * kPad) + kFoot;
    const float y = at.y + (height + kGap) * static_cast<float>(row);
    cards_.push_back({{x, y}, {x + card, y + height}});
  }
}

ImRect CardsView::map_rect(size_t run) const {
  const ImRect& card = cards_[run];
  return {{card.Min.x + kPad, card.Min.y + kHead}, {card.Max.x - kPad, card.Max.y - kFoot}};
}

float CardsView::draw(Ui& ui, ImVec2 at, float width, FieldPainter* painter) {
  lay_out(at, width);
  if (painter_ != painter) maps_.clear();
  painter_ = painter;
  maps_.resize(CompareModel::kMostRuns);
  const size_t runs = model_.runs().size();
  ++frame_;
  const size_t turns = model_.playing() ? (runs + kAtOnce - 1) / kAtOnce : 1;
  for (size_t run = 0; run < runs; ++run) {
    const bool fresh = maps_[run].of != model_.runs()[run].trainer.get();
    if (fresh || run % turns == frame_ % turns) update(run, painter);
    draw_card(ui, run, painter);
  }
  if (cards_.size() > runs) draw_add(ui);
  return cards_.back().Max.y - at.y;
}

// The network's output over the plane, where it has changed.
void CardsView::update(size_t index, FieldPainter* painter) {
  CompareRun& run = model_.runs()[index];
  Map& map = maps_[index];
  const unsigned key = kFirstKey + static_cast<unsigned>(index);
  const bool there = !painter || painter->holds(key, this);
  if (there && map.of == run.trainer.get() && map.revision == run.revision) return;
  map.of = run.trainer.get();
  map.revision = run.revision;
  const double extent = extent_of(run.experiment);
  const Span span{-extent, extent};
  std::vector<float> out = run.trainer->predict(grid_inputs(run.experiment, span, span, kMap));
  map_values(*run.trainer, label_scale(*run.trainer), out);
  const size_t outputs = run.trainer->plan().outputs();
  map.classes = outputs > 1 ? static_cast<int>(outputs) : 0;
  map.values = outputs > 1 ? by_slice(out, outputs) : std::move(out);
  if (!painter) return;
  painter->set(key, this, {kMap, kMap, std::max(map.classes, 1), map.values});
}

void CardsView::draw_card(Ui& ui, size_t index, FieldPainter* painter) {
  const CompareRun& run = model_.runs()[index];
  const ImRect& card = cards_[index];
  panel(ui, card);
  draw_name(ui, index, {{card.Min.x, card.Min.y}, {card.Max.x, card.Min.y + kHead}});
  ScreenCanvas canvas(ui.list(), ui.type(), painter);
  paint_map(ui, canvas, index);
  const std::string name = value_name(ui.language, model_.document().varied, run.value);
  const ImRect rect = map_rect(index);
  ui.record("compare.map." + std::to_string(index), rect, Role::image,
            ui.tr(Str::compare_map_of, {name}), share_text(shown_accuracy(run.metrics)));
  draw_figures(ui, index, {rect.Min.x, rect.Max.y + 6}, rect.GetWidth());
}

// The value of the run, which can be changed, and the way to remove the run.
void CardsView::draw_name(Ui& ui, size_t index, ImRect rect) {
  const CompareRun& run = model_.runs()[index];
  const Varied varied = model_.document().varied;
  const std::string id = "compare.run." + std::to_string(index);
  const ImU32 colour = series_colour(ui.theme, run.colour);
  ui.list()->AddCircleFilled({rect.Min.x + kPad + 5, rect.GetCenter().y}, 5, colour);
  const ImVec2 at{rect.Min.x + kPad + 15, rect.Min.y + 4};
  const float width = rect.GetWidth() - 2 * kPad - 15 - 26;
  const std::string label =
      ui.tr(Str::compare_value_of, {std::to_string(index + 1), ui.tr(row_of(varied).name)});
  std::vector<std::string> ids;
  std::vector<Choice> list;
  if (varied == Varied::activation) {
    ids = activation_choices(ui.language, formulas_, run.value).ids;
  }
  if (varied == Varied::init) {
    for (const InitScheme& row : init_schemes()) {
      if (row.id != "playground") ids.emplace_back(row.id);
    }
  }
  std::optional<std::string> chosen;
  if (ids.empty()) {
    const std::string now =
        varied == Varied::rate ? compact_text(decimal_of(run.value)) : run.value;
    chosen = entry_field(ui, id, at, width, label, now);
  } else {
    std::vector<std::string> names;
    for (const std::string& choice : ids) {
      names.push_back(value_name(ui.language, varied, choice));
    }
    for (size_t i = 0; i < ids.size(); ++i) list.push_back({ids[i], names[i]});
    const auto now = static_cast<size_t>(std::ranges::find(ids, run.value) - ids.begin());
    if (const auto picked = select(ui, id, at, width, label, list, now)) chosen = ids[*picked];
  }
  if (chosen) {
    view_.attempt({}, [this, index, value = *chosen] { return model_.set_value(index, value); });
  }
  const ImRect cross({rect.Max.x - kPad - 22, rect.Min.y + 8},
                     {rect.Max.x - kPad + 2, rect.Min.y + 32});
  const std::string name = value_name(ui.language, varied, run.value);
  if (icon_button(ui, id + ".remove", cross, Icon::close, ui.tr(Str::compare_remove, {name}),
                  model_.runs().size() > CompareModel::kFewestRuns)) {
    view_.later([this, index] { model_.remove(index); });
  }
}

void CardsView::draw_figures(Ui& ui, size_t index, ImVec2 at, float width) {
  const CompareRun& run = model_.runs()[index];
  const bool of_values = std::isnan(run.metrics.train_accuracy);
  const std::string large =
      of_values ? ui.tr(Str::compare_loss_is, {number_text(shown_loss(run.metrics), 3)})
                : share_text(shown_accuracy(run.metrics));
  ui.text(at, style::heading, Tone::text, ui.type().fit(style::heading, width, large));
  std::string small(ui.tr(Str::compare_not_yet));
  Tone ink = Tone::muted;
  if (run.goal_epoch) {
    small = ui.tr(Str::compare_reached, {std::to_string(*run.goal_epoch)});
    ink = Tone::good;
  }
  if (model_.behind(run)) {
    small = ui.tr(Str::compare_catching_up, {std::to_string(run.metrics.epoch)});
    ink = Tone::muted;
  }
  if (run.trainer->divergence()) {
    small = ui.tr(Str::compare_diverged, {std::to_string(run.trainer->divergence()->step)});
    ink = Tone::warning;
  }
  ui.text({at.x, at.y + 27}, style::caption, ink, ui.type().fit(style::caption, width, small));
  ui.record("compare.figures." + std::to_string(index), {at, {at.x + width, at.y + 48}}, Role::text,
            value_name(ui.language, model_.document().varied, run.value), large + ", " + small);
}

void CardsView::draw_add(Ui& ui) {
  const ImRect& card = cards_.back();
  const std::string_view label = ui.tr(Str::compare_add);
  const Interaction state = ui.interact("compare.add", card, Role::button, label);
  const float hover = ui.ease(item_id("compare.add"), state.hovered ? 1.0f : 0.0f);
  ui.list()->AddRectFilled(card.Min, card.Max, faded(ui.tone(Tone::hover), hover), 12);
  ui.list()->AddRect(card.Min, card.Max, ui.tone(Tone::line), 12);
  const ImVec2 middle = card.GetCenter();
  draw_icon(ui.list(), Icon::plus, {middle.x, middle.y - 14}, ui.tone(Tone::muted));
  const std::string text = ui.type().fit(style::body, card.GetWidth() - 16, label);
  ui.type().draw_middle(ui.list(),
                        {middle.x - ui.type().width(style::body, text) / 2, middle.y + 14},
                        style::body, ui.tone(Tone::muted), text);
  ui.focus_ring(card, 12);
  if (state.clicked) {
    view_.attempt({}, [this] { return model_.add(model_.next_value()); });
  }
}

ImRect CardsView::picture() const {
  if (cards_.empty()) return {};
  ImRect all = cards_.front();
  for (size_t run = 0; run < model_.runs().size(); ++run) all.Add(cards_[run]);
  return all;
}

void CardsView::paint(const Ui& ui, Canvas& canvas) const {
  for (size_t index = 0; index < model_.runs().size(); ++index) {
    const CompareRun& run = model_.runs()[index];
    const ImRect rect = map_rect(index);
    const ImU32 colour = series_colour(ui.theme, run.colour);
    canvas.dot({rect.Min.x + 5, rect.Min.y - 16}, 5, colour);
    canvas.text({rect.Min.x + 16, rect.Min.y - 16}, style::strong, ui.tone(Tone::text),
                value_name(ui.language, model_.document().varied, run.value));
    paint_map(ui, canvas, index);
    const bool of_values = std::isnan(run.metrics.train_accuracy);
    canvas.text({rect.Min.x, rect.Max.y + 20}, style::heading, ui.tone(Tone::text),
                of_values ? number_text(shown_loss(run.metrics), 3)
                          : share_text(shown_accuracy(run.metrics)));
  }
}

void CardsView::paint_map(const Ui& ui, Canvas& canvas, size_t index) const {
  const CompareRun& run = model_.runs()[index];
  const Map& map = maps_[index];
  const ImRect rect = map_rect(index);
  FieldLook look =
      map.classes > 0 ? class_look(ui.theme, map.classes) : signed_look(ui.theme, kStrength);
  look.border_width = 1.5f * ui.density();
  const FieldPainter::Place place{0, rect.Min, rect.Max, {0, 0}, {1, 1}, 4, 1};
  canvas.field(kFirstKey + static_cast<unsigned>(index),
               {kMap, kMap, std::max(map.classes, 1), map.values}, look, {&place, 1});
  const double extent = extent_of(run.experiment);
  const Axes axes{rect, {-extent, extent}, {-extent, extent}};
  const DataSet& data = run.trainer->data();
  const bool classes = data.problem == Problem::classification;
  const float scale = label_scale(*run.trainer);
  canvas.begin_clip(rect.Min, rect.Max);
  for (size_t i = 0; i < std::min(data.train_count, kMostPoints); ++i) {
    const DataPoint& point = data.points[i];
    const ImU32 colour = classes ? class_colour(ui.theme, static_cast<size_t>(point.label))
                                 : signed_colour(ui.theme, static_cast<float>(point.label) / scale);
    draw_marker(canvas, static_cast<size_t>(classes ? point.label : 0),
                axes.place(point.x, point.y), 2, colour, ui.tone(Tone::raised));
  }
  canvas.end_clip();
}

}  // namespace lab
