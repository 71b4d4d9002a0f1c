#pragma once

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/experiment/experiment.h"
#include "core/math/real.h"
#include "core/random/polar_normal.h"

// TensorFlow Playground's data sets. `Random` has uniform() and uniform(low, high); what is drawn,
// in which order and by which sequence of roundings is Playground's, and numbers are drawn even
// where the noise is 0. Class 1 is Playground's label +1, class 0 its −1.

namespace lab::shapes {

using Points = std::vector<DataPoint>;

struct Shift {
  double x, y;
};
// Moves a point before it is labelled, so that points near a border get the other label.
template <class Random>
Shift draw_shift(Random& random, double noise, double radius) {
  const double x = random.uniform(-radius, radius) * noise;
  return {x, random.uniform(-radius, radius) * noise};
}

inline double distance(double x, double y) {
  return std::sqrt(x * x + y * y);
}

// A point at a random angle, its radius from low to high. The label is left to the caller.
template <class Random>
DataPoint draw_on_ring(Random& random, double low, double high) {
  const double r = random.uniform(low, high);
  const double angle = random.uniform(0, 2 * std::numbers::pi);
  return {r * real::sin(angle), r * real::cos(angle), 0};
}

// A disc of radius 2.5 in a ring from 3.5 to 5.
template <class Random>
void circle(Random& random, double noise, int inside, int outside, Points& points) {
  for (int i = 0; i < inside + outside; ++i) {
    DataPoint point = i < inside ? draw_on_ring(random, 0, 2.5) : draw_on_ring(random, 3.5, 5);
    const Shift shift = draw_shift(random, noise, 5);
    point.label = distance(point.x + shift.x, point.y + shift.y) < 2.5 ? 1 : 0;
    points.push_back(point);
  }
}

// Four quadrants with a gap between. `even`: point by point another class, before the noise.
template <class Random>
void exclusive_or(Random& random, double noise, int count, bool even, Points& points) {
  const auto coordinate = [&] {
    const double u = random.uniform(-5, 5);
    return u > 0 ? u + 0.3 : u - 0.3;
  };
  for (int i = 0; i < count; ++i) {
    const double x = coordinate();
    double y = coordinate();
    if (even && (x * y >= 0) != (i % 2 == 0)) y = -y;
    const Shift shift = draw_shift(random, noise, 5);
    points.push_back({x, y, (x + shift.x) * (y + shift.y) >= 0 ? 1.0 : 0.0});
  }
}

template <class Random>
void gaussian(Random& random, double x, double y, double variance, double label, int count,
              Points& points) {
  const double deviation = std::sqrt(variance);
  for (int i = 0; i < count; ++i) {
    const double dx = deviation * polar_normal(random);
    points.push_back({x + dx, y + deviation * polar_normal(random), label});
  }
}

template <class Random>
void two_gaussians(Random& random, double noise, int first, int second, Points& points) {
  const double variance = 0.5 + 7 * noise;
  gaussian(random, 2, 2, variance, 1, first, points);
  gaussian(random, -2, -2, variance, 0, second, points);
}

// One arm of 1¾ turns.
template <class Random>
void spiral(Random& random, double noise, double start, double label, int count, Points& points) {
  for (int i = 0; i < count; ++i) {
    const double r = static_cast<double>(i) / count * 5;
    const double t = 1.75 * i / count * 2 * std::numbers::pi + start;
    const double x = r * real::sin(t) + random.uniform(-1, 1) * noise;
    points.push_back({x, r * real::cos(t) + random.uniform(-1, 1) * noise, label});
  }
}

template <class Random>
void plane(Random& random, double noise, int count, Points& points) {
  for (int i = 0; i < count; ++i) {
    const double x = random.uniform(-6, 6), y = random.uniform(-6, 6);
    const Shift shift = draw_shift(random, noise, 6);
    points.push_back({x, y, (x + shift.x + y + shift.y) / 10});
  }
}

// Three hills and three hollows, cones of height 1 and radius 2; the highest counts.
inline double height_of_hills(double x, double y) {
  struct Cone {
    double x, y, sign;
  };
  constexpr std::array<Cone, 6> kCones = {
      {{-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1}, {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}}};
  double height = 0;
  for (const Cone& cone : kCones) {
    const double part = 1 - distance(x - cone.x, y - cone.y) / 2;
    if (part > std::fabs(height)) height = cone.sign * part;
  }
  return height;
}

template <class Random>
void hills(Random& random, double noise, int count, Points& points) {
  for (int i = 0; i < count; ++i) {
    const double x = random.uniform(-6, 6), y = random.uniform(-6, 6);
    const Shift shift = draw_shift(random, noise, 6);
    points.push_back({x, y, height_of_hills(x + shift.x, y + shift.y)});
  }
}

}  // namespace lab::shapes
