#pragma once

#include "app/plot/axes.h"
#include "app/scenes/gradients/gradients_view.h"
#include "app/scenes/scene.h"

namespace lab {

// The layers as columns from input to output, one figure below the other: histograms of z, a and
// the size of ∂L/∂z; the spread of z and the gradient, measured and expected; the strip over time.
class LayersView {
 public:
  LayersView(GradientsModel& model, GradientsView& view) : model_(model), view_(view) {}

  // What of it the frame shows; returns the height used.
  float draw(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);
  // All but the strip, and the strip, for files.
  ImRect picture() const { return picture_; }
  ImRect strip_picture() const;
  void paint(const Ui& ui, Canvas& canvas) const;
  void paint_strip(const Ui& ui, Canvas& canvas) const;
  std::string csv() const;

 private:
  enum Row { kZ, kA, kGradient, kSpread, kFlow, kRows };

  void lay_out(const Ui& ui, const SceneFrame& frame, ImVec2 at, float width);
  ImRect column(Row row, size_t layer) const;
  float middle(size_t layer) const;
  void paint_layer_names(const Ui& ui, Canvas& canvas, float y) const;
  void paint_title(const Ui& ui, Canvas& canvas, Row row) const;
  void paint_histograms(const Ui& ui, Canvas& canvas, Row row) const;
  void paint_gradients(const Ui& ui, Canvas& canvas) const;
  void paint_spread(const Ui& ui, Canvas& canvas) const;
  void paint_flow(const Ui& ui, Canvas& canvas) const;
  void paint_decades(const Ui& ui, Canvas& canvas, const Axes& axes) const;
  // A curve over the layers, exponents of ten.
  struct Line {
    std::string name;
    ImU32 colour;
    std::vector<double> exponents;
    float width = 2;
    bool dashed = false, dots = false;
  };
  void paint_lines(const Ui& ui, Canvas& canvas, Axes axes, const std::vector<Line>& lines) const;
  Span span_of(const std::vector<Line>& lines) const;
  std::vector<Line> spread_lines(const Ui& ui) const;
  std::vector<Line> flow_lines(const Ui& ui) const;
  float draw_rows(Ui& ui);
  float draw_strip(Ui& ui, ImVec2 at, float width);
  float strip_limit() const;
  void read_off(Ui& ui, size_t layer);

  GradientsModel& model_;
  GradientsView& view_;
  ImRect rows_[kRows];
  bool shown_[kRows] = {};
  std::vector<std::string_view> titles_[kRows];  // lines
  ImRect all_;                                   // from the first row that is shown to the last
  ImRect strip_, picture_;
  float right_ = 0;  // end of the room for names
  float column_ = 1;
};

}  // namespace lab
