#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/scenes/gradients/gradients_model.h"
#include "app/training/changes.h"

namespace lab {

// What the strip over time shows.
enum class StripKind { gradient, slope, weight, dead };

// The state of the scene "Gradients" that is not part of its network, shared by its panels.
struct GradientsView : Changes {
  StripKind strip = StripKind::gradient;
};

}  // namespace lab
