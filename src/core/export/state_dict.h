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

// The state_dict of the nn.Sequential that to_pytorch() writes: for each layer its nn.Linear and
// its activation, and an nn.Dropout behind hidden ones if there is dropout. In the order of
// train::Parameters.
std::vector<StateDictEntry> state_dict(const train::Plan& plan);

}  // namespace lab
