#include "core/data/data_sets.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace lab;

Experiment document(std::string_view kind, int samples = 500, double noise = 0) {
  Experiment experiment;
  experiment.data.kind = kind;
  experiment.data.samples = samples;
  experiment.data.noise = noise;
  return experiment;
}

// The kinds that are generated.
std::vector<DataSetKind> generated() {
  std::vector<DataSetKind> kinds;
  for (const DataSetKind& kind : data_set_kinds()) {
    if (kind.generate) kinds.push_back(kind);
  }
  return kinds;
}

std::vector<int> counts_of(const DataSet& data) {
  std::vector<int> counts(static_cast<size_t>(data.classes));
  for (const DataPoint& point : data.points) {
    REQUIRE(point.label == std::floor(point.label));
    REQUIRE(point.label >= 0);
    REQUIRE(point.label < data.classes);
    ++counts[static_cast<size_t>(point.label)];
  }
  return counts;
}

// The share of points whose nearest neighbour has another label: how mixed the classes are.
double mixed(const DataSet& data) {
  int others = 0;
  for (const DataPoint& a : data.points) {
    double least = std::numeric_limits<double>::infinity();
    double label = a.label;
    for (const DataPoint& b : data.points) {
      const double d = (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
      if (&a == &b || d >= least) continue;
      least = d;
      label = b.label;
    }
    others += label != a.label;
  }
  return others / static_cast<double>(data.points.size());
}

uint64_t hash_of(const DataSet& data) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (const DataPoint& point : data.points) {
    for (double value : {point.x, point.y, point.label}) {
      hash = (hash ^ std::bit_cast<uint64_t>(value)) * 0x100000001b3u;
    }
  }
  return hash;
}

Experiment custom(std::string_view loss, std::vector<DataPoint> points, double fraction = 1) {
  Experiment experiment = document("custom");
  experiment.training.loss = loss;
  experiment.data.points = std::move(points);
  experiment.data.train_fraction = fraction;
  return experiment;
}

}  // namespace

TEST_CASE("data sets: every row is found by its id and has names") {
  std::set<std::string_view> ids;
  for (const DataSetKind& kind : data_set_kinds()) {
    CAPTURE(kind.id);
    CHECK(find_data_set(kind.id) == &kind);
    CHECK(ids.insert(kind.id).second);
    CHECK_FALSE(kind.name.en.empty());
    CHECK_FALSE(kind.name.zh.empty());
    CHECK((kind.generate != nullptr) == (kind.id != "custom"));
    CHECK((kind.classes == 1) == (kind.problem == Problem::regression));
  }
  CHECK(ids.size() == 10);
  CHECK(find_data_set("XOR") == nullptr);
}

TEST_CASE("data sets: exactly as many samples as asked for, the classes even") {
  for (const DataSetKind& kind : generated()) {
    CAPTURE(kind.id);
    for (int samples : {1, 2, 3, 7, 10, 101, 500}) {
      CAPTURE(samples);
      const DataSet data = make_data(document(kind.id, samples));
      CHECK(data.points.size() == static_cast<size_t>(samples));
      CHECK(data.problem == kind.problem);
      if (data.problem == Problem::regression) continue;
      const std::vector<int> counts = counts_of(data);
      CHECK(std::ranges::max(counts) - std::ranges::min(counts) <= 1);
    }
  }
}

TEST_CASE("data sets: blobs have as many classes as the document says") {
  for (int classes = 2; classes <= kMaxClasses; ++classes) {
    CAPTURE(classes);
    Experiment experiment = document("blobs", 400);
    experiment.data.classes = classes;
    const DataSet data = make_data(experiment);
    CHECK(data.classes == classes);
    CHECK(std::ranges::min(counts_of(data)) >= 400 / classes);
    CHECK(mixed(data) < 0.01);
  }
}

TEST_CASE("data sets: the points fit the plane, also with noise") {
  for (const DataSetKind& kind : generated()) {
    CAPTURE(kind.id);
    for (double noise : {0.0, 0.5, 1.0}) {
      const DataSet data = make_data(document(kind.id, 500, noise));
      int outside = 0;
      double farthest = 0;
      for (const DataPoint& point : data.points) {
        const double reach = std::max(std::fabs(point.x), std::fabs(point.y));
        REQUIRE(std::isfinite(reach));
        outside += reach > kind.extent;
        farthest = std::max(farthest, reach);
      }
      CHECK(outside <= (noise == 0 ? 0 : 125));
      CHECK(farthest > 0.6 * kind.extent);
    }
  }
}

TEST_CASE("data sets: without noise classes keep apart; noise mixes them") {
  for (const DataSetKind& kind : generated()) {
    if (kind.problem == Problem::regression) continue;
    CAPTURE(kind.id);
    CHECK(mixed(make_data(document(kind.id))) < 0.02);
    const double some = mixed(make_data(document(kind.id, 500, 1)));
    CHECK(some > 0.05);
    CHECK(some < 0.67);  // of three classes mixed evenly
  }
}

TEST_CASE("data sets: the values to predict are of Playground's size") {
  for (const char* kind : {"reg_plane", "reg_gauss"}) {
    CAPTURE(kind);
    const DataSet data = make_data(document(kind, 2000));
    double least = 0, most = 0;
    for (const DataPoint& point : data.points) {
      least = std::min(least, point.label);
      most = std::max(most, point.label);
    }
    CHECK(most > 0.9);
    CHECK(least < -0.9);
    CHECK(std::max(most, -least) <= 1.2);
  }
}

TEST_CASE("data sets: the seed decides the points, and nothing else") {
  for (const DataSetKind& kind : generated()) {
    CAPTURE(kind.id);
    Experiment experiment = document(kind.id, 50);
    const DataSet first = make_data(experiment);
    experiment.training.loss = "mse";
    experiment.network.init.seed = 7;
    CHECK(make_data(experiment).points == first.points);
    experiment.data.seed = 2;
    CHECK(make_data(experiment).points != first.points);
  }
}

TEST_CASE("data sets: the same bits on every machine") {
  const std::map<std::string_view, uint64_t> expected = {
      {"circle", 0xcb1ec5d6fd353a88},   {"xor", 0xbef74df7c9be2c6f},
      {"gauss", 0x400ac2b8e01f0e33},    {"spiral", 0x9f5b301f18d47df2},
      {"moons", 0xafe49e7f037536e0},    {"rings3", 0x59869f264feaad37},
      {"blobs", 0x7ca2fc43bd5fc763},    {"reg_plane", 0x0f39f7b284234ff4},
      {"reg_gauss", 0x7574a0239724551b}};
  for (const DataSetKind& kind : generated()) {
    CAPTURE(kind.id);
    CHECK(hash_of(make_data(document(kind.id, 500, 0.2))) == expected.at(kind.id));
  }
}

TEST_CASE("data sets: the split is of the size asked for, and both parts hold every class") {
  for (const DataSetKind& kind : generated()) {
    CAPTURE(kind.id);
    Experiment experiment = document(kind.id, 300);
    for (int percent = 0; percent <= 100; percent += 5) {
      experiment.data.train_fraction = percent / 100.0;
      const DataSet data = make_data(experiment);
      CHECK(data.train_count == static_cast<size_t>(std::max(1, 3 * percent)));
      if (data.problem == Problem::regression || percent < 10 || percent > 90) continue;
      std::set<double> train, test;
      for (size_t i = 0; i < data.points.size(); ++i) {
        (i < data.train_count ? train : test).insert(data.points[i].label);
      }
      CHECK(train.size() == static_cast<size_t>(data.classes));
      CHECK(test.size() == static_cast<size_t>(data.classes));
    }
  }
}

TEST_CASE("data sets: custom points keep their order") {
  std::vector<DataPoint> points;
  for (int i = 0; i < 40; ++i) points.push_back({i * 0.25, -i * 0.5, static_cast<double>(i % 2)});
  const DataSet all = make_data(custom("bce", points));
  CHECK(all.points == points);
  CHECK(all.train_count == 40);
  CHECK(all.classes == 2);

  const DataSet half = make_data(custom("bce", points, 0.5));
  CHECK(half.train_count == 20);
  const auto earlier = [](const DataPoint& a, const DataPoint& b) { return a.x < b.x; };
  CHECK(std::is_sorted(half.points.begin(), half.points.begin() + 20, earlier));
  CHECK(std::is_sorted(half.points.begin() + 20, half.points.end(), earlier));
  CHECK(std::is_permutation(half.points.begin(), half.points.end(), points.begin()));
  CHECK(half.points != points);  // a random choice, not the first half
  // A share of the points is rounded.
  points.resize(5);
  CHECK(make_data(custom("bce", points, 0.5)).train_count == 3);
  CHECK(make_data(custom("bce", points, 0.3)).train_count == 2);
  CHECK(make_data(custom("bce", points, 0.25)).train_count == 1);
  CHECK(make_data(custom("bce", {})).points.empty());
  CHECK(make_data(custom("bce", {})).train_count == 0);
}

TEST_CASE("data sets: the targets of custom points become classes or values") {
  const std::vector<DataPoint> signs = {{0, 0, -1}, {1, 0, 1}};
  for (const char* loss : {"hinge", "mse", "huber"}) {
    CAPTURE(loss);
    const DataSet data = make_data(custom(loss, signs));
    CHECK(data.problem == Problem::classification);
    CHECK(data.classes == 2);
    CHECK(data.points[0].label == 0);
    CHECK(data.points[1].label == 1);
  }
  const DataSet values = make_data(custom("mse", {{0, 0, -1}, {1, 0, 0.25}}));
  CHECK(values.problem == Problem::regression);
  CHECK(values.points[1].label == 0.25);

  Experiment classes = custom("cross_entropy", {{0, 0, 4}, {1, 0, 0}});
  classes.network.outputs = 5;
  CHECK(make_data(classes).classes == 5);
  CHECK(make_data(classes).points[0].label == 4);
}

TEST_CASE("features: every row is found by its id and computes what its formula says") {
  const std::map<std::string_view, double> at = {{"x", 0.5},
                                                 {"y", -2},
                                                 {"x2", 0.25},
                                                 {"y2", 4},
                                                 {"xy", -1},
                                                 {"sin_x", std::sin(0.5)},
                                                 {"sin_y", std::sin(-2.0)}};
  std::set<std::string_view> formulas, codes;
  for (const Feature& feature : features()) {
    CAPTURE(feature.id);
    CHECK(find_feature(feature.id) == &feature);
    CHECK(feature.of(0.5, -2) == doctest::Approx(at.at(feature.id)).epsilon(1e-15));
    CHECK(formulas.insert(feature.tex).second);
    CHECK(codes.insert(feature.python).second);
  }
  CHECK(features().size() == at.size());
  CHECK(find_feature("z") == nullptr);
}
