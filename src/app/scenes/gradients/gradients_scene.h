#pragma once

#include "app/scenes/gradients/dying_view.h"
#include "app/scenes/gradients/layers_view.h"
#include "app/scenes/gradients/network_setup_view.h"
#include "app/scenes/gradients/zigzag_view.h"
#include "app/scenes/scene.h"

namespace lab {

// Why deep networks train or don't: what arrives of the gradient, layer by layer, and what takes it
// away; units that die; inputs that are not centred.
class GradientsScene final : public Scene {
 public:
  explicit GradientsScene(FormulaLibrary& formulas);

  float draw(Ui& ui, const SceneFrame& frame) override;
  std::string sentence(Language language) const override;
  bool open(std::string_view link, Language language) override;
  void write_state(JsonWriter& json) const override;

 private:
  enum class Tab { dying, zigzag };

  void advance(Ui& ui, Platform& platform);
  void handle_keys();
  float draw_presets(Ui& ui, ImVec2 at, float width);
  float draw_exports(Ui& ui, Platform& platform, ImVec2 at, float width);
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
