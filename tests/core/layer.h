#pragma once

#include <doctest/doctest.h>

#include <string_view>

#include "core/chain.h"

namespace lab {

// A layer of a registered activation at its default parameters.
inline ChainLayer layer(std::string_view id) {
  const Activation* activation = find_activation(id);
  REQUIRE(activation != nullptr);
  return {activation, activation->default_params()};
}

}  // namespace lab
