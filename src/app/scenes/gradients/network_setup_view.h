#pragma once

#include "app/scenes/gradients/gradients_view.h"
#include "core/formula/formula_activation.h"

namespace lab {

// The deep network's settings, and the bar that trains it.
class NetworkSetupView {
 public:
  NetworkSetupView(GradientsModel& model, GradientsView& view, FormulaLibrary& formulas)
      : model_(model), view_(view), formulas_(formulas) {}

  // Return the height used.
  float draw_bar(Ui& ui, ImVec2 at, float width);
  float draw_fields(Ui& ui, ImVec2 at, float width);

 private:
  void change(std::string_view control, const std::function<void(DeepSetup&)>& change);
  void draw_slider(Ui& ui, std::string_view id, Str label, ImVec2 at, float width, int now,
                   int most, int DeepSetup::*member);
  void draw_number(Ui& ui, std::string_view id, std::string_view label, ImVec2 at, float width,
                   double least, double most, double DeepSetup::*member);

  GradientsModel& model_;
  GradientsView& view_;
  FormulaLibrary& formulas_;
};

}  // namespace lab
