#include "app/training/plane.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lab {
namespace {

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
  const auto alike = 1 / static_cast<float>(row.size());
  for (float& value : row) value = std::isfinite(sum) ? value / sum : alike;
}

}  // namespace

std::vector<float> point_inputs(const Experiment& experiment, double x, double y) {
  std::vector<float> inputs;
  for (const std::string& id : experiment.features) {
    inputs.push_back(static_cast<float>(find_feature(id)->of(x, y)));
  }
  return inputs;
}

std::vector<float> grid_inputs(const Experiment& experiment, Span x, Span y, int points) {
  std::vector<const Feature*> rows;  // looked up once, not at every point
  for (const std::string& id : experiment.features) rows.push_back(find_feature(id));
  std::vector<float> inputs;
  inputs.reserve(static_cast<size_t>(points * points) * rows.size());
  const auto at = [&](const Span& span, int i) {
    return span.min + span.length() * i / (points - 1);
  };
  for (int row = 0; row < points; ++row) {
    for (int column = 0; column < points; ++column) {
      for (const Feature* feature : rows) {
        inputs.push_back(static_cast<float>(feature->of(at(x, column), at(y, row))));
      }
    }
  }
  return inputs;
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
    if (std::isnan(value)) value = 0;
  }
}

std::vector<float> by_slice(const std::vector<float>& rows, size_t classes) {
  std::vector<float> slices(rows.size());
  const size_t points = rows.size() / classes;
  for (size_t p = 0; p < points; ++p) {
    for (size_t k = 0; k < classes; ++k) slices[k * points + p] = rows[p * classes + k];
  }
  return slices;
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
