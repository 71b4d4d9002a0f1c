#pragma once

#include <vector>

#include "app/plot/axes.h"
#include "core/activation/activation.h"

namespace lab {

// A function with the values of its parameters.
struct FunctionChoice {
  const Activation* activation;
  ActivationParams params;

  bool operator==(const FunctionChoice&) const = default;
};

enum class Order { value, first, second };

// f, f′ or f″ at x, by the vector kernels (f″ by a central difference of the reference f′; at a
// kink there is none: not-a-number).
float evaluate(const FunctionChoice& choice, Order order, float x);

// A curve on the screen: pieces without a break, and the dots at its jumps: closed where the value
// lies, open at a limit that is not taken.
struct Curve {
  struct Dot {
    ImVec2 at;
    bool open;
  };
  std::vector<std::vector<ImVec2>> pieces;
  std::vector<Dot> dots;
};

// Samples once a CSS px and exactly at the kinks, so that corners stay sharp.
Curve make_curve(const FunctionChoice& choice, Order order, const Axes& axes);

// The curve moved by `offset`.
void draw_curve(Canvas& canvas, const Curve& curve, ImVec2 offset, const Stroke& stroke,
                ImU32 ground);

// Stretches of x on which the slope is 0 (dead) or small (saturated).
struct Region {
  double from, to;
  bool dead;
};
inline constexpr float kSaturatedSlope = 0.05f;
std::vector<Region> slope_regions(const FunctionChoice& choice, Span x, size_t samples);

// How far f(x) as computed lies from the reference, in units in the last place of a float32.
double error_in_ulp(const FunctionChoice& choice, float x);

// E[f(X)] for X ~ N(0, 1), from the reference; NaN where it may not exist.
double mean_of_normal(const FunctionChoice& choice);

}  // namespace lab
