#include "app/scenes/train/train_scene.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/scenes/train/presets.h"
#include "app/training/preset_chips.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"
#include "core/experiment/share_link.h"

namespace lab {
namespace {

constexpr float kGap = 16, kPad = 16;
constexpr float kRail = 232, kMapColumn = 392;
constexpr float kWide = 1000;
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
      take_(model_, view_, network_, map_, curve_) {}

float TrainScene::draw(Ui& ui, const SceneFrame& frame) {
  handle_keys(ui, frame.platform);
  if (auto file = frame.platform.take_dropped()) take_text(ui, std::move(file->text));
  model_.advance(
      frame.platform.now(), [&] { return frame.platform.now(); }, kBudget);
  if (model_.playing()) ui.keep_moving();
  examine(frame.platform.now());
  ImVec2 at = frame.top_left;
  at.y += draw_heading(ui, at, frame.width) + 12;
  at.y += error_line(ui, "train.error", at, frame.width, view_.error);
  at.y += frame.width >= kWide ? draw_wide(ui, frame, at) : draw_narrow(ui, frame, at);
  view_.make(ui);
  return at.y - frame.top_left.y;
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
    view_.error = TakeView::is_document(text) ? take_.bring(ui, text) : data_.take_csv(ui, text);
  });
}

float TrainScene::draw_heading(Ui& ui, ImVec2 at, float width) {
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::title, Tone::text, ui.tr(Str::train_title)) + 8;
  at.y += draw_presets(ui, at, width);
  return at.y - top;
}

float TrainScene::draw_presets(Ui& ui, ImVec2 at, float width) {
  return preset_chips(
      ui, "train", at, width, train_presets(),
      [&](const TrainPreset& preset) { return model_.document() == experiment_of(preset); },
      [&](const TrainPreset& preset) {
        view_.attempt(ui.language, [this, &preset] {
          view_.selected.reset();
          view_.tool = MapTool::look;
          return model_.load(experiment_of(preset));
        });
      });
}

float TrainScene::draw_wide(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const float top = at.y;
  FieldPainter* painter = frame.platform.field_painter();
  at.y += play_.draw(ui, at, frame.width) + kGap;
  if (const float height = play_.draw_divergence(ui, at, frame.width); height > 0) {
    at.y += height + kGap;
  }
  const float map_left = at.x + frame.width - kMapColumn;
  const float network_left = at.x + kRail + kGap;
  ImDrawList* list = ui.list();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  const float map_height =
      draw_map_column(ui, {map_left + kPad, at.y + kPad}, kMapColumn - 2 * kPad, painter);
  const float data_height = data_.draw(ui, {at.x + kPad, at.y + kPad}, kRail - 2 * kPad);
  const float height = std::max({map_height, data_height, 480.0f}) + 2 * kPad;
  network_.draw(
      ui, {{network_left + kPad, at.y + kPad}, {map_left - kGap - kPad, at.y + height - kPad}},
      painter);
  list->ChannelsSetCurrent(0);
  panel(ui, {at, {at.x + kRail, at.y + height}});
  panel(ui, {{network_left, at.y}, {map_left - kGap, at.y + height}});
  panel(ui, {{map_left, at.y}, {at.x + frame.width, at.y + height}});
  list->ChannelsMerge();
  at.y += height + kGap;
  at.y += draw_settings(ui, at, frame.width) + kGap;
  at.y += draw_details(ui, frame, at);
  return at.y - top;
}

float TrainScene::draw_narrow(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const float top = at.y, width = frame.width;
  FieldPainter* painter = frame.platform.field_painter();
  at.y += play_.draw(ui, at, width) + kGap;
  if (const float height = play_.draw_divergence(ui, at, width); height > 0) {
    at.y += height + kGap;
  }
  const auto add = [&](const std::function<float(ImVec2, float)>& draw) {
    at.y += in_panel(ui, at, width, draw) + kGap;
  };
  add([&](ImVec2 pen, float room) {
    const float shown = std::min(room, 460.0f);
    return draw_map_column(ui, {pen.x + (room - shown) / 2, pen.y}, shown, painter);
  });
  add([&](ImVec2 pen, float room) {
    constexpr float height = 440;
    network_.draw(ui, {pen, {pen.x + room, pen.y + height}}, painter);
    return height;
  });
  add([&](ImVec2 pen, float room) { return data_.draw(ui, pen, room); });
  at.y += draw_settings(ui, at, width) + kGap;
  at.y += draw_details(ui, frame, at);
  return at.y - top;
}

// The map, the way through time, and the losses.
float TrainScene::draw_map_column(Ui& ui, ImVec2 at, float width, FieldPainter* painter) {
  const float top = at.y;
  at.y += map_.draw(ui, at, width, painter) + 4;
  at.y += curve_.draw_timeline(ui, at, width) + 4;
  at.y += curve_.draw_curve(ui, at, width, 132);
  return at.y - top;
}

float TrainScene::draw_settings(Ui& ui, ImVec2 at, float width) {
  return in_panel(ui, at, width,
                  [&](ImVec2 pen, float room) { return settings_.draw(ui, pen, room); });
}

// What looks closer, one of them at a time.
float TrainScene::draw_details(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  if (view_.selected && view_.selected != last_selected_) tab_ = Tab::lens;
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
      tab_ = static_cast<Tab>(tabs(ui, "train.tab", {pen.x - 12, pen.y - 8}, 40, choices, now));
      pen.y += 40 + 8;
    } else {
      if (const auto picked =
              select(ui, "train.tab", pen, room, ui.tr(Str::train_closer), choices, now)) {
        tab_ = static_cast<Tab>(*picked);
      }
      pen.y += kControlHeight + 16;
    }
    switch (tab_) {
      case Tab::lens:
        pen.y += lens_.draw(ui, pen, room);
        break;
      case Tab::micro:
        pen.y += micro_.draw(ui, pen, room);
        break;
      case Tab::collapse:
        pen.y += collapse_.draw(ui, pen, room);
        break;
      case Tab::results:
        pen.y += results_.draw(ui, pen, room);
        break;
      case Tab::take:
        pen.y += take_.draw(ui, frame.platform, pen, room);
        break;
    }
    map_.set_overlay(tab_ == Tab::collapse ? collapse_.line() : std::vector<double>());
    return pen.y - top;
  });
}

std::string TrainScene::sentence(Language language) const {
  return train_sentence(model_, health_, language);
}

bool TrainScene::open(std::string_view link, Language language) {
  const Result<Experiment> read = experiment_from_share_text(link);
  const std::optional<Error> error = read ? model_.load(read.value()) : read.error();
  view_.error = error ? error->message(language) : std::string();
  view_.selected.reset();
  return !error;
}

void TrainScene::write_state(JsonWriter& json) const {
  const Metrics& m = model_.history().points().back();
  json.member("experiment", to_share_text(model_.document()));
  json.member("playing", model_.playing());
  json.member("step", static_cast<double>(model_.trainer().steps()));
  json.member("epoch", static_cast<double>(m.epoch));
  json.member("trainLoss", m.train_loss).member("testLoss", m.test_loss);
  json.member("trainAccuracy", m.train_accuracy).member("testAccuracy", m.test_accuracy);
  json.member("diverged", model_.trainer().divergence().has_value());
  json.member("hash", model_.trainer().hash());
}

}  // namespace lab
