#pragma once

#include "app/plot/axes.h"
#include "app/scenes/compare/compare_view.h"

namespace lab {

// The curves of all runs on the same axes.
class RaceView {
 public:
  RaceView(CompareModel& model, CompareView& view) : model_(model), view_(view) {}

  // Returns the height used.
  float draw(Ui& ui, ImVec2 at, float width);
  ImRect picture() const;
  void paint(const Ui& ui, Canvas& canvas) const;
  std::string csv() const;

 private:
  double value_of(const Metrics& metrics) const;
  void lay_out();
  void paint_goal(const Ui& ui, Canvas& canvas) const;
  void read_off(Ui& ui);
  bool logarithmic() const { return view_.curve == CompareCurve::log_loss; }

  CompareModel& model_;
  CompareView& view_;
  Axes axes_{{}, {0, 10}, {0, 1}};
  float right_ = 0;  // end of the room for names
};

}  // namespace lab
