#pragma once

#include <imgui_internal.h>

#include <vector>

#include "app/scenes/train/train_fields.h"

namespace lab {

// Where everything of a network stands in its diagram, from the inputs on the left to the outputs
// on the right. Lengths are CSS px.
struct NetworkLayout {
  std::vector<ImRect> features;            // all of the registry, in its order
  std::vector<std::vector<ImRect>> units;  // by layer; the output layer is the last
  std::vector<ImRect> columns;             // of the layers, from the top of the diagram
  ImRect area;                             // of the units

  const ImRect& unit(UnitIndex index) const { return units[index.layer][index.unit]; }
};

// `head` is the height kept free above the units for what belongs to a whole layer. Wide layers get
// smaller units, in several columns where they must.
NetworkLayout lay_out_network(ImRect rect, float head, const Experiment& experiment);

}  // namespace lab
