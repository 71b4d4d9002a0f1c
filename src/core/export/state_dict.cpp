#include "core/export/state_dict.h"

namespace lab {

size_t StateDictEntry::size() const {
  size_t product = 1;
  for (const size_t extent : shape) product *= extent;
  return product;
}

std::vector<StateDictEntry> state_dict(const train::Plan& plan) {
  std::vector<StateDictEntry> entries;
  size_t module = 0;
  for (const train::LayerPlan& layer : plan.layers) {
    const size_t units = static_cast<size_t>(layer.units);
    const std::string linear = std::to_string(module);
    entries.push_back({linear + ".weight", {units, static_cast<size_t>(layer.inputs)}});
    if (plan.bias) entries.push_back({linear + ".bias", {units}});
    if (layer.learns_slope) entries.push_back({std::to_string(module + 1) + ".weight", {1}});
    module += plan.dropout > 0 ? 3 : 2;
  }
  return entries;
}

}  // namespace lab
