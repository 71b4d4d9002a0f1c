#include "app/scenes/train/bending.h"

#include "app/training/plane.h"

namespace lab {

Bending bend(Trainer& trainer, double extent, size_t layer, size_t first, size_t second) {
  const train::Plan& plan = trainer.plan();
  const Span span{-extent, extent};
  const std::vector<float> rows =
      grid_inputs(trainer.experiment(), span, span, static_cast<int>(Bending::points));
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
