#pragma once

#include "app/scenes/gradients/dying_view.h"
#include "app/scenes/gradients/layers_view.h"
#include "app/scenes/gradients/network_setup_view.h"
#include "app/scenes/gradients/zigzag_view.h"
#include "app/scenes/link_keys.h"
#include "app/scenes/scene.h"

namespace lab {

// Why deep networks train or don't: what arrives of the gradient, layer by layer, and what takes it
// away; units that die; inputs that are not centred.
class GradientsScene final : public Scene {
 public:
  explicit GradientsScene(FormulaLibrary& formulas);

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
  enum class Tab { dying, zigzag };
  // What links hold beside the network:
  //   &app.tab=zigzag&app.strip=slope&app.speed=6&app.zigzagRate=0.5&app.step=1280
  struct Look {
    Tab tab = Tab::dying;
    StripKind strip = StripKind::gradient;
    int speed = 3;
    double zigzag_rate = ZigzagView::kRate;
    int step = 0;
  };
  static void pass(LinkKeys& keys, Look& look);

  void advance(Ui& ui, Platform& platform);
  bool busy() const;
  void handle_keys();
  float draw_presets(Ui& ui, ImVec2 at, float width);
  float draw_setup(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);
  float draw_layers(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);
  float draw_exports(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);
  float draw_details(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);

  GradientsModel model_;
  RateScan scan_;
  GradientsView view_;
  NetworkSetupView setup_;
  LayersView layers_;
  DyingView dying_;
  ZigzagView zigzag_;
  Tab tab_ = Tab::dying;
};

}  // namespace lab
