#include <algorithm>
#include <iterator>
#include <numbers>

#include "core/data/data_sets.h"
#include "core/data/shapes.h"
#include "core/random/generator.h"
#include "core/random/seed_random.h"

namespace lab {
namespace {

using std::numbers::pi;
using Data = Experiment::Data;
using Points = std::vector<DataPoint>;

constexpr int kClassification = 500, kRegression = 1200;  // Playground's numbers of samples

// How many of the samples belong to a class: all as equal as they can be.
int share(int samples, int classes, int index) {
  return samples / classes + (index < samples % classes ? 1 : 0);
}

void circle(const Data& data, Generator& generator, Points& points) {
  const int inside = share(data.samples, 2, 0);
  shapes::circle(generator, data.noise, inside, data.samples - inside, points);
}
void playground_circle(double noise, SeedRandom& random, Points& points) {
  shapes::circle(random, noise, kClassification / 2, kClassification / 2, points);
}

void exclusive_or(const Data& data, Generator& generator, Points& points) {
  shapes::exclusive_or(generator, data.noise, data.samples, true, points);
}
void playground_xor(double noise, SeedRandom& random, Points& points) {
  shapes::exclusive_or(random, noise, kClassification, false, points);
}

void gauss(const Data& data, Generator& generator, Points& points) {
  const int first = share(data.samples, 2, 0);
  shapes::two_gaussians(generator, data.noise, first, data.samples - first, points);
}
void playground_gauss(double noise, SeedRandom& random, Points& points) {
  shapes::two_gaussians(random, noise, kClassification / 2, kClassification / 2, points);
}

void spiral(const Data& data, Generator& generator, Points& points) {
  const int first = share(data.samples, 2, 0);
  shapes::spiral(generator, data.noise, 0, 1, first, points);
  shapes::spiral(generator, data.noise, pi, 0, data.samples - first, points);
}
void playground_spiral(double noise, SeedRandom& random, Points& points) {
  shapes::spiral(random, noise, 0, 1, kClassification / 2, points);
  shapes::spiral(random, noise, pi, 0, kClassification / 2, points);
}

// scikit-learn's make_moons at three times its size, around the origin; its noise is half of ours.
void moons(const Data& data, Generator& generator, Points& points) {
  for (int label = 0; label < 2; ++label) {
    const int count = share(data.samples, 2, label);
    for (int i = 0; i < count; ++i) {
      const double t = pi * (i + 0.5) / count, c = real::cos(t), s = real::sin(t);
      const double x = (label == 0 ? c : 1 - c) - 0.5;
      const double y = (label == 0 ? s : 0.5 - s) - 0.25;
      const double dx = generator.normal() * data.noise / 2;
      points.push_back({3 * (x + dx), 3 * (y + generator.normal() * data.noise / 2),
                        static_cast<double>(label)});
    }
  }
}

// Like the circle, with two borders.
void rings3(const Data& data, Generator& generator, Points& points) {
  constexpr double kLow[] = {0, 2, 4}, kHigh[] = {1.2, 3.2, 5.2}, kBorders[] = {1.6, 3.6};
  for (int ring = 0; ring < 3; ++ring) {
    for (int i = share(data.samples, 3, ring); i > 0; --i) {
      DataPoint point = shapes::draw_on_ring(generator, kLow[ring], kHigh[ring]);
      const shapes::Shift shift = shapes::draw_shift(generator, data.noise, 5);
      const double r = shapes::distance(point.x + shift.x, point.y + shift.y);
      point.label = r < kBorders[0] ? 0 : r < kBorders[1] ? 1 : 2;
      points.push_back(point);
    }
  }
}

// Gaussians around a circle; ten of them just keep apart.
void blobs(const Data& data, Generator& generator, Points& points) {
  for (int label = 0; label < data.classes; ++label) {
    const double angle = 2 * pi * label / data.classes;
    shapes::gaussian(generator, 4 * real::sin(angle), 4 * real::cos(angle), 0.15 + 7 * data.noise,
                     label, share(data.samples, data.classes, label), points);
  }
}

void reg_plane(const Data& data, Generator& generator, Points& points) {
  shapes::plane(generator, data.noise, data.samples, points);
}
void playground_plane(double noise, SeedRandom& random, Points& points) {
  shapes::plane(random, noise, kRegression, points);
}

void reg_gauss(const Data& data, Generator& generator, Points& points) {
  shapes::hills(generator, data.noise, data.samples, points);
}
void playground_hills(double noise, SeedRandom& random, Points& points) {
  shapes::hills(random, noise, kRegression, points);
}

constexpr Problem kClasses = Problem::classification, kValue = Problem::regression;

constexpr DataSetKind kKinds[] = {
    {"circle", {"Circle", "圆形"}, kClasses, 2, circle, playground_circle},
    {"xor", {"Exclusive or", "异或"}, kClasses, 2, exclusive_or, playground_xor},
    {"gauss", {"Two Gaussians", "双高斯"}, kClasses, 2, gauss, playground_gauss},
    {"spiral", {"Two spirals", "双螺旋"}, kClasses, 2, spiral, playground_spiral},
    {"moons", {"Two moons", "双月"}, kClasses, 2, moons},
    {"rings3", {"Three rings", "三环"}, kClasses, 3, rings3},
    {"blobs", {"Blobs", "多簇"}, kClasses, 0, blobs},
    {"reg_plane", {"Plane", "平面"}, kValue, 1, reg_plane, playground_plane},
    {"reg_gauss", {"Hills and hollows", "山丘与洼地"}, kValue, 1, reg_gauss, playground_hills},
    {"custom", {"Own points", "自定义点"}, kClasses, 0, nullptr},
};

}  // namespace

std::span<const DataSetKind> data_set_kinds() {
  return kKinds;
}

const DataSetKind* find_data_set(std::string_view id) {
  const auto* found = std::ranges::find(kKinds, id, &DataSetKind::id);
  return found == std::end(kKinds) ? nullptr : found;
}

}  // namespace lab
