#pragma once

#include <array>
#include <optional>

#include "app/plot/axes.h"
#include "app/plot/canvas.h"
#include "app/scenes/train/train_view.h"
#include "app/ui/ui.h"

namespace lab {

// The course of training: a slider through its steps, and the curves of the losses.
class CurveView {
 public:
  CurveView(TrainModel& model, TrainView& view) : model_(model), view_(view) {}

  // Return the height used.
  float draw_timeline(Ui& ui, ImVec2 at, float width);
  float draw_curve(Ui& ui, ImVec2 at, float width, float height);
  void paint(const Ui& ui, Canvas& canvas) const;
  ImRect picture() const;
  // The curves as CSV, one line a point.
  std::string csv() const;

 private:
  void lay_out();
  // What the curves show of a point, in training or test: not-a-number where there is nothing.
  double value_of(const Metrics& m, bool test) const;
  bool logarithmic() const { return view_.curve == CurveKind::log_loss; }
  using Ends = std::array<std::optional<ImVec2>, 2>;
  Ends paint_branch(const Ui& ui, Canvas& canvas, const std::vector<Metrics>& points,
                    float opacity) const;
  float name_room(const Ui& ui) const;
  void paint_names(const Ui& ui, Canvas& canvas, const Ends& ends) const;
  void read_off(Ui& ui);

  TrainModel& model_;
  TrainView& view_;
  Axes axes_{{}, {0, 1}, {0, 1}};
  float right_ = 0;  // where the picture ends, its names included
};

}  // namespace lab
