#pragma once

#include <imgui.h>
#include <imgui_internal.h>

#include <span>
#include <string>
#include <vector>

#include "app/plot/canvas.h"
#include "app/ui/palette.h"

namespace lab {

// An interval of a linear axis.
struct Span {
  double min, max;
  double length() const { return max - min; }
  bool operator==(const Span&) const = default;
};

// How far from the origin a view may reach, and how short a stretch may be that ends at this place:
// still a good many float32 numbers.
inline constexpr double kFarthest = 1e7;
double narrowest(double place);

// One tick: its value and how it is written.
struct Tick {
  double value;
  std::string label;
};

// Ticks at round numbers (1, 2 or 5 times a power of ten) inside the interval, at least about
// `spacing` CSS px apart on an axis of that length.
std::vector<Tick> linear_ticks(Span span, float length, float spacing);
// … and so far that their labels, in captions one beside the other, do not touch.
std::vector<Tick> linear_ticks(const Type& type, Span span, float length, float spacing);
float widest_label(const Type& type, std::span<const Tick> ticks);

// A plot's frame: where it is on the canvas and which part of the plane it shows.
struct Axes {
  ImRect rect;  // of the plotting area, without tick labels
  Span x, y;

  float screen_x(double value) const;
  float screen_y(double value) const;
  ImVec2 place(double px, double py) const { return {screen_x(px), screen_y(py)}; }
  double plane_x(float px) const;
  double plane_y(float py) const;

  // What the labels of the upright axis need, CSS px left of `rect`.
  float left_room(const Type& type) const;
  // Grid, axes through the origin where it is in view, ticks and their labels.
  void draw(Canvas& canvas, Theme theme) const;

  // Moves the view by a distance on the screen; scales it about a point on the screen. What is in
  // view stays within kFarthest, and never becomes shorter than narrowest().
  void pan(ImVec2 by);
  void zoom(ImVec2 about, double factor);

 private:
  std::vector<Tick> y_ticks() const;
};

}  // namespace lab
