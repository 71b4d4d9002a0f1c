#include "app/scenes/train/data_view.h"

#include <algorithm>
#include <cmath>

#include "app/plot/markers.h"
#include "app/plot/screen_canvas.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"
#include "core/data/points_csv.h"
#include "core/experiment/fields.h"

namespace lab {
namespace {

constexpr float kGap = 8, kLargestKind = 52;

}  // namespace

float DataView::draw(Ui& ui, ImVec2 at, float width) {
  const float top = at.y;
  at.y += draw_kinds(ui, at, width) + 12;
  // Sliders come and go with the kind of data, which a stroke on the map changes.
  at.y += draw_tools(ui, at, width) + 12;
  at.y += draw_sliders(ui, at, width);
  csv_.draw(ui, ui.tr(Str::train_csv_title), ui.tr(Str::train_csv_hint),
            [&](const std::string& text) { return take_csv(text); });
  return at.y - top;
}

float DataView::draw_kinds(Ui& ui, ImVec2 at, float width) {
  const size_t count = data_set_kinds().size();
  const size_t across =
      std::max<size_t>(4, static_cast<size_t>((width + kGap) / (kLargestKind + kGap)));
  const float side = std::min(kLargestKind, (width + kGap) / static_cast<float>(across) - kGap);
  if (thumbnails_.empty()) {
    for (const DataSetKind& kind : data_set_kinds()) {
      Experiment experiment;
      experiment.data.kind = kind.id;
      experiment.data.samples = 90;
      experiment.data.classes = 5;
      thumbnails_.push_back(
          {kind.generate ? make_data(experiment).points : std::vector<DataPoint>(), kind.problem});
    }
  }
  for (size_t i = 0; i < count; ++i) {
    const size_t row = i / across;
    const ImVec2 corner{at.x + static_cast<float>(i % across) * (side + kGap),
                        at.y + static_cast<float>(row) * (side + kGap)};
    draw_kind(ui, {corner, {corner.x + side, corner.y + side}}, i);
  }
  const size_t rows = (count + across - 1) / across;
  return static_cast<float>(rows) * (side + kGap) - kGap;
}

// A data set as a small picture: the same points, colours and way up as on the map.
void DataView::draw_kind(Ui& ui, ImRect rect, size_t index) {
  const DataSetKind& kind = data_set_kinds()[index];
  const bool chosen = model_.document().data.kind == kind.id;
  const std::string_view name = kind.name.in(ui.language);
  const Interaction state =
      ui.interact("train.data." + std::string(kind.id), rect, Role::radio, name);
  ui.last_control().value = chosen ? "true" : "false";
  ImDrawList* list = ui.list();
  list->AddRectFilled(rect.Min, rect.Max, ui.tone(state.hovered ? Tone::hover : Tone::surface), 8);
  const Thumbnail& picture = thumbnails_[index];
  const float half = rect.GetWidth() / 2 - 4;
  ScreenCanvas canvas(list, ui.type());
  for (const DataPoint& point : picture.points) {
    const ImVec2 at{rect.GetCenter().x + static_cast<float>(point.x / kind.extent) * half,
                    rect.GetCenter().y - static_cast<float>(point.y / kind.extent) * half};
    const ImU32 colour = picture.problem == Problem::classification
                             ? class_colour(ui.theme, static_cast<size_t>(point.label))
                             : signed_colour(ui.theme, static_cast<float>(point.label));
    canvas.dot(at, 1.4f, colour, 0, 0);
  }
  if (picture.points.empty()) draw_icon(list, Icon::brush, rect.GetCenter(), ui.tone(Tone::muted));
  if (chosen) list->AddRect(rect.Min, rect.Max, ui.tone(Tone::accent), 8, 0, 2);
  ui.focus_ring(rect, 8);
  ui.tooltip(name);
  if (!state.clicked || chosen) return;
  view_.attempt({}, [this, id = kind.id] {
    view_.tool = id == "custom" ? MapTool::draw : MapTool::look;
    return model_.set_kind(id);
  });
}

float DataView::draw_sliders(Ui& ui, ImVec2 at, float width) {
  const Experiment::Data& data = model_.document().data;
  const float top = at.y;
  const auto row = [&](std::string_view id, std::string_view path, float value, float min,
                       float max, std::string_view shown, const auto& set) {
    const std::string_view name = find_field(path)->name.in(ui.language);
    ui.text(at, style::caption, Tone::muted, name);
    const float shown_width = ui.type().width(style::caption, shown);
    ui.text({at.x + width - shown_width, at.y}, style::caption, Tone::text, shown);
    at.y += ui.line_height(style::caption);
    const DragResult drag =
        slider(ui, id, {{at.x - 4, at.y}, {at.x + width + 4, at.y + 24}}, name, value, min, max);
    if (drag.value != value) {
      view_.attempt({}, [this, set, next = drag.value] {
        return model_.edit([&](Experiment& e) { set(e, next); }, true);
      });
    }
    if (drag.ended) model_.end_gesture();
    at.y += 28;
  };
  const auto per_cent = [](double share) { return number_text(std::round(100 * share), 3) + " %"; };
  if (data.kind != "custom") {
    row("train.noise", "data.noise", static_cast<float>(std::round(100 * data.noise)), 0, 100,
        per_cent(data.noise),
        [](Experiment& e, float next) { e.data.noise = static_cast<double>(next) / 100; });
    row("train.samples", "data.samples", static_cast<float>(data.samples), 50, 2000,
        std::to_string(data.samples), [](Experiment& e, float next) {
          e.data.samples = static_cast<int>(std::lround(next / 10)) * 10;
        });
  }
  row("train.split", "data.trainFraction",
      static_cast<float>(std::round(100 * data.train_fraction)), 10, 100,
      per_cent(data.train_fraction),
      [](Experiment& e, float next) { e.data.train_fraction = static_cast<double>(next) / 100; });
  if (data.kind == "blobs") {
    row("train.classes", "data.classes", static_cast<float>(data.classes), 2, 10,
        std::to_string(data.classes), [](Experiment& e, float next) {
          e.data.classes = static_cast<int>(std::lround(next));
          fit_to_data(e);
        });
  }
  return at.y - top - 4;
}

float DataView::draw_tools(Ui& ui, ImVec2 at, float width) {
  const float left = at.x, top = at.y;
  const auto make_room = [&](float needed) {
    if (at.x + needed > left + width && at.x > left) at = {left, at.y + kControlHeight + 6};
  };
  const auto action = [&](std::string_view id, Str label, const ButtonLook& look) {
    const float needed = button_width(ui, ui.tr(label), look);
    make_room(needed);
    const bool clicked = button(ui, id, at, ui.tr(label), look);
    at.x += needed + 6;
    return clicked;
  };
  if (model_.document().data.kind != "custom" &&
      action("train.data.new", Str::train_new_data, {ButtonKind::outline, Icon::dice})) {
    view_.later([this] { model_.edit([](Experiment& e) { ++e.data.seed; }); });
  }
  ui.tooltip(ui.tr(Str::train_new_data_help));
  if (action("train.data.csv", Str::train_csv, {})) {
    csv_.open(write_points_csv(model_.trainer().data().points));
  }
  at = {left, at.y + kControlHeight + 12};
  const Choice tools[] = {{"look", ui.tr(Str::train_look)},
                          {"draw", ui.tr(Str::train_draw)},
                          {"erase", ui.tr(Str::train_erase)}};
  view_.tool =
      static_cast<MapTool>(segmented(ui, "train.tool", at, tools, static_cast<size_t>(view_.tool)));
  at.y += kControlHeight + 8;
  if (view_.tool == MapTool::draw) {
    // A class to draw: those there are, and one more.
    const DataSet& set = model_.trainer().data();
    const int shown = set.problem == Problem::regression
                          ? 2
                          : std::clamp(set.classes + 1, 3, static_cast<int>(kClassColours));
    view_.brush_class = std::min(view_.brush_class, shown - 1);
    ScreenCanvas canvas(ui.list(), ui.type());
    for (int k = 0; k < shown; ++k) {
      make_room(30);
      const ImRect rect(at, {at.x + 28, at.y + 28});
      const std::string name = ui.tr(Str::train_brush_class, {std::to_string(k)});
      const Interaction state =
          ui.interact("train.brush." + std::to_string(k), rect, Role::radio, name);
      ui.last_control().value = view_.brush_class == k ? "true" : "false";
      if (state.clicked) view_.brush_class = k;
      const bool on = view_.brush_class == k;
      ui.list()->AddRectFilled(rect.Min, rect.Max, ui.tone(on ? Tone::accent_soft : Tone::surface),
                               8);
      if (on) ui.list()->AddRect(rect.Min, rect.Max, ui.tone(Tone::accent), 8);
      draw_marker(canvas, static_cast<size_t>(k), rect.GetCenter(), 6,
                  class_colour(ui.theme, static_cast<size_t>(k)), 0);
      ui.focus_ring(rect, 8);
      ui.tooltip(name);
      at.x += 34;
    }
    at = {left, at.y + 36};
  }
  if (view_.tool != MapTool::look) {
    const bool own = model_.document().data.kind == "custom";
    at.y += ui.paragraph(at, width, style::caption, Tone::muted,
                         ui.tr(view_.tool == MapTool::erase ? Str::train_erase_hint
                               : own                        ? Str::train_draw_hint
                                                            : Str::train_draw_first_hint));
  }
  return at.y - top;
}

Complaint DataView::take_csv(std::string_view text) {
  const Result<CsvPoints> read = read_points_csv(text);
  if (!read) return read.error();
  // Whole numbers from 0 to 9 (or −1 and 1) are classes, others values.
  std::vector<DataPoint> points = read.value().points;
  const auto all = [&](auto test) {
    return std::ranges::all_of(points, [&](const DataPoint& p) { return test(p.label); });
  };
  const bool signs = all([](double l) { return std::fabs(l) == 1; });
  const bool classes =
      signs || all([](double l) { return l >= 0 && l < kMaxClasses && l == std::floor(l); });
  if (signs) {
    for (DataPoint& point : points) point.label = point.label > 0 ? 1 : 0;
  }
  return model_.set_points(std::move(points),
                           classes ? Problem::classification : Problem::regression);
}

}  // namespace lab
