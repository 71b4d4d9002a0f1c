#pragma once

#include <optional>
#include <string>

#include "app/plot/canvas.h"
#include "app/scenes/train/train_view.h"
#include "app/ui/ui.h"

namespace lab {

// The plane with what the network makes of it, and the data on it.
class MapView {
 public:
  MapView(TrainModel& model, TrainFields& fields, TrainView& view)
      : model_(model), fields_(fields), view_(view) {}

  // Brings the pictures of the plane up to date, those of the diagram, too. To be called before
  // either is drawn.
  void update(FieldPainter* painter);
  // The map is a square; what belongs to it stands below. Returns the height used.
  float draw(Ui& ui, ImVec2 at, float width, FieldPainter* painter);
  void paint(const Ui& ui, Canvas& canvas) const;
  ImRect picture() const;
  // Shows all of the plane again.
  void reset_view();
  const Axes& axes() const { return axes_; }
  // The one-layer network that a stack of linear layers is, as a line over the map; empty: none.
  void set_overlay(std::vector<double> weights_and_bias) { overlay_ = std::move(weights_and_bias); }

 private:
  struct Caption {
    std::string text;
    ImRect rect;
    std::optional<ImRect> back;  // its button
    bool hovered = false;
  };
  Caption caption_of(Ui& ui);
  static void draw_caption(Ui& ui, const Caption& caption);
  void operate(Ui& ui, ImRect rect);
  void pan(ImRect rect, bool held);
  void brush(ImVec2 at);
  void paint_points(const Ui& ui, Canvas& canvas) const;
  void paint_overlay(const Ui& ui, Canvas& canvas) const;
  void read_off(Ui& ui, ImVec2 at) const;
  void paint_scale(const Ui& ui, Canvas& canvas) const;
  float draw_options(Ui& ui, ImVec2 at, float width);

  TrainModel& model_;
  TrainFields& fields_;
  TrainView& view_;
  Axes axes_{{}, {-6, 6}, {-6, 6}};
  double shown_extent_ = 0;
  ImVec2 last_brush_;
  std::vector<double> overlay_;
};

}  // namespace lab
