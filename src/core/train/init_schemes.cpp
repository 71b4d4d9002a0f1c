#include "core/train/init_schemes.h"

#include <algorithm>
#include <cmath>

#include "core/random/generator.h"

// The formulas of torch.nn.init, with biases of 0 where torch leaves them to the caller.

namespace lab {
namespace {

using Values = std::span<double>;

void draw_uniform(Generator& generator, double bound, Values values) {
  for (double& value : values) value = generator.uniform(-bound, bound);
}
void draw_normal(Generator& generator, double deviation, Values values) {
  for (double& value : values) value = deviation * generator.normal();
}
void clear(Values values) {
  std::ranges::fill(values, 0.0);
}

// X. Glorot and Y. Bengio, 2010, with a gain of 1.
void xavier_uniform(Generator& generator, int fan_in, int fan_out, Values weights, Values bias) {
  draw_uniform(generator, std::sqrt(6.0 / (fan_in + fan_out)), weights);
  clear(bias);
}
void xavier_normal(Generator& generator, int fan_in, int fan_out, Values weights, Values bias) {
  draw_normal(generator, std::sqrt(2.0 / (fan_in + fan_out)), weights);
  clear(bias);
}

// K. He et al., 2015: kaiming_*_(mode="fan_in", nonlinearity="relu"), a gain of √2.
void he_uniform(Generator& generator, int fan_in, int, Values weights, Values bias) {
  draw_uniform(generator, std::sqrt(6.0 / fan_in), weights);
  clear(bias);
}
void he_normal(Generator& generator, int fan_in, int, Values weights, Values bias) {
  draw_normal(generator, std::sqrt(2.0 / fan_in), weights);
  clear(bias);
}

// Y. LeCun et al., 1998: kaiming_normal_(nonlinearity="linear").
void lecun_normal(Generator& generator, int fan_in, int, Values weights, Values bias) {
  draw_normal(generator, std::sqrt(1.0 / fan_in), weights);
  clear(bias);
}

// What nn.Linear does by itself, biases included.
void uniform(Generator& generator, int fan_in, int, Values weights, Values bias) {
  const double bound = 1 / std::sqrt(static_cast<double>(fan_in));
  draw_uniform(generator, bound, weights);
  draw_uniform(generator, bound, bias);
}

void zeros(Generator&, int, int, Values weights, Values bias) {
  clear(weights);
  clear(bias);
}

// TensorFlow Playground's, whatever the layer's size.
void playground(Generator& generator, int, int, Values weights, Values bias) {
  draw_uniform(generator, 0.5, weights);
  std::ranges::fill(bias, 0.1);
}

constexpr InitScheme kSchemes[] = {
    {"xavier_uniform", {"Xavier, uniform", "Xavier 均匀"}, xavier_uniform},
    {"xavier_normal", {"Xavier, normal", "Xavier 正态"}, xavier_normal},
    {"he_uniform", {"He, uniform", "He 均匀"}, he_uniform},
    {"he_normal", {"He, normal", "He 正态"}, he_normal},
    {"lecun_normal", {"LeCun, normal", "LeCun 正态"}, lecun_normal},
    {"uniform", {"PyTorch’s default", "PyTorch 默认"}, uniform},
    {"zeros", {"Zeros", "全零"}, zeros},
    {"playground", {"TensorFlow Playground’s", "TensorFlow Playground 方式"}, playground},
};

}  // namespace

std::span<const InitScheme> init_schemes() {
  return kSchemes;
}

const InitScheme* find_init_scheme(std::string_view id) {
  const auto* found = std::ranges::find(kSchemes, id, &InitScheme::id);
  return found == std::end(kSchemes) ? nullptr : found;
}

}  // namespace lab
