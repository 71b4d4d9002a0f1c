#pragma once

#include <string>

#include "app/scenes/train/train_view.h"
#include "app/ui/ui.h"

namespace lab {

// One sample on its way through a training step, click by click, with the numbers in the formulas.
class MicroView {
 public:
  MicroView(TrainModel& model, TrainView& view) : model_(model), view_(view) {}

  // Returns the height used.
  float draw(Ui& ui, ImVec2 at, float width);

 private:
  enum class Phase { input, forward, loss, backward, update };
  // What the clicks so far have come to; `layer` is that of a forward or backward phase.
  struct Place {
    Phase phase;
    size_t layer;
  };

  size_t phases() const;
  Place place() const;
  void look();
  float draw_controls(Ui& ui, ImVec2 at, float width);
  std::string heading(const Ui& ui) const;
  float formula(Ui& ui, ImVec2 at, float width, const std::string& tex) const;
  float draw_input(Ui& ui, ImVec2 at, float width) const;
  float draw_forward(Ui& ui, ImVec2 at, float width, size_t layer) const;
  float draw_loss(Ui& ui, ImVec2 at, float width) const;
  float draw_backward(Ui& ui, ImVec2 at, float width, size_t layer) const;
  float draw_update(Ui& ui, ImVec2 at, float width) const;

  TrainModel& model_;
  TrainView& view_;
  size_t sample_ = 0, phase_ = 0;
  unsigned seen_ = 0;  // the revision that the step is of
  size_t seen_sample_ = 0;
  MicroStep step_;
};

}  // namespace lab
