#pragma once

#include <string>
#include <vector>

#include "app/scenes/train/train_view.h"
#include "app/ui/text_dialog.h"
#include "app/ui/ui.h"

namespace lab {

// The data to learn: kinds, noise, split and seed, and tools to draw points of one's own.
class DataView {
 public:
  DataView(TrainModel& model, TrainView& view) : model_(model), view_(view) {}

  // Returns the height used.
  float draw(Ui& ui, ImVec2 at, float width);
  // Reads points from CSV text; returns what is wrong with it, or nothing.
  Complaint take_csv(std::string_view text);

 private:
  struct Thumbnail {
    std::vector<DataPoint> points;
    Problem problem;
  };

  float draw_kinds(Ui& ui, ImVec2 at, float width);
  void draw_kind(Ui& ui, ImRect rect, size_t index);
  float draw_sliders(Ui& ui, ImVec2 at, float width);
  float draw_tools(Ui& ui, ImVec2 at, float width);

  TrainModel& model_;
  TrainView& view_;
  std::vector<Thumbnail> thumbnails_;  // of the registry's kinds, made once
  TextDialog csv_{"train.csv"};
};

}  // namespace lab
