#include "app/scenes/compare/compare_scene.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/plot/figure_buttons.h"
#include "app/scenes/compare/link.h"
#include "app/scenes/compare/presets.h"
#include "app/scenes/link_keys.h"
#include "app/scenes/training_scene.h"
#include "app/training/fit_to_data.h"
#include "app/training/preset_chips.h"
#include "app/training/replay.h"
#include "app/training/shown_metrics.h"
#include "app/ui/number.h"
#include "core/experiment/share_link.h"
#include "core/text_number.h"

namespace lab {
namespace {

constexpr float kGap = 16;
constexpr double kBudget = 0.010;        // seconds of training in a frame
constexpr double kSeedsBesides = 0.004;  // of the seeds' while the runs play, too

}  // namespace

CompareScene::CompareScene(FormulaLibrary& formulas)
    : setup_(model_, view_, formulas),
      cards_(model_, view_, formulas),
      race_(model_, view_),
      seeds_(model_, sweep_, view_) {}

float CompareScene::draw(Ui& ui, const SceneFrame& frame) {
  handle_keys(frame.platform);
  advance(ui, frame.platform);
  ImVec2 at = frame.top_left;
  const float width = frame.width;
  if (frame.shows("title")) {
    at.y += ui.paragraph(at, width, style::title, Tone::text, ui.tr(Str::compare_title)) + 8;
  }
  if (frame.shows("presets")) at.y += draw_presets(ui, at, width) + 12;
  at.y += error_above(ui, "compare.error", at, width, view_.complaint);
  const auto add = [&](bool shown, const std::function<float(ImVec2, float)>& draw) {
    if (shown) at.y += in_panel(ui, at, width, draw) + kGap;
  };
  add(frame.shows("play") || frame.shows("settings"),
      [&](ImVec2 pen, float room) { return draw_setup(ui, frame, pen, room); });
  if (frame.shows("maps")) {
    at.y += cards_.draw(ui, at, width, frame.platform.field_painter()) + kGap;
  }
  add(frame.shows("curve"), [&](ImVec2 pen, float room) { return race_.draw(ui, pen, room); });
  add(frame.shows("table"),
      [&](ImVec2 pen, float room) { return draw_table_panel(ui, frame, pen, room); });
  add(frame.shows("seeds"),
      [&](ImVec2 pen, float room) { return seeds_.draw(ui, frame.platform, pen, room); });
  view_.make(ui);
  return std::max(at.y - kGap, frame.top_left.y) - frame.top_left.y;
}

float CompareScene::draw_setup(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  const float top = at.y;
  const bool fields = frame.shows("settings");
  if (frame.shows("play"))
    at.y += setup_.draw_bar(ui, frame.platform, at, width) + (fields ? 12 : 0);
  if (fields) at.y += setup_.draw_fields(ui, at, width);
  return at.y - top;
}

// Trains within the frame's budget: the runs first, seeds with what is left for them.
void CompareScene::advance(Ui& ui, Platform& platform) {
  const std::function<double()> clock = [&] { return platform.now(); };
  const bool sweeps = sweep_.running();
  const double budget = sweeps ? kBudget - kSeedsBesides : kBudget;
  const bool trains = model_.playing() || model_.catching_up();
  if (trains) model_.advance(platform.now(), clock, budget);
  if (sweeps) sweep_.advance(clock, platform.now() + (trains ? kSeedsBesides : kBudget));
  if (trains || sweeps) ui.keep_moving();
  auto& runs = model_.runs();
  if (trains) {
    model_.look(runs[turn_++ % runs.size()]);
  } else {
    for (CompareRun& run : runs) model_.look(run);
  }
}

bool CompareScene::busy() const {
  return model_.playing() || model_.catching_up() || sweep_.running();
}

// Shortcuts of the scene, where nothing is typed and no control has the keyboard.
void CompareScene::handle_keys(Platform& platform) {
  if (ImGui::GetIO().WantTextInput || ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_V)) {
    view_.later([this, link = platform.clipboard()] { view_.complaint = open(link); });
  }
  if (GImGui->NavCursorVisible && GImGui->NavId != 0) return;
  if (ImGui::IsKeyChordPressed(ImGuiKey_Space)) {
    view_.later([this] { model_.play(!model_.playing()); });
  }
}

float CompareScene::draw_presets(Ui& ui, ImVec2 at, float width) {
  return preset_chips(
      ui, "compare", at, width, compare_presets(),
      [&](const ComparePreset& preset) { return model_.document() == comparison_of(preset); },
      [&](const ComparePreset& preset) {
        view_.attempt({}, [this, &preset] { return model_.load(comparison_of(preset)); });
      });
}

Table CompareScene::table(const Ui& ui) const {
  Table table;
  const Varied varied = model_.document().varied;
  const auto head = [&](std::string_view id, Str name) {
    table.heads.push_back({id, std::string(ui.tr(name))});
  };
  head(row_of(varied).head, row_of(varied).name);
  head("epochs_to_goal", Str::compare_head_epochs);
  const bool of_values = model_.data().problem == Problem::regression;
  if (!of_values) head("test_accuracy", Str::compare_head_accuracy);
  head("test_loss", Str::compare_head_loss);
  head("dead", Str::compare_head_dead);
  head("saturated", Str::compare_head_saturated);
  head("microseconds_per_step", Str::compare_head_time);
  for (const CompareRun& run : model_.runs()) {
    const double accuracy = shown_accuracy(run.metrics), loss = shown_loss(run.metrics);
    const bool behind = model_.behind(run);  // its figures are of an earlier epoch
    const double time = run.timed > 0 ? 1e6 * run.seconds / static_cast<double>(run.timed) : 0;
    const std::string epochs = run.goal_epoch ? std::to_string(*run.goal_epoch) : "";
    const auto cell = [&](TableCell of) { return behind ? TableCell{"…", ""} : std::move(of); };
    std::vector<TableCell> row = {
        {value_name(ui.language, varied, run.value), run.value},
        cell({epochs.empty() ? "–" : epochs, epochs, epochs.empty() ? Tone::muted : Tone::text})};
    if (!of_values) row.push_back(cell({share_text(accuracy), compact_text(accuracy)}));
    row.push_back(cell({number_text(loss, 3), compact_text(loss)}));
    row.push_back(cell({share_text(run.dead()), compact_text(run.dead()),
                        run.dead() > 0 ? Tone::warning : Tone::text}));
    row.push_back(cell({share_text(run.saturated()), compact_text(run.saturated())}));
    row.push_back({run.timed > 0 ? ui.tr(Str::compare_microseconds, {number_text(time, 2)}) : "–",
                   run.timed > 0 ? compact_text(std::round(100 * time) / 100) : ""});
    table.rows.push_back(std::move(row));
    table.marks.push_back(series_colour(ui.theme, run.colour));
  }
  return table;
}

float CompareScene::draw_table_panel(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::heading, Tone::text, ui.tr(Str::compare_table)) + 8;
  at.y += draw_table(ui, "compare.table", at, width, table(ui)) + 2;
  at.y += ui.paragraph(at, std::min(width, 720.0f), style::caption, Tone::muted,
                       ui.tr(Str::compare_table_help)) +
          10;
  at.y += draw_exports(ui, frame, at, width);
  return at.y - top;
}

float CompareScene::draw_exports(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  Platform& platform = frame.platform;
  ButtonRow row(ui, at, width);
  const ButtonLook copy{ButtonKind::outline, Icon::copy};
  const ButtonLook save{ButtonKind::outline, Icon::download};
  if (row.add("compare.copy.csv", ui.tr(Str::compare_copy_csv), copy)) {
    platform.set_clipboard(table(ui).csv());
  }
  if (row.add("compare.copy.markdown", ui.tr(Str::compare_copy_markdown), copy)) {
    platform.set_clipboard(table(ui).markdown());
  }
  if (row.add("compare.copy.link", ui.tr(Str::compare_copy_link), copy)) {
    platform.set_clipboard(frame.address());
  }
  if (row.add("compare.save.curves.csv", std::string(ui.tr(Str::compare_picture_curves)) + " CSV",
              save)) {
    platform.save_file("curves.csv", "text/csv", race_.csv());
  }
  for (const Figure& figure : figures(ui)) {
    if (figure.id == "seeds" || !frame.shows(figure.of)) continue;  // it has its own below
    figure_buttons(row, ui, platform, "compare.save." + std::string(figure.id), figure);
  }
  return row.height();
}

std::string CompareScene::sentence(Language language) const {
  const Varied varied = model_.document().varied;
  const auto& runs = model_.runs();
  const std::string count = std::to_string(runs.size());
  if (model_.step() == 0) {
    return tr(language, Str::see_compare_start, {count, tr(language, row_of(varied).name)});
  }
  const std::string epoch = std::to_string(model_.epoch());
  if (model_.catching_up()) return tr(language, Str::see_compare_catching_up, {epoch});
  const CompareRun *first = nullptr, *best = &model_.best();
  size_t reached = 0;
  for (const CompareRun& run : runs) {
    if (!run.goal_epoch) continue;
    ++reached;
    if (!first || *run.goal_epoch < *first->goal_epoch) first = &run;
  }
  if (first) {
    return tr(language, Str::see_compare_first,
              {epoch, value_name(language, varied, first->value),
               std::to_string(*first->goal_epoch), std::to_string(reached), count});
  }
  const bool of_values = model_.data().problem == Problem::regression;
  const std::string score =
      of_values ? tr(language, Str::compare_loss_is, {number_text(shown_loss(best->metrics), 3)})
                : share_text(shown_accuracy(best->metrics));
  return tr(language, Str::see_compare_none,
            {epoch, value_name(language, varied, best->value), score});
}

Complaint CompareScene::open(std::string_view link) {
  const Result<ComparisonLink> read = comparison_from_link(link);
  if (!read) return read.error();
  if (auto error = model_.load(read.value().comparison)) return *error;
  view_.seeds = read.value().seeds;
  view_.seed_epochs = read.value().seed_epochs;
  view_.curve = read.value().curve;
  model_.set_speed(static_cast<size_t>(read.value().speed));
  model_.go_on_to(read.value().step);
  if (read.value().sweep) seeds_.start();
  return {};
}

std::string CompareScene::link() const {
  return to_link({model_.document(), view_.seeds, view_.seed_epochs, view_.curve,
                  static_cast<int>(model_.speed()), linked_step(model_.step()),
                  seeds_.shows_what_is_set()});
}

void CompareScene::list_keys(LinkKeys& keys) const {
  ComparisonLink usual;
  pass(keys, usual);
}

std::span<const ScenePart> CompareScene::parts() {
  static constexpr ScenePart kParts[] = {
      {"title", Str::part_title},       {"presets", Str::part_presets}, {"play", Str::part_play},
      {"settings", Str::part_settings}, {"maps", Str::part_maps},       {"curve", Str::part_curve},
      {"table", Str::part_table},       {"seeds", Str::part_seeds},
  };
  return kParts;
}

std::vector<ScenePreset> CompareScene::presets() const {
  std::vector<ScenePreset> presets;
  for (const ComparePreset& preset : compare_presets()) {
    presets.push_back({preset.id, preset.name, to_link({.comparison = comparison_of(preset)})});
  }
  return presets;
}

bool CompareScene::command(SceneCommand command) {
  return command_training(model_, command, model_.all_diverged(), [this] { model_.take(1, {}); });
}

// Of what all runs share.
std::optional<Error> CompareScene::edit(const Change& change) {
  std::optional<Error> error;
  const auto refused = model_.edit([&](Experiment& e) {
    const Experiment before = e;
    error = change(e);
    if (error) e = before;
    if (e.data.kind != before.data.kind) fit_to_data(e);
  });
  return error ? error : refused;
}

// Of the run that does best.
std::optional<SceneProgress> CompareScene::progress() const {
  const auto& runs = model_.runs();
  SceneProgress progress = progress_of(model_.best().metrics);
  progress.playing = busy();
  progress.step = model_.step();
  progress.epoch = model_.epoch();
  progress.goal_reached =
      std::ranges::any_of(runs, [](const CompareRun& run) { return run.goal_epoch.has_value(); });
  progress.diverged = model_.all_diverged();
  return progress;
}

std::vector<Figure> CompareScene::figures(const Ui& ui) {
  return {
      {"maps", Str::compare_picture_maps, "maps", cards_.picture(),
       [this, &ui](Canvas& canvas) { cards_.paint(ui, canvas); }},
      {"curves", Str::compare_picture_curves, "curve", race_.picture(),
       [this, &ui](Canvas& canvas) { race_.paint(ui, canvas); }},
      seeds_.figure(ui),
  };
}

void CompareScene::show_figure(std::string_view id) {
  if (id == "seeds" && !view_.swept) seeds_.start();
}

void CompareScene::write_state(JsonWriter& json) const {
  const Comparison& document = model_.document();
  json.member("experiment", to_share_text(document.base));
  json.member("link", "scene=compare&" + link());
  json.member("varied", row_of(document.varied).id);
  json.member("goalAccuracy", document.goal.accuracy).member("goalLoss", document.goal.loss);
  json.member("playing", busy());
  json.member("catchingUp", model_.catching_up());
  json.member("step", static_cast<double>(model_.step()));
  json.member("epoch", static_cast<double>(model_.epoch()));
  json.key("runs").begin_array();
  for (const CompareRun& run : model_.runs()) {
    json.begin_object().member("value", std::string_view(run.value));
    json.member("step", static_cast<double>(run.trainer->steps()));
    json.member("testAccuracy", run.metrics.test_accuracy);
    json.member("testLoss", run.metrics.test_loss);
    json.key("goalEpoch");
    run.goal_epoch ? json.value(static_cast<double>(*run.goal_epoch)) : json.null();
    json.member("hash", std::string_view(run.trainer->hash())).end_object();
  }
  json.end_array();
  json.key("seeds").begin_object();
  json.member("count", view_.seeds).member("epochs", view_.seed_epochs);
  json.member("done", sweep_.done()).member("total", sweep_.total());
  json.member("running", sweep_.running());
  json.key("results").begin_array();
  for (size_t i = 0; view_.swept && i < view_.swept->values.size(); ++i) {
    const SeedSummary summary = sweep_.summary(i);
    json.begin_object().member("value", std::string_view(view_.swept->values[i]));
    json.member("runs", summary.runs).member("reached", summary.reached);
    json.member("low", summary.success.low).member("high", summary.success.high);
    json.member("medianEpochs", summary.median).end_object();
  }
  json.end_array().end_object();
}

}  // namespace lab
