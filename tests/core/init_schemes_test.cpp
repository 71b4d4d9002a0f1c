#include "core/train/init_schemes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "core/random/generator.h"

namespace {

using namespace lab;

constexpr int kFanIn = 120, kFanOut = 300;

struct Layer {
  std::vector<double> weights, bias;
  Generator after;
};
Layer drawn(const InitScheme& scheme) {
  Layer layer{std::vector<double>(kFanIn * kFanOut, 99), std::vector<double>(kFanOut, 99),
              Generator(1, kWeightStream)};
  scheme.fill(layer.after, kFanIn, kFanOut, layer.weights, layer.bias);
  return layer;
}

double mean_square(const std::vector<double>& values) {
  double sum = 0;
  for (double value : values) sum += value * value;
  return sum / static_cast<double>(values.size());
}
double largest(const std::vector<double>& values) {
  double most = 0;
  for (double value : values) most = std::max(most, std::fabs(value));
  return most;
}

}  // namespace

TEST_CASE("initialisations: every row is found by its id and has names") {
  std::set<std::string_view> ids;
  for (const InitScheme& scheme : init_schemes()) {
    CHECK(find_init_scheme(scheme.id) == &scheme);
    CHECK(ids.insert(scheme.id).second);
    CHECK_FALSE(scheme.name.en.empty());
    CHECK_FALSE(scheme.name.zh.empty());
  }
  CHECK(ids.size() == 8);
  CHECK(find_init_scheme("xavier") == nullptr);
}

// Variances of the weights by torch.nn.init's documentation.
TEST_CASE("initialisations: the weights have the spread that PyTorch gives them") {
  const std::map<std::string_view, double> variance = {
      {"xavier_uniform", 2.0 / (kFanIn + kFanOut)},
      {"xavier_normal", 2.0 / (kFanIn + kFanOut)},
      {"he_uniform", 2.0 / kFanIn},
      {"he_normal", 2.0 / kFanIn},
      {"lecun_normal", 1.0 / kFanIn},
      {"uniform", 1.0 / (3 * kFanIn)},
      {"zeros", 0},
      {"playground", 1.0 / 12},
  };
  for (const InitScheme& scheme : init_schemes()) {
    CAPTURE(scheme.id);
    const Layer layer = drawn(scheme);
    const double expected = variance.at(scheme.id);
    CHECK(mean_square(layer.weights) == doctest::Approx(expected).epsilon(0.03));
    // Uniform weights end at √3 deviations, normal ones go far beyond.
    const double bound = std::sqrt(3 * expected), most = largest(layer.weights);
    if (scheme.id.ends_with("normal")) {
      CHECK(most > 1.9 * bound);
    } else {
      CHECK(most <= bound);
      CHECK(most >= 0.999 * bound);
    }
  }
}

TEST_CASE("initialisations: biases") {
  for (const InitScheme& scheme : init_schemes()) {
    CAPTURE(scheme.id);
    const Layer layer = drawn(scheme);
    if (scheme.id == "uniform") {
      CHECK(mean_square(layer.bias) == doctest::Approx(1.0 / (3 * kFanIn)).epsilon(0.1));
      continue;
    }
    const double expected = scheme.id == "playground" ? 0.1 : 0;
    CHECK(std::ranges::count(layer.bias, expected) == kFanOut);
  }
}

TEST_CASE("initialisations: the same seed gives the same weights, and zeros draw nothing") {
  for (const InitScheme& scheme : init_schemes()) {
    CAPTURE(scheme.id);
    const Layer a = drawn(scheme), b = drawn(scheme);
    CHECK(a.weights == b.weights);
    CHECK(a.bias == b.bias);
    CHECK((a.after == Generator(1, kWeightStream)) == (scheme.id == "zeros"));
  }
}
