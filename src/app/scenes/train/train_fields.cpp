#include "app/scenes/train/train_fields.h"

#include <algorithm>
#include <cmath>

namespace lab {
namespace {

constexpr float kFaintest = 0.25f;  // units whose output stays below it look pale

// Divides by the largest size, so that the picture uses all of the colours. What is no number says
// as little as 0.
float normalise(std::span<float> values) {
  float most = kFaintest;
  for (const float value : values) {
    if (std::isfinite(value)) most = std::max(most, std::fabs(value));
  }
  for (float& value : values) value = std::isnan(value) ? 0 : value / most;
  return most;
}

}  // namespace

int TrainFields::unit_slice(UnitIndex unit) const {
  return static_cast<int>(first_slice_[unit.layer] + unit.unit);
}

void TrainFields::update(TrainModel& model, const MapSubject& subject, Span x, Span y,
                         FieldPainter* painter) {
  const unsigned revision = model.revision();
  if (painter_ != painter) thumbs_of_ = map_of_ = 0;
  painter_ = painter;
  if (painter && !painter->holds(kThumbKey, this)) thumbs_of_ = 0;
  if (painter && !painter->holds(kMapKey, this)) map_of_ = 0;
  if (thumbs_of_ != revision) {
    make_thumbnails(model, painter);
    find_misclassified(model);
  }
  thumbs_of_ = revision;
  if (map_of_ == revision && subject_ == subject && x_ == x && y_ == y) return;
  map_of_ = revision;
  subject_ = subject;
  x_ = x;
  y_ = y;
  make_map(model, painter);
}

void TrainFields::make_thumbnails(TrainModel& model, FieldPainter* painter) {
  Trainer& trainer = model.trainer();
  const double extent = extent_of(model.document());
  const Span span{-extent, extent};
  constexpr size_t points = static_cast<size_t>(kThumb) * kThumb;
  Experiment all;
  all.features.clear();
  for (const Feature& feature : features()) all.features.emplace_back(feature.id);
  const size_t feature_count = all.features.size();
  const std::vector<float> inputs = grid_inputs(all, span, span, kThumb);
  thumbs_.assign(feature_count * points, 0);
  for (size_t p = 0; p < points; ++p) {
    for (size_t f = 0; f < feature_count; ++f)
      thumbs_[f * points + p] = inputs[p * feature_count + f];
  }
  first_slice_.clear();
  train::UnitValues layers;
  trainer.activations(grid_inputs(model.document(), span, span, kThumb), layers);
  layers.erase(layers.end() - 2);  // the logits; what is behind the output activation stays
  for (const std::vector<float>& layer : layers) {
    first_slice_.push_back(thumbs_.size() / points);
    thumbs_.insert(thumbs_.end(), layer.begin(), layer.end());
  }
  for (size_t at = 0; at < thumbs_.size(); at += points) {
    normalise(std::span(thumbs_).subspan(at, points));
  }
  if (painter) painter->set(kThumbKey, this, thumbnails());
}

void TrainFields::find_misclassified(TrainModel& model) {
  Trainer& trainer = model.trainer();
  const DataSet& data = trainer.data();
  misclassified_.assign(data.points.size(), false);
  if (data.problem == Problem::regression) return misclassified_.clear();
  const std::vector<double>& x = trainer.samples().x;
  std::vector<float> out = trainer.predict(std::vector<float>(x.begin(), x.end()));
  const size_t outputs = trainer.plan().outputs();
  if (trainer.divergence()) return misclassified_.assign(data.points.size(), true);
  if (outputs == 1) map_values(trainer, 1, out);
  for (size_t i = 0; i < data.points.size(); ++i) {
    const auto row = std::span(out).subspan(i * outputs, outputs);
    const auto best = std::ranges::max_element(row) - row.begin();
    const auto taken = outputs > 1 ? static_cast<int>(best) : row[0] > 0;
    misclassified_[i] = taken != static_cast<int>(data.points[i].label);
  }
}

void TrainFields::make_map(TrainModel& model, FieldPainter* painter) {
  Trainer& trainer = model.trainer();
  const std::vector<float> inputs = grid_inputs(model.document(), x_, y_, kMap);
  if (subject_.unit) {
    train::UnitValues layers;
    trainer.activations(inputs, layers);
    constexpr size_t points = static_cast<size_t>(kMap) * kMap;
    const auto unit =
        std::span(layers[subject_.unit->layer]).subspan(subject_.unit->unit * points, points);
    map_.assign(unit.begin(), unit.end());
    classes_ = 0;
    scale_ = normalise(map_);
  } else {
    map_ = trainer.predict(inputs);
    scale_ = label_scale(trainer);
    map_values(trainer, scale_, map_);
    const size_t outputs = trainer.plan().outputs();
    classes_ = outputs > 1 ? static_cast<int>(outputs) : 0;
    if (outputs > 1) map_ = by_slice(map_, outputs);
  }
  if (painter) painter->set(kMapKey, this, map_grid());
}

FieldGrid TrainFields::thumbnails() const {
  return {kThumb, kThumb, static_cast<int>(thumbs_.size()) / (kThumb * kThumb), thumbs_};
}

FieldGrid TrainFields::map_grid() const {
  return {kMap, kMap, std::max(classes_, 1), map_};
}

}  // namespace lab
