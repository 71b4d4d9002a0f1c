#include "app/scenes/train/bending.h"

#include "app/scenes/train/train_fields.h"

namespace lab {

Bending bend(Trainer& trainer, double extent, size_t layer, size_t first, size_t second) {
  const train::Plan& plan = trainer.plan();
  std::vector<float> rows;
  for (size_t i = 0; i < Bending::points * Bending::points; ++i) {
    const auto at = [&](size_t place) {
      return extent * (2 * static_cast<double>(place) / (Bending::points - 1) - 1);
    };
    append_features(trainer.experiment(), at(i % Bending::points), at(i / Bending::points), rows);
  }
  train::UnitValues values;
  trainer.activations(rows, values);
  const train::Parameters parameters = trainer.parameters();
  const std::vector<double>& weights = parameters[plan.array_of(layer)];
  const auto inputs = static_cast<size_t>(plan.layers[layer].inputs);
  constexpr size_t count = Bending::points * Bending::points;
  const auto pre_activation = [&](size_t unit, size_t point) {
    double z = plan.bias ? parameters[plan.array_of(layer) + 1][unit] : 0;
    for (size_t i = 0; i < inputs; ++i) {
      const float x = layer == 0 ? rows[point * inputs + i] : values[layer - 1][i * count + point];
      z += weights[unit * inputs + i] * static_cast<double>(x);
    }
    return z;
  };
  Bending bending;
  for (size_t p = 0; p < count; ++p) {
    bending.z.emplace_back(pre_activation(first, p), pre_activation(second, p));
    bending.a.emplace_back(values[layer][first * count + p], values[layer][second * count + p]);
  }
  return bending;
}

}  // namespace lab
