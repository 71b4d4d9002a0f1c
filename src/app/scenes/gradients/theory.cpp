#include "app/scenes/gradients/theory.h"

#include <array>
#include <cmath>

namespace lab {
namespace {

// E[f(√q Z)²] and E[f'(√q Z)²] for Z ~ N(0, 1), by Simpson's rule.
struct Moments {
  double value = 0, slope = 0;
};

Moments normal_moments(const train::LayerPlan& layer, double q) {
  constexpr size_t points = 401;
  constexpr double reach = 8;
  std::array<float, points> x, y, d;
  const double step = 2 * reach / (points - 1), deviation = std::sqrt(q);
  for (size_t i = 0; i < points; ++i) {
    x[i] = static_cast<float>(deviation * (step * static_cast<double>(i) - reach));
  }
  layer.activation->evaluate(layer.params, x, y);
  layer.activation->differentiate(layer.params, x, d);
  Moments moments;
  for (size_t i = 0; i < points; ++i) {
    const double z = step * static_cast<double>(i) - reach;
    const double simpson = i == 0 || i + 1 == points ? 1 : i % 2 == 1 ? 4 : 2;
    const double weight = simpson * step / 3 * std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1));
    moments.value += weight * static_cast<double>(y[i]) * static_cast<double>(y[i]);
    moments.slope += weight * static_cast<double>(d[i]) * static_cast<double>(d[i]);
  }
  return moments;
}

}  // namespace

InitVariance init_variance(std::string_view scheme, int fan_in, int fan_out, double gain) {
  const double in = fan_in, out = fan_out;
  InitVariance variance;
  if (scheme.starts_with("xavier")) variance.weight = 2 / (in + out);
  if (scheme.starts_with("he")) variance.weight = 2 / in;
  if (scheme == "lecun_normal") variance.weight = 1 / in;
  if (scheme == "uniform") variance = {1 / (3 * in), 1 / (3 * in)};
  variance.weight *= gain * gain;
  return variance;
}

std::vector<LayerTheory> variance_theory(const train::Plan& plan, std::string_view scheme,
                                         double gain, double input_square) {
  const size_t count = plan.layers.size();
  std::vector<LayerTheory> theory(count);
  std::vector<Moments> moments(count);
  double arriving = input_square;
  for (size_t l = 0; l < count; ++l) {
    const train::LayerPlan& layer = plan.layers[l];
    const InitVariance variance = init_variance(scheme, layer.inputs, layer.units, gain);
    const double q = layer.inputs * variance.weight * arriving + variance.bias;
    theory[l].z_rms = std::sqrt(q);
    moments[l] = normal_moments(layer, q);
    arriving = moments[l].value;
  }
  theory[count - 1].gradient = 1;
  for (size_t l = count - 1; l-- > 0;) {
    const train::LayerPlan& next = plan.layers[l + 1];
    const double weight = init_variance(scheme, next.inputs, next.units, gain).weight;
    theory[l].gradient = theory[l + 1].gradient * std::sqrt(next.units * weight * moments[l].slope);
  }
  return theory;
}

}  // namespace lab
