#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/train/plan.h"

namespace lab {

// A list of a network's parameters as PyTorch knows it.
struct StateDictEntry {
  std::string name;           // "0.weight"
  std::vector<size_t> shape;  // {units, inputs}, {units} or {1}

  size_t size() const;
};

// The place of a layer's nn.Linear in the nn.Sequential that to_pytorch() writes: its activation
// stands behind it, and an nn.Dropout behind those of hidden layers if there is dropout.
size_t module_index(const train::Plan& plan, size_t layer);

// The state_dict of that nn.Sequential, in the order of train::Parameters.
std::vector<StateDictEntry> state_dict(const train::Plan& plan);

}  // namespace lab
