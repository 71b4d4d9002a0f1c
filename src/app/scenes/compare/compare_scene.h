#pragma once

#include "app/scenes/compare/cards_view.h"
#include "app/scenes/compare/race_view.h"
#include "app/scenes/compare/seeds_view.h"
#include "app/scenes/compare/setup_view.h"
#include "app/scenes/scene.h"
#include "app/ui/table.h"

namespace lab {

// Which one to take: runs side by side that differ in one thing, and the same over many seeds.
class CompareScene final : public Scene {
 public:
  explicit CompareScene(FormulaLibrary& formulas);

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
  void write_state(JsonWriter& json) const override;

 private:
  void advance(Ui& ui, Platform& platform);
  bool busy() const;
  void handle_keys(Platform& platform);
  float draw_presets(Ui& ui, ImVec2 at, float width);
  float draw_setup(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);
  float draw_table_panel(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);
  float draw_exports(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);
  Table table(const Ui& ui) const;

  CompareModel model_;
  SeedSweep sweep_;
  CompareView view_;
  SetupView setup_;
  CardsView cards_;
  RaceView race_;
  SeedsView seeds_;
  size_t turn_ = 0;  // whose layers are looked at next while training plays
};

}  // namespace lab
