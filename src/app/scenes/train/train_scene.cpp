#include "app/scenes/train/train_scene.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/scenes/train/presets.h"
#include "app/scenes/training_scene.h"
#include "app/training/preset_chips.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"
#include "core/experiment/share_link.h"

namespace lab {
namespace {

constexpr float kGap = 16, kPad = 16;
constexpr float kRail = 232, kMapColumn = 392;
constexpr float kWide = 1000;
constexpr float kMostMap = 460;         // side of the map where there is more room
constexpr double kBudget = 0.010;       // seconds of training in a frame
constexpr double kBetweenLooks = 0.25;  // seconds between two looks at the layers

}  // namespace

TrainScene::TrainScene(FormulaLibrary& formulas)
    : network_(model_, fields_, view_, formulas),
      map_(model_, fields_, view_),
      curve_(model_, view_),
      data_(model_, view_),
      settings_(model_, view_),
      play_(model_, view_),
      lens_(model_, view_),
      micro_(model_, view_),
      collapse_(model_, view_),
      results_(model_),
      take_(model_, view_, curve_) {}

float TrainScene::draw(Ui& ui, const SceneFrame& frame) {
  drawn_ = true;
  handle_keys(ui, frame.platform);
  if (auto file = frame.platform.take_dropped()) take_text(ui, std::move(file->text));
  model_.advance(
      frame.platform.now(), [&] { return frame.platform.now(); }, kBudget);
  if (model_.playing() || model_.going_on()) ui.keep_moving();
  examine(frame.platform.now());
  if (frame.shows("map") || frame.shows("network")) map_.update(frame.platform.field_painter());
  ImVec2 at = frame.top_left;
  at.y += draw_heading(ui, frame, at);
  at.y += error_above(ui, "train.error", at, frame.width, view_.complaint);
  at.y += draw_play(ui, frame, at);
  const float needed = frame.shows("data") ? kWide : kWide - kRail - kGap;
  at.y += frame.width >= needed ? draw_wide(ui, frame, at) : draw_narrow(ui, frame, at);
  at.y += draw_below(ui, frame, at);
  view_.make(ui);
  return std::max(at.y - kGap, frame.top_left.y) - frame.top_left.y;
}

// Shortcuts of the scene, where nothing is typed and no control has the keyboard.
void TrainScene::handle_keys(Ui& ui, Platform& platform) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.WantTextInput || ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  const auto pressed = [](ImGuiKeyChord chord) { return ImGui::IsKeyChordPressed(chord); };
  if (pressed(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z) || pressed(ImGuiMod_Ctrl | ImGuiKey_Y)) {
    view_.later([this] { model_.redo(); });
  } else if (pressed(ImGuiMod_Ctrl | ImGuiKey_Z)) {
    view_.later([this] { model_.undo(); });
  } else if (pressed(ImGuiMod_Ctrl | ImGuiKey_V)) {
    take_text(ui, platform.clipboard());
  }
  if (GImGui->NavCursorVisible && GImGui->NavId != 0) return;
  if (pressed(ImGuiKey_Space)) view_.later([this] { model_.play(!model_.playing()); });
}

// Looks how the layers are doing; while training plays, only now and then.
void TrainScene::examine(double now) {
  if (examined_ == model_.revision()) return;
  if (model_.playing() && now - examined_at_ < kBetweenLooks) return;
  examined_ = model_.revision();
  examined_at_ = now;
  health_ = health_of(model_.trainer().layer_stats());
}

// What was dropped or pasted: an experiment, or points.
void TrainScene::take_text(Ui& ui, std::string text) {
  view_.later([this, &ui, text = std::move(text)] {
    view_.complaint = TakeView::is_document(text) ? take_.bring(ui, text) : data_.take_csv(text);
  });
}

float TrainScene::draw_heading(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const float top = at.y;
  if (frame.shows("title")) {
    at.y += ui.paragraph(at, frame.width, style::title, Tone::text, ui.tr(Str::train_title)) + 8;
  }
  if (frame.shows("presets")) at.y += draw_presets(ui, at, frame.width) + 12;
  return at.y - top;
}

float TrainScene::draw_presets(Ui& ui, ImVec2 at, float width) {
  return preset_chips(
      ui, "train", at, width, train_presets(),
      [&](const TrainPreset& preset) { return model_.document() == experiment_of(preset); },
      [&](const TrainPreset& preset) {
        view_.attempt({}, [this, &preset] {
          view_.selected.reset();
          view_.tool = MapTool::look;
          return model_.load(experiment_of(preset));
        });
      });
}

// The bar that plays, and what is wrong where training has diverged. Like the parts below, each
// with a gap behind it.
float TrainScene::draw_play(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const float top = at.y;
  if (frame.shows("play")) at.y += play_.draw(ui, at, frame.width) + kGap;
  if (const float height = play_.draw_divergence(ui, at, frame.width); height > 0) {
    at.y += height + kGap;
  }
  return at.y - top;
}

// Data, network and map side by side. The network takes what the others leave; without it the map
// does.
float TrainScene::draw_wide(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const bool data = frame.shows("data"), network = frame.shows("network");
  const bool map = frame.shows("map") || frame.shows("curve");
  if (!data && !network && !map) return 0;
  const float right = at.x + frame.width;
  const float rail = data ? (network || map ? kRail : frame.width) : 0;
  const float middle = data ? at.x + rail + kGap : at.x;
  const float map_left = network ? right - kMapColumn : middle;
  const float network_right = map ? map_left - kGap : right;
  ImDrawList* list = ui.list();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  float height = network ? 480 : 0;
  if (map) {
    height = std::max(height, draw_map_column(ui, frame, {map_left + kPad, at.y + kPad},
                                              right - map_left - 2 * kPad));
  }
  if (data) {
    height = std::max(height, data_.draw(ui, {at.x + kPad, at.y + kPad}, rail - 2 * kPad));
  }
  height += 2 * kPad;
  if (network) {
    network_.draw(ui, {{middle + kPad, at.y + kPad}, {network_right - kPad, at.y + height - kPad}},
                  frame.platform.field_painter());
  }
  list->ChannelsSetCurrent(0);
  const auto ground = [&](bool shown, float from, float to) {
    if (shown) panel(ui, {{from, at.y}, {to, at.y + height}});
  };
  ground(data, at.x, at.x + rail);
  ground(network, middle, network_right);
  ground(map, map_left, right);
  list->ChannelsMerge();
  return height + kGap;
}

float TrainScene::draw_narrow(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const float top = at.y, width = frame.width;
  const auto add = [&](bool shown, const std::function<float(ImVec2, float)>& draw) {
    if (shown) at.y += in_panel(ui, at, width, draw) + kGap;
  };
  add(frame.shows("map") || frame.shows("curve"),
      [&](ImVec2 pen, float room) { return draw_map_column(ui, frame, pen, room); });
  add(frame.shows("network"), [&](ImVec2 pen, float room) {
    constexpr float height = 440;
    network_.draw(ui, {pen, {pen.x + room, pen.y + height}}, frame.platform.field_painter());
    return height;
  });
  add(frame.shows("data"), [&](ImVec2 pen, float room) { return data_.draw(ui, pen, room); });
  return at.y - top;
}

// The map, the way through time, and the losses, in the middle of a column that is wider.
float TrainScene::draw_map_column(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  const float top = at.y, shown = std::min(width, kMostMap);
  at.x += std::round((width - shown) / 2);
  if (frame.shows("map")) {
    at.y += map_.draw(ui, at, shown, frame.platform.field_painter()) + 4;
  }
  if (frame.shows("curve")) {
    at.y += curve_.draw_timeline(ui, at, shown) + 4;
    at.y += curve_.draw_curve(ui, at, shown, 132);
  }
  return at.y - top;
}

float TrainScene::draw_below(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const float top = at.y;
  if (frame.shows("settings")) {
    at.y += in_panel(ui, at, frame.width,
                     [&](ImVec2 pen, float room) { return settings_.draw(ui, frame, pen, room); }) +
            kGap;
  }
  if (frame.shows("details")) {
    at.y += draw_details(ui, frame, at) + kGap;
  } else {
    map_.set_overlay({});
  }
  return at.y - top;
}

// What looks closer, one of them at a time.
float TrainScene::draw_details(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  if (view_.selected && view_.selected != last_selected_) tab_ = TrainTab::lens;
  last_selected_ = view_.selected;
  return in_panel(ui, at, frame.width, [&](ImVec2 pen, float room) {
    const float top = pen.y;
    const Choice choices[] = {{"lens", ui.tr(Str::train_tab_lens)},
                              {"micro", ui.tr(Str::train_tab_micro)},
                              {"collapse", ui.tr(Str::train_tab_collapse)},
                              {"results", ui.tr(Str::train_tab_results)},
                              {"take", ui.tr(Str::train_tab_take)}};
    const size_t now = static_cast<size_t>(tab_);
    if (tabs_width(ui, choices) <= room + 24) {
      tab_ =
          static_cast<TrainTab>(tabs(ui, "train.tab", {pen.x - 12, pen.y - 8}, 40, choices, now));
      pen.y += 40 + 8;
    } else {
      if (const auto picked =
              select(ui, "train.tab", pen, room, ui.tr(Str::train_closer), choices, now)) {
        tab_ = static_cast<TrainTab>(*picked);
      }
      pen.y += kControlHeight + 16;
    }
    switch (tab_) {
      case TrainTab::lens:
        pen.y += lens_.draw(ui, pen, room);
        break;
      case TrainTab::micro:
        pen.y += micro_.draw(ui, pen, room);
        break;
      case TrainTab::collapse:
        pen.y += collapse_.draw(ui, pen, room);
        break;
      case TrainTab::results:
        pen.y += results_.draw(ui, pen, room);
        break;
      case TrainTab::take:
        pen.y += take_.draw(ui, frame, pen, room, figures(ui));
        break;
    }
    map_.set_overlay(tab_ == TrainTab::collapse ? collapse_.line() : std::vector<double>());
    return pen.y - top;
  });
}

std::string TrainScene::sentence(Language language) const {
  return train_sentence(model_, health_, language);
}

TrainLook TrainScene::look() const {
  return {tab_,
          view_.selected,
          view_.curve,
          view_.show_test,
          view_.discrete,
          view_.contours,
          static_cast<int>(model_.speed()),
          model_.stop_rules(),
          model_.reproducible_step()};
}

void TrainScene::set_look(const TrainLook& look) {
  tab_ = look.tab;
  view_.selected = last_selected_ = look.selected;
  view_.curve = look.curve;
  view_.show_test = look.show_test;
  view_.discrete = look.discrete;
  view_.contours = look.contours;
  model_.set_speed(static_cast<size_t>(look.speed));
  model_.set_stop_rules(look.rules);
  model_.go_on_to(look.step);
}

Complaint TrainScene::open(std::string_view link) {
  const Result<Experiment> read = experiment_from_share_text(link);
  if (!read) return read.error();
  TrainLook look;
  LinkKeys keys(link);
  pass(keys, look, read.value());
  if (keys.error()) return *keys.error();
  if (auto error = model_.load(read.value())) return *error;
  if (!drawn_) model_.forget_changes();  // nobody has seen what was there before
  set_look(look);
  return {};
}

std::string TrainScene::link() const {
  LinkKeys keys;
  TrainLook shown = look();
  pass(keys, shown, model_.document());
  return to_share_text(model_.document()) + keys.written();
}

void TrainScene::list_keys(LinkKeys& keys) const {
  TrainLook usual;
  pass(keys, usual, model_.document());
}

std::span<const ScenePart> TrainScene::parts() {
  static constexpr ScenePart kParts[] = {
      {"title", Str::part_title},         {"presets", Str::part_presets},
      {"play", Str::part_play},           {"data", Str::part_data},
      {"network", Str::part_network},     {"map", Str::part_map},
      {"curve", Str::part_curve},         {"settings", Str::part_settings},
      {"loss", Str::part_loss},           {"optimizer", Str::part_optimizer},
      {"rate", Str::part_rate},           {"batch", Str::part_batch},
      {"reg", Str::part_regularization},  {"init", Str::part_init},
      {"more", Str::train_more_settings}, {"details", Str::part_details},
  };
  return kParts;
}

std::vector<ScenePreset> TrainScene::presets() const {
  std::vector<ScenePreset> presets;
  for (const TrainPreset& preset : train_presets()) {
    presets.push_back({preset.id, preset.name, to_share_text(experiment_of(preset))});
  }
  return presets;
}

bool TrainScene::command(SceneCommand command) {
  const bool stuck = model_.trainer().divergence().has_value();
  return command_training(model_, command, stuck, [this] { model_.step(1); });
}

std::optional<Error> TrainScene::edit(const Change& change) {
  std::optional<Error> error;
  const auto refused = model_.edit([&](Experiment& e) {
    const Experiment before = e;
    error = change(e);
    if (error) {
      e = before;
      return;
    }
    if (e.data.kind != before.data.kind) fit_to_data(e);
    // Weights of a document are of its own network.
    const bool same = e.network.hidden == before.network.hidden &&
                      e.network.init == before.network.init &&
                      e.network.bias == before.network.bias;
    if (!same && e.network.parameters == before.network.parameters) e.network.parameters.clear();
    if (!same && e.network.frozen == before.network.frozen) e.network.frozen.clear();
  });
  return error ? error : refused;
}

std::optional<SceneProgress> TrainScene::progress() const {
  SceneProgress progress = progress_of(model_.metrics());
  progress.playing = model_.playing() || model_.going_on();
  progress.goal_reached = model_.stopped_by() != StopCause::none;
  progress.diverged = model_.trainer().divergence().has_value();
  return progress;
}

void TrainScene::write_state(JsonWriter& json) const {
  const Metrics& m = model_.history().points().back();
  json.member("experiment", to_share_text(model_.document()));
  json.member("playing", model_.playing() || model_.going_on());
  json.member("step", static_cast<double>(model_.trainer().steps()));
  json.member("epoch", static_cast<double>(m.epoch));
  json.member("trainLoss", m.train_loss).member("testLoss", m.test_loss);
  json.member("trainAccuracy", m.train_accuracy).member("testAccuracy", m.test_accuracy);
  json.member("diverged", model_.trainer().divergence().has_value());
  json.member("hash", model_.trainer().hash());
}

}  // namespace lab
