#pragma once

#include <vector>

#include "app/plot/curve.h"

namespace lab {

// The curves that were drawn last. Each is made again only when its function, the part of the plane
// in view or the plot's size has changed; where the plot is does not matter.
class CurveCache {
 public:
  // From the plot's top left corner; valid until the next call.
  const Curve& get(const FunctionChoice& choice, Order order, const Axes& axes);

 private:
  struct Entry {
    FunctionChoice choice;
    Order order;
    Axes axes;  // with the plot at the origin
    Curve curve;
  };
  std::vector<Entry> recent_;  // the last one drawn comes first
};

}  // namespace lab
