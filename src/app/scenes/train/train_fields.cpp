#include "app/scenes/train/train_fields.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lab {
namespace {

constexpr float kFaintest = 0.25f;  // units whose output stays below it look pale

// Rows of inputs at the points of a grid, from the lower left, row by row.
std::vector<float> grid_inputs(const Experiment& experiment, Span x, Span y, int points) {
  std::vector<float> inputs;
  inputs.reserve(static_cast<size_t>(points * points) * experiment.features.size());
  const auto at = [&](const Span& span, int i) {
    return span.min + span.length() * i / (points - 1);
  };
  for (int row = 0; row < points; ++row) {
    for (int column = 0; column < points; ++column) {
      append_features(experiment, at(x, column), at(y, row), inputs);
    }
  }
  return inputs;
}

// Divides by the largest size, so that the picture uses all of the colours.
float normalise(std::span<float> values) {
  float most = kFaintest;
  for (const float value : values) {
    if (std::isfinite(value)) most = std::max(most, std::fabs(value));
  }
  for (float& value : values) value /= most;
  return most;
}

float logistic(float x) {
  return 1 / (1 + std::exp(-x));
}

// Scores of classes as shares of 1.
void to_probabilities(Loss loss, std::span<float> row) {
  const float top = *std::ranges::max_element(row);
  for (float& value : row) {
    if (loss == Loss::cross_entropy) value = std::exp(value - top);
    if (loss == Loss::bce) value = logistic(value);
    if (loss == Loss::mse || loss == Loss::huber || loss == Loss::hinge) {
      value = std::exp(3 * (value - top));  // only their order means something
    }
  }
  const float sum = std::accumulate(row.begin(), row.end(), 0.0f);
  for (float& value : row) value /= sum;
}

}  // namespace

void append_features(const Experiment& experiment, double x, double y, std::vector<float>& inputs) {
  for (const std::string& id : experiment.features) {
    inputs.push_back(static_cast<float>(find_feature(id)->of(x, y)));
  }
}

double extent_of(const Experiment& experiment) {
  double extent = find_data_set(experiment.data.kind)->extent;
  if (experiment.data.kind != "custom") return extent;
  double most = 0;
  for (const DataPoint& point : experiment.data.points) {
    most = std::max({most, std::fabs(point.x), std::fabs(point.y)});
  }
  return most > extent || (most > 0 && most < extent / 4) ? most * 1.1 : extent;
}

float label_scale(const Trainer& trainer) {
  if (trainer.data().problem == Problem::classification) return 1;
  double most = 1e-3;
  for (const DataPoint& point : trainer.data().points)
    most = std::max(most, std::fabs(point.label));
  return static_cast<float>(most);
}

void map_values(const Trainer& trainer, float scale, std::vector<float>& out) {
  const train::Plan& plan = trainer.plan();
  const size_t outputs = plan.outputs();
  if (plan.output_in_loss) {
    const train::LayerPlan& layer = plan.layers.back();
    layer.activation->evaluate(layer.params, out, out);
  }
  if (outputs > 1) {
    for (size_t row = 0; row < out.size(); row += outputs) {
      to_probabilities(plan.loss, std::span(out).subspan(row, outputs));
    }
    return;
  }
  for (float& value : out) {
    value =
        plan.loss == Loss::bce ? 2 * logistic(value) - 1 : std::clamp(value / scale, -1.0f, 1.0f);
  }
}

int TrainFields::unit_slice(UnitIndex unit) const {
  return static_cast<int>(first_slice_[unit.layer] + unit.unit);
}

void TrainFields::update(TrainModel& model, const MapSubject& subject, Span x, Span y,
                         FieldPainter* painter) {
  const unsigned revision = model.revision();
  if (painter_ != painter) thumbs_of_ = map_of_ = 0;
  painter_ = painter;
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
  if (painter) painter->set(kThumbKey, thumbnails());
}

void TrainFields::find_misclassified(TrainModel& model) {
  Trainer& trainer = model.trainer();
  const DataSet& data = trainer.data();
  misclassified_.assign(data.points.size(), false);
  if (data.problem == Problem::regression) return misclassified_.clear();
  const std::vector<double>& x = trainer.samples().x;
  std::vector<float> out = trainer.predict(std::vector<float>(x.begin(), x.end()));
  const size_t outputs = trainer.plan().outputs();
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
    if (outputs > 1) {  // from [point][class] to [class][point]
      std::vector<float> by_class(map_.size());
      const size_t points = map_.size() / outputs;
      for (size_t p = 0; p < points; ++p) {
        for (size_t k = 0; k < outputs; ++k) by_class[k * points + p] = map_[p * outputs + k];
      }
      map_ = std::move(by_class);
    }
  }
  if (painter) painter->set(kMapKey, map_grid());
}

FieldGrid TrainFields::thumbnails() const {
  return {kThumb, kThumb, static_cast<int>(thumbs_.size()) / (kThumb * kThumb), thumbs_};
}

FieldGrid TrainFields::map_grid() const {
  return {kMap, kMap, std::max(classes_, 1), map_};
}

FieldLook signed_look(Theme theme, float strength) {
  FieldLook look;
  for (int i = 0; i < FieldLook::kRamp; ++i) {
    const float t = 2 * static_cast<float>(i) / (FieldLook::kRamp - 1) - 1;
    look.ramp[static_cast<size_t>(i)] = signed_colour(theme, t * strength);
  }
  look.border = tone(theme, Tone::text);
  return look;
}

FieldLook class_look(Theme theme, int classes) {
  FieldLook look;
  look.classes = classes;
  for (size_t k = 0; k < FieldLook::kMostClasses; ++k) {
    look.class_colours[k] = class_colour(theme, k);
  }
  look.ground = tone(theme, Tone::raised);
  look.border = tone(theme, Tone::text);
  return look;
}

}  // namespace lab
