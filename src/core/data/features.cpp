#include <algorithm>
#include <iterator>

#include "core/data/data_sets.h"
#include "core/math/real.h"

namespace lab {
namespace {

constexpr Feature kFeatures[] = {
    {"x", "x", "x", "x", [](double x, double) { return x; }},
    {"y", "y", "y", "y", [](double, double y) { return y; }},
    {"x2", "x^2", "x²", "x ** 2", [](double x, double) { return x * x; }},
    {"y2", "y^2", "y²", "y ** 2", [](double, double y) { return y * y; }},
    {"xy", "x y", "xy", "x * y", [](double x, double y) { return x * y; }},
    {"sin_x", "\\sin x", "sin x", "torch.sin(x)", [](double x, double) { return real::sin(x); }},
    {"sin_y", "\\sin y", "sin y", "torch.sin(y)", [](double, double y) { return real::sin(y); }},
};

}  // namespace

std::span<const Feature> features() {
  return kFeatures;
}

const Feature* find_feature(std::string_view id) {
  const auto* found = std::ranges::find(kFeatures, id, &Feature::id);
  return found == std::end(kFeatures) ? nullptr : found;
}

}  // namespace lab
