#include "core/export/state_dict.h"

namespace lab {

size_t StateDictEntry::size() const {
  size_t product = 1;
  for (const size_t extent : shape) product *= extent;
  return product;
}

size_t module_index(const train::Plan& plan, size_t layer) {
  return layer * (plan.dropout > 0 ? 3 : 2);
}

std::vector<StateDictEntry> state_dict(const train::Plan& plan) {
  std::vector<StateDictEntry> entries;
  for (size_t i = 0; i < plan.layers.size(); ++i) {
    const train::LayerPlan& layer = plan.layers[i];
    const size_t units = static_cast<size_t>(layer.units), module = module_index(plan, i);
    const std::string linear = std::to_string(module);
    entries.push_back({linear + ".weight", {units, static_cast<size_t>(layer.inputs)}});
    if (plan.bias) entries.push_back({linear + ".bias", {units}});
    if (layer.learns_slope) entries.push_back({std::to_string(module + 1) + ".weight", {1}});
  }
  return entries;
}

}  // namespace lab
