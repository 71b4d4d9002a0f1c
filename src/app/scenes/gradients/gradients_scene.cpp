#include "app/scenes/gradients/gradients_scene.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/plot/figure_buttons.h"
#include "app/scenes/training_scene.h"
#include "app/training/activation_choices.h"
#include "app/training/preset_chips.h"
#include "app/training/speed.h"
#include "app/ui/number.h"
#include "core/experiment/share_link.h"

namespace lab {
namespace {

constexpr float kGap = 16;
constexpr double kBudget = 0.010;  // seconds of training in a frame
constexpr float kSmall = -2;       // exponents from which a gradient counts as vanished …
constexpr float kLarge = 2;        // … or exploded

std::string times(float exponent) {
  if (exponent <= static_cast<float>(GradientsModel::kFaintest)) return "0";
  return number_text(std::pow(10.0, static_cast<double>(exponent)), 2);
}

}  // namespace

GradientsScene::GradientsScene(FormulaLibrary& formulas)
    : setup_(model_, view_, formulas), layers_(model_, view_), dying_(model_, scan_, view_) {
  model_.look();
}

float GradientsScene::draw(Ui& ui, const SceneFrame& frame) {
  handle_keys();
  advance(ui, frame.platform);
  ImVec2 at = frame.top_left;
  const float width = frame.width;
  if (frame.shows("title")) {
    at.y += ui.paragraph(at, width, style::title, Tone::text, ui.tr(Str::gradients_title)) + 8;
  }
  if (frame.shows("presets")) at.y += draw_presets(ui, at, width) + 12;
  at.y += error_above(ui, "gradients.error", at, width, view_.complaint);
  const auto add = [&](bool shown, const std::function<float(ImVec2, float)>& draw) {
    if (shown) at.y += in_panel(ui, at, width, draw) + kGap;
  };
  add(frame.shows("play") || frame.shows("settings"),
      [&](ImVec2 pen, float room) { return draw_setup(ui, frame, pen, room); });
  add(frame.shows("layers") || frame.shows("strip"),
      [&](ImVec2 pen, float room) { return draw_layers(ui, frame, pen, room); });
  if (frame.shows("details")) at.y += draw_details(ui, frame, at, width) + kGap;
  if (view_.make(ui)) model_.look();
  return std::max(at.y - kGap, frame.top_left.y) - frame.top_left.y;
}

float GradientsScene::draw_setup(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  const float top = at.y;
  const bool fields = frame.shows("settings");
  if (frame.shows("play")) at.y += setup_.draw_bar(ui, at, width) + (fields ? 16 : 0);
  if (fields) at.y += setup_.draw_fields(ui, at, width);
  return at.y - top;
}

float GradientsScene::draw_layers(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  const float top = at.y;
  at.y += layers_.draw(ui, frame, at, width);
  if (frame.shows("exports")) at.y += 12 + draw_exports(ui, frame, {at.x, at.y + 12}, width);
  return at.y - top;
}

void GradientsScene::advance(Ui& ui, Platform& platform) {
  const std::function<double()> clock = [&] { return platform.now(); };
  model_.advance(platform.now(), clock, kBudget);
  if (scan_.running()) scan_.advance(clock, platform.now() + kBudget);
  zigzag_.advance(platform.now());
  if (busy()) ui.keep_moving();
}

bool GradientsScene::busy() const {
  return model_.playing() || model_.going_on() || scan_.running() || zigzag_.playing();
}

void GradientsScene::handle_keys() {
  if (ImGui::GetIO().WantTextInput || ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  if (GImGui->NavCursorVisible && GImGui->NavId != 0) return;
  if (ImGui::IsKeyChordPressed(ImGuiKey_Space)) {
    view_.later([this] { model_.play(!model_.playing()); });
  }
}

float GradientsScene::draw_presets(Ui& ui, ImVec2 at, float width) {
  return preset_chips(
      ui, "gradients", at, width, deep_presets(),
      [&](const DeepPreset& preset) { return model_.setup() == preset.setup(); },
      [&](const DeepPreset& preset) {
        view_.attempt({}, [this, &preset] { return model_.load(preset.setup()); });
      });
}

float GradientsScene::draw_exports(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  Platform& platform = frame.platform;
  ButtonRow row(ui, at, width);
  const ButtonLook save{ButtonKind::outline, Icon::download};
  for (const Figure& figure : figures(ui)) {
    if (figure.of == "details" || !frame.shows(figure.of)) continue;  // those have their own
    figure_buttons(row, ui, platform, "gradients.save." + std::string(figure.id), figure);
  }
  if (row.add("gradients.save.csv", std::string(ui.tr(Str::gradients_picture_strip)) + " CSV",
              save)) {
    platform.save_file("gradients.csv", "text/csv", layers_.csv());
  }
  if (row.add("gradients.copy.link", ui.tr(Str::train_copy_link),
              {ButtonKind::outline, Icon::copy})) {
    platform.set_clipboard(frame.address());
  }
  return row.height();
}

float GradientsScene::draw_details(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  return in_panel(ui, at, width, [&](ImVec2 pen, float room) {
    const float top = pen.y;
    const Choice choices[] = {{"dying", ui.tr(Str::gradients_tab_dying)},
                              {"zigzag", ui.tr(Str::gradients_tab_zigzag)}};
    tab_ = static_cast<Tab>(
        tabs(ui, "gradients.tab", {pen.x - 12, pen.y - 8}, 40, choices, static_cast<size_t>(tab_)));
    pen.y += 48;
    pen.y += tab_ == Tab::dying ? dying_.draw(ui, frame.platform, pen, room)
                                : zigzag_.draw(ui, frame.platform, pen, room, view_);
    return pen.y - top;
  });
}

std::string GradientsScene::sentence(Language language) const {
  if (const auto& divergence = model_.trainer().divergence()) {
    return tr(language, Str::see_diverged, {std::to_string(divergence->step)});
  }
  const GradientMoment& now = model_.moments().back();
  const std::string depth = std::to_string(model_.setup().depth);
  std::string text = tr(language, Str::see_gradients,
                        {depth, activation_name(language, model_.activation()),
                         times(now.gradient[0]), times(now.slope[0]), times(now.weight[0])});
  if (language == Language::en) text += ' ';
  Str verdict = Str::see_gradients_flows;
  if (now.gradient[0] < kSmall) {
    verdict = now.slope[0] < now.weight[0] ? Str::see_gradients_slope : Str::see_gradients_weights;
  }
  if (now.gradient[0] > kLarge) verdict = Str::see_gradients_explodes;
  text += tr(language, verdict);
  if (const size_t dead = model_.dead_count(); dead > 0) {
    text += (language == Language::en ? " " : "") +
            tr(language, Str::gradients_dead_of,
               {std::to_string(dead), std::to_string(model_.hidden_count())});
  }
  return text;
}

void GradientsScene::pass(LinkKeys& keys, Look& look) {
  constexpr std::string_view tabs[] = {"dying", "zigzag"};
  constexpr std::string_view strips[] = {"gradient", "slope", "weight", "dead"};
  keys.choice("app.tab", look.tab, Tab::dying, tabs);
  keys.choice("app.strip", look.strip, StripKind::gradient, strips);
  keys.whole("app.speed", look.speed, 3, 0, static_cast<int>(kTrainSpeeds.size()) - 1);
  keys.number("app.zigzagRate", look.zigzag_rate, ZigzagView::kRate, ZigzagView::kSlowest,
              ZigzagView::kFastest);
  keys.whole("app.step", look.step, 0, 0, kMostLinkedSteps);
}

Complaint GradientsScene::open(std::string_view link) {
  const Result<DeepSetup> read = setup_from_link(link);
  if (!read) return read.error();
  Look look;
  LinkKeys keys(link);
  pass(keys, look);
  if (keys.error()) return *keys.error();
  if (auto error = model_.load(read.value())) return *error;
  model_.look();
  tab_ = look.tab;
  view_.strip = look.strip;
  model_.set_speed(static_cast<size_t>(look.speed));
  model_.go_on_to(look.step);
  if (look.zigzag_rate != zigzag_.rate()) zigzag_.set_rate(look.zigzag_rate);
  return {};
}

std::string GradientsScene::link() const {
  LinkKeys keys;
  Look look{tab_, view_.strip, static_cast<int>(model_.speed()), zigzag_.rate(),
            model_.reproducible_step()};
  pass(keys, look);
  return to_link(model_.setup()) + keys.written();
}

void GradientsScene::list_keys(LinkKeys& keys) const {
  double scale = 1;
  Look usual;
  pass_scale(keys, scale);
  pass(keys, usual);
}

std::span<const ScenePart> GradientsScene::parts() {
  static constexpr ScenePart kParts[] = {
      {"title", Str::part_title},
      {"presets", Str::part_presets},
      {"play", Str::part_play},
      {"settings", Str::part_settings},
      {"layers", Str::part_layers},
      {"z", Str::part_z},
      {"a", Str::part_a},
      {"sizes", Str::part_sizes},
      {"spread", Str::part_spread},
      {"flow", Str::part_flow},
      {"strip", Str::part_strip},
      {"exports", Str::part_exports},
      {"details", Str::part_details},
  };
  return kParts;
}

std::vector<ScenePreset> GradientsScene::presets() const {
  std::vector<ScenePreset> presets;
  for (const DeepPreset& preset : deep_presets()) {
    presets.push_back({preset.id, preset.name, to_link(preset.setup())});
  }
  return presets;
}

bool GradientsScene::command(SceneCommand command) {
  const bool stuck = model_.trainer().divergence().has_value();
  const bool done = command_training(model_, command, stuck, [this] { model_.step(1); });
  model_.look();
  return done;
}

// The network stays one of equal layers: of others the first one counts.
std::optional<Error> GradientsScene::edit(const Change& change) {
  DeepSetup plain = model_.setup();
  plain.input_scale = 1;
  Experiment experiment = experiment_of(plain);
  if (auto error = change(experiment)) return error;
  Result<DeepSetup> next = setup_from_link(to_share_text(experiment));
  if (!next) return next.error();
  next.value().input_scale = model_.setup().input_scale;
  DeepSetup but_rate = next.value();
  but_rate.rate = model_.setup().rate;
  auto error =
      but_rate == model_.setup() ? model_.set_rate(next.value().rate) : model_.load(next.value());
  model_.look();
  return error;
}

std::optional<SceneProgress> GradientsScene::progress() const {
  SceneProgress progress = progress_of(model_.metrics());
  progress.playing = busy();
  progress.diverged = model_.trainer().divergence().has_value();
  return progress;
}

std::vector<Figure> GradientsScene::figures(const Ui& ui) {
  std::vector<Figure> list = {
      {"layers", Str::gradients_picture_layers, "layers", layers_.picture(),
       [this, &ui](Canvas& canvas) { layers_.paint(ui, canvas); }},
      {"strip", Str::gradients_picture_strip, "strip", layers_.strip_picture(),
       [this, &ui](Canvas& canvas) { layers_.paint_strip(ui, canvas); }},
      dying_.figure(ui),
      zigzag_.figure(ui)};
  (tab_ == Tab::dying ? list[3] : list[2]).paint = nullptr;  // the other tab's
  return list;
}

void GradientsScene::show_figure(std::string_view id) {
  if (id == "zigzag") {
    tab_ = Tab::zigzag;
    zigzag_.show();
  }
  if (id != "scan") return;
  tab_ = Tab::dying;
  if (!scan_.of(model_.setup()) && !scan_.running()) scan_.start(model_.setup());
}

void GradientsScene::write_state(JsonWriter& json) const {
  const DeepSetup& setup = model_.setup();
  json.member("experiment", to_share_text(model_.trainer().experiment()));
  json.member("link", "scene=gradients&" + link());
  json.member("depth", setup.depth).member("width", setup.width);
  json.member("activation", std::string_view(model_.activation()));
  json.member("init", std::string_view(setup.init)).member("gain", setup.gain);
  json.member("inputScale", setup.input_scale).member("rate", setup.rate);
  json.member("playing", busy());
  json.member("step", static_cast<double>(model_.trainer().steps()));
  json.member("dead", model_.dead_count());
  json.member("hash", std::string_view(model_.trainer().hash()));
  json.key("layers").begin_array();
  const GradientMoment& now = model_.moments().back();
  for (size_t l = 0; l < model_.layers().size(); ++l) {
    json.begin_object().member("gradientRms", model_.layers()[l].gradient_rms);
    json.member("gradient", now.gradient[l]).member("slope", now.slope[l]);
    json.member("weight", now.weight[l]).end_object();
  }
  json.end_array();
  json.member("scanned", scan_.points().size());
  json.key("zigzag");
  zigzag_.write_state(json);
}

}  // namespace lab
