#pragma once

#include "app/plot/axes.h"
#include "app/plot/figure.h"
#include "app/scenes/gradients/gradients_view.h"
#include "app/scenes/gradients/rate_scan.h"
#include "app/ui/table.h"
#include "platform/platform.h"

namespace lab {

// Units that have stopped learning: since when and why, how to revive them, and the learning rates
// from which on they die.
class DyingView {
 public:
  DyingView(GradientsModel& model, RateScan& scan, GradientsView& view)
      : model_(model), scan_(scan), view_(view) {}

  // Returns the height used.
  float draw(Ui& ui, Platform& platform, ImVec2 at, float width);
  // The curves over the learning rate.
  Figure figure(const Ui& ui) const;

 private:
  float draw_ledger(Ui& ui, Platform& platform, ImVec2 at, float width);
  float draw_revive(Ui& ui, ImVec2 at, float width);
  float draw_dial(Ui& ui, Platform& platform, ImVec2 at, float width);
  float draw_scan(Ui& ui, Platform& platform, ImVec2 at, float width);
  void paint_scan(const Ui& ui, Canvas& canvas) const;
  Table ledger(const Ui& ui, size_t most);

  GradientsModel& model_;
  RateScan& scan_;
  GradientsView& view_;
  Axes axes_;
};

}  // namespace lab
