#pragma once

#include "app/plot/axes.h"
#include "app/plot/figure.h"
#include "app/scenes/compare/compare_view.h"
#include "app/ui/table.h"
#include "platform/platform.h"

namespace lab {

// The comparison over many seeds: its settings and progress, success rates with intervals, the
// epochs to the goal as dots and boxes, and all of it as a table.
class SeedsView {
 public:
  SeedsView(CompareModel& model, SeedSweep& sweep, CompareView& view)
      : model_(model), sweep_(sweep), view_(view) {}

  // Returns the height used.
  float draw(Ui& ui, Platform& platform, ImVec2 at, float width);
  void start();
  // Whether the seeds run or have been run with all settings as they are now.
  bool shows_what_is_set() const;
  // The plot; not to be drawn while no seeds have been run.
  Figure figure(const Ui& ui) const;

 private:
  float draw_settings(Ui& ui, ImVec2 at, float width);
  float draw_progress(Ui& ui, ImVec2 at, float width);
  float draw_plot(Ui& ui, ImVec2 at, float width);
  float draw_exports(Ui& ui, Platform& platform, ImVec2 at, float width);
  void paint(const Ui& ui, Canvas& canvas) const;
  void paint_row(const Ui& ui, Canvas& canvas, size_t value) const;
  Table table(const Ui& ui) const;
  std::optional<int> number(Ui& ui, std::string_view id, Str label, ImVec2 at, int now, int most);

  CompareModel& model_;
  SeedSweep& sweep_;
  CompareView& view_;
  Complaint complaint_;                 // about what was typed into the settings last
  std::vector<SeedSummary> summaries_;  // of what there is
  ImRect plot_;
  Axes success_, epochs_;
};

}  // namespace lab
