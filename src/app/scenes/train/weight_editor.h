#pragma once

#include <imgui_internal.h>

#include <string>
#include <string_view>

#include "app/scenes/train/train_view.h"
#include "app/ui/ui.h"

namespace lab {

// A pop-up in which one weight or bias is typed, dragged or frozen.
class WeightEditor {
 public:
  explicit WeightEditor(TrainModel& model) : model_(model) {}

  void open(const WeightIndex& index, ImVec2 at);
  void draw(Ui& ui, TrainView& view);

 private:
  TrainModel& model_;
  WeightIndex index_;
  ImVec2 at_;
};

// Sets a weight to what was typed, or lets the control say that it is none.
void set_weight(TrainModel& model, TrainView& view, std::string_view control,
                const WeightIndex& index, const std::string& text);

// "Weight from x² to neuron 3 of layer 1"
std::string weight_name(const Ui& ui, const Experiment& experiment, const WeightIndex& index);

}  // namespace lab
