#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/experiment/experiment.h"
#include "core/localized.h"

namespace lab {

class Generator;
class SeedRandom;

enum class Problem { classification, regression };

// One row of the registry of data sets.
struct DataSetKind {
  std::string_view id;  // "xor"
  Localized name;
  Problem problem;
  int classes;  // of a classification; 0: as many as the document says; regression: 1
  // Makes data.samples labelled points (class or value, see DataPoint), class by class or in any
  // other order, the classes as even as possible (noise may turn labels of some kinds); null for
  // custom points.
  void (*generate)(const Experiment::Data& data, Generator&, std::vector<DataPoint>& points);
  // Makes TensorFlow Playground's points draw by draw; null for what it does not have.
  void (*playground)(double noise, SeedRandom&, std::vector<DataPoint>& points) = nullptr;
  double extent = 6;  // the plane is shown from −extent to extent
};

std::span<const DataSetKind> data_set_kinds();
const DataSetKind* find_data_set(std::string_view id);

// A network's inputs: functions of a point's coordinates.
struct Feature {
  std::string_view id;      // "sin_x"
  std::string_view tex;     // "\\sin x"
  std::string_view text;    // "sin x", as plain text
  std::string_view python;  // expression in x and y: "torch.sin(x)"
  double (*of)(double x, double y);
};

std::span<const Feature> features();
const Feature* find_feature(std::string_view id);

// The points of an experiment, those for training first.
struct DataSet {
  std::vector<DataPoint> points;
  size_t train_count = 0;
  Problem problem = Problem::classification;
  int classes = 2;
};

// The data that a (valid) document describes, the same on every machine. Generated points are
// shuffled before the split; custom ones keep their order within each part, and all train if the
// fraction is 1. Labels are classes or values, whatever the loss wants: the targets of custom
// points (0 and 1 for bce, ±1 for hinge, class indices for cross_entropy; numbers for mse and
// huber, which classify if all are ±1) are turned into them. If the document has a `playground`
// member, the data are TensorFlow Playground's.
DataSet make_data(const Experiment& experiment);

}  // namespace lab
