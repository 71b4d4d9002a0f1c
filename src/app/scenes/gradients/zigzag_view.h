#pragma once

#include <array>

#include "app/plot/axes.h"
#include "app/plot/figure.h"
#include "app/scenes/gradients/gradients_view.h"
#include "app/scenes/gradients/zigzag.h"
#include "app/training/pace.h"
#include "core/json_writer.h"
#include "platform/platform.h"

namespace lab {

// The ways of two neurons over their loss surfaces: one behind sigmoids, one behind tanhs.
class ZigzagView {
 public:
  ZigzagView();

  // Takes the steps that are due.
  void advance(double now);
  bool playing() const { return playing_; }
  static constexpr double kRate = 0.3, kSlowest = 0.05, kFastest = 1;  // of learning
  double rate() const { return rate_; }
  void set_rate(double rate);  // and back to the start
  // Returns the height used.
  float draw(Ui& ui, Platform& platform, ImVec2 at, float width, GradientsView& view);
  Figure figure(const Ui& ui) const;
  // Takes all the steps that play by themselves, if none has been taken.
  void show();
  void write_state(JsonWriter& json) const;

 private:
  struct Side {
    Zigzag neuron;
    // Contours in shares of the plane, from the lower left.
    std::vector<std::array<ImVec2, 2>> contours;
    Axes axes;
  };
  static constexpr int kGrid = 72;

  void restart();
  float draw_bar(Ui& ui, ImVec2 at, float width, GradientsView& view);
  float draw_side(Ui& ui, Side& side, ImVec2 at, float width);
  void paint(const Ui& ui, Canvas& canvas) const;
  void paint_side(const Ui& ui, Canvas& canvas, const Side& side) const;

  double rate_ = kRate;
  std::vector<Side> sides_;
  bool playing_ = false;
  Pace pace_;
};

}  // namespace lab
