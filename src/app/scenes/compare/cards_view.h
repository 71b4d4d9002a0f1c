#pragma once

#include <vector>

#include "app/plot/canvas.h"
#include "app/scenes/compare/compare_view.h"
#include "core/formula/formula_activation.h"

namespace lab {

// The runs side by side, each a small map of the plane with its name and how well it does.
class CardsView {
 public:
  CardsView(CompareModel& model, CompareView& view, FormulaLibrary& formulas)
      : model_(model), view_(view), formulas_(formulas) {}

  // Returns the height used.
  float draw(Ui& ui, ImVec2 at, float width, FieldPainter* painter);
  // All maps with their names, for files.
  ImRect picture() const;
  void paint(const Ui& ui, Canvas& canvas) const;

 private:
  static constexpr int kMap = 64;  // points along a side
  static constexpr unsigned kFirstKey = 100;
  struct Map {
    std::vector<float> values;
    int classes = 0;
    const Trainer* of = nullptr;
    unsigned revision = 0;
  };

  void lay_out(ImVec2 at, float width);
  void update(size_t run, FieldPainter* painter);
  void draw_card(Ui& ui, size_t run, FieldPainter* painter);
  void draw_name(Ui& ui, size_t run, ImRect rect);
  void draw_figures(Ui& ui, size_t run, ImVec2 at, float width);
  void draw_add(Ui& ui);
  ImRect map_rect(size_t run) const;
  void paint_map(const Ui& ui, Canvas& canvas, size_t run) const;

  CompareModel& model_;
  CompareView& view_;
  FormulaLibrary& formulas_;
  std::vector<ImRect> cards_;  // the last one is for adding a run, if there is room for one
  std::vector<Map> maps_;
  FieldPainter* painter_ = nullptr;
  unsigned frame_ = 0;
};

}  // namespace lab
