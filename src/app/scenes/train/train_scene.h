#pragma once

#include "app/scenes/scene.h"
#include "app/scenes/train/collapse_view.h"
#include "app/scenes/train/curve_view.h"
#include "app/scenes/train/data_view.h"
#include "app/scenes/train/lens_view.h"
#include "app/scenes/train/map_view.h"
#include "app/scenes/train/micro_view.h"
#include "app/scenes/train/network_view.h"
#include "app/scenes/train/play_view.h"
#include "app/scenes/train/results_view.h"
#include "app/scenes/train/sentence.h"
#include "app/scenes/train/settings_view.h"
#include "app/scenes/train/take_view.h"
#include "app/scenes/train/train_link.h"

namespace lab {

// A small network that learns before one's eyes: build it, play, and watch what each part does.
class TrainScene final : public Scene {
 public:
  explicit TrainScene(FormulaLibrary& formulas);

  float draw(Ui& ui, const SceneFrame& frame) override;
  std::string sentence(Language language) const override;
  Complaint open(std::string_view link) override;
  std::string link() const override;
  void list_keys(LinkKeys& keys) const override;
  Complaint& complaint() override { return view_.complaint; }
  static std::span<const ScenePart> parts();
  std::vector<ScenePreset> presets() const override;
  bool command(SceneCommand command) override;
  std::optional<SceneProgress> progress() const override;
  std::vector<Figure> figures(const Ui& ui) override;
  void show_figure(std::string_view id) override;
  std::optional<Error> edit(const Change& change) override;
  std::string hash() const override { return model_.trainer().hash(); }
  void write_state(JsonWriter& json) const override;

 private:
  void handle_keys(Ui& ui, Platform& platform);
  void take_text(Ui& ui, std::string text);
  void examine(double now);
  TrainLook look() const;
  void set_look(const TrainLook& look);
  float draw_heading(Ui& ui, const SceneFrame& frame, ImVec2 at);
  float draw_presets(Ui& ui, ImVec2 at, float width);
  float draw_wide(Ui& ui, const SceneFrame& frame, ImVec2 at);
  float draw_narrow(Ui& ui, const SceneFrame& frame, ImVec2 at);
  float draw_map_column(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);
  float draw_play(Ui& ui, const SceneFrame& frame, ImVec2 at);
  float draw_below(Ui& ui, const SceneFrame& frame, ImVec2 at);
  float draw_details(Ui& ui, const SceneFrame& frame, ImVec2 at);

  TrainModel model_;
  TrainFields fields_;
  TrainView view_;
  NetworkView network_;
  MapView map_;
  CurveView curve_;
  DataView data_;
  SettingsView settings_;
  PlayView play_;
  LensView lens_;
  MicroView micro_;
  CollapseView collapse_;
  ResultsView results_;
  TakeView take_;
  NetworkHealth health_;
  unsigned examined_ = 0;   // the revision that it is of
  double examined_at_ = 0;  // seconds, by the platform's clock
  bool drawn_ = false;
  TrainTab tab_ = TrainTab::lens;
  std::optional<UnitIndex> last_selected_;  // so that a new choice opens the lens
};

}  // namespace lab
