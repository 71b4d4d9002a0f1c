#pragma once

#include <span>
#include <string_view>

#include "core/localized.h"

namespace lab {

class Generator;

// One row of the registry of ways to draw a layer's initial parameters.
struct InitScheme {
  std::string_view id;  // "xavier_uniform"
  Localized name;
  // weights: fan_out × fan_in; bias: fan_out. The weights are drawn first, row by row.
  void (*fill)(Generator&, int fan_in, int fan_out, std::span<double> weights,
               std::span<double> bias);
};

std::span<const InitScheme> init_schemes();
const InitScheme* find_init_scheme(std::string_view id);

}  // namespace lab
