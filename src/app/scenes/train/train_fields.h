#pragma once

#include <optional>
#include <vector>

#include "app/plot/axes.h"
#include "app/scenes/train/train_model.h"
#include "app/training/plane.h"

namespace lab {

// A unit of the network: hidden layers count from 0, the output layer is the last.
struct UnitIndex {
  size_t layer = 0, unit = 0;
  bool operator==(const UnitIndex&) const = default;
};

// What the big map shows.
struct MapSubject {
  std::optional<UnitIndex> unit;  // a hidden unit; else the network's output
  bool operator==(const MapSubject&) const = default;
};

// The plane as the network sees it, evaluated by the engine: a small picture of every unit, and the
// big map. Pictures are made again when the model's revision or the view has changed.
class TrainFields {
 public:
  static constexpr int kThumb = 24;  // points along a side of a thumbnail
  static constexpr int kMap = 128;   // … of the map
  static constexpr unsigned kThumbKey = 1, kMapKey = 2;

  // Brings the pictures up to date and hands them to the painter, if there is one.
  void update(TrainModel& model, const MapSubject& subject, Span x, Span y, FieldPainter* painter);

  // The slice of the thumbnails with a unit; features come first.
  int feature_slice(size_t feature) const { return static_cast<int>(feature); }
  int unit_slice(UnitIndex unit) const;
  // The numbers behind the thumbnails, for files.
  FieldGrid thumbnails() const;
  FieldGrid map_grid() const;
  int classes() const { return classes_; }  // 0: the map shows signed numbers
  // The numbers of the map: slices × kMap × kMap, rows from the bottom.
  const std::vector<float>& map() const { return map_; }
  // For every point of the data whether its class is taken for another one; empty for values.
  const std::vector<bool>& misclassified() const { return misclassified_; }
  // What ±1 stands for in the map: a value of the label, or of the unit's output.
  float scale() const { return scale_; }

 private:
  void make_thumbnails(TrainModel& model, FieldPainter* painter);
  void find_misclassified(TrainModel& model);
  void make_map(TrainModel& model, FieldPainter* painter);

  unsigned thumbs_of_ = 0, map_of_ = 0;  // revisions
  MapSubject subject_;
  Span x_{0, 0}, y_{0, 0};
  FieldPainter* painter_ = nullptr;
  std::vector<size_t> first_slice_;  // of each layer
  std::vector<float> thumbs_, map_;
  std::vector<bool> misclassified_;
  int classes_ = 0;
  float scale_ = 1;
};

}  // namespace lab
