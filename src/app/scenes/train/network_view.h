#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/plot/canvas.h"
#include "app/scenes/train/network_layout.h"
#include "app/scenes/train/train_view.h"
#include "app/scenes/train/weight_editor.h"
#include "app/ui/ui.h"
#include "core/formula/formula_activation.h"

namespace lab {

// The network as a diagram: features, units with pictures of what they compute, weights as lines.
// Everything in it can be changed where it stands.
class NetworkView {
 public:
  NetworkView(TrainModel& model, TrainFields& fields, TrainView& view, FormulaLibrary& formulas)
      : model_(model), fields_(fields), view_(view), formulas_(formulas), editor_(model) {}

  void draw(Ui& ui, ImRect rect, FieldPainter* painter);
  // The diagram without what operates it, and with what stands on that: the layers' names.
  void paint_figure(const Ui& ui, Canvas& canvas) const;
  ImRect picture() const;

 private:
  struct Link {
    WeightIndex index;
    float weight;
    ImVec2 from, to;
  };

  // network_view.cpp
  void find_links();
  void operate_links(Ui& ui, ImRect rect);
  void draw_feature(Ui& ui, size_t index);
  void draw_unit(Ui& ui, UnitIndex unit);
  void draw_bias(Ui& ui, UnitIndex unit);
  std::optional<size_t> link_near(ImVec2 at) const;

  // layer_heads.cpp
  ImRect head_name(size_t layer) const;
  void paint_heads(const Ui& ui, Canvas& canvas) const;
  void draw_heads(Ui& ui, ImRect rect);
  void draw_head(Ui& ui, size_t layer);
  void draw_output_head(Ui& ui);
  void draw_depth(Ui& ui, ImRect rect);
  void choose_activation(Ui& ui, size_t layer, std::string_view id, ImRect anchor);

  // network_paint.cpp
  void paint(const Ui& ui, Canvas& canvas) const;
  void paint_links(const Ui& ui, Canvas& canvas) const;
  void paint_units(const Ui& ui, Canvas& canvas) const;

  TrainModel& model_;
  TrainFields& fields_;
  TrainView& view_;
  FormulaLibrary& formulas_;
  WeightEditor editor_;
  NetworkLayout layout_;
  ImRect picture_;
  std::vector<Link> links_;
  std::optional<size_t> hovered_link_;
};

}  // namespace lab
