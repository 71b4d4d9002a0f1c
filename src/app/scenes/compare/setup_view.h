#pragma once

#include "app/scenes/compare/compare_view.h"
#include "core/formula/formula_activation.h"
#include "platform/platform.h"

namespace lab {

// What all runs share, what they differ in, and the bar that plays them.
class SetupView {
 public:
  SetupView(CompareModel& model, CompareView& view, FormulaLibrary& formulas)
      : model_(model), view_(view), formulas_(formulas) {}

  // Return the height used.
  float draw_bar(Ui& ui, Platform& platform, ImVec2 at, float width);
  float draw_fields(Ui& ui, ImVec2 at, float width);

 private:
  float draw_varied(Ui& ui, ImVec2 at, float width);
  void draw_goal(Ui& ui, ImVec2 at, float width);
  void draw_activation(Ui& ui, ImVec2 at, float width);
  void draw_whole(Ui& ui, std::string_view id, Str label, ImVec2 at, float width, int now,
                  int least, int most, const std::function<void(Experiment&, int)>& set);

  CompareModel& model_;
  CompareView& view_;
  FormulaLibrary& formulas_;
  Experiment::Layer layer_;  // as the hidden ones are, or were when there were some
};

}  // namespace lab
