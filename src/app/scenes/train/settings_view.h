#pragma once

#include <string>
#include <string_view>

#include "app/scenes/scene.h"
#include "app/scenes/train/train_view.h"
#include "app/ui/flow.h"
#include "app/ui/ui.h"
#include "core/experiment/fields.h"

namespace lab {

// How the network learns: one editor for each field of the document that counts at present, made
// from the table of fields.
class SettingsView {
 public:
  SettingsView(TrainModel& model, TrainView& view) : model_(model), view_(view) {}

  // Returns the height used. Fields are left out by their keys in share links, "optimizer".
  float draw(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);

 private:
  void edit(std::string_view control, const Field& field, std::string text);
  void draw_stop_rules(Ui& ui, Flow& flow, float width);

  TrainModel& model_;
  TrainView& view_;
  bool more_ = false;
};

}  // namespace lab
