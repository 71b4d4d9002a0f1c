#include "app/ui/steps.h"

#include <algorithm>
#include <cmath>

namespace lab {

float step_size(float min, float max, bool fine) {
  const float span = std::isfinite(max - min) ? max - min : 10.0f;
  const float step = std::pow(10.0f, std::floor(std::log10(std::max(span, 1e-6f) / 100)));
  return fine ? step / 10 : step;
}

float stepped(float value, float steps, float step, float min, float max) {
  const float moved = std::round((value + steps * step) / step) * step;
  // Rounded once more in decimal, so that 0.1 + 0.2 is shown and stored as 0.3.
  const float scale = std::pow(10.0f, std::round(-std::log10(step)));
  return std::clamp(std::round(moved * scale) / scale, min, max);
}

}  // namespace lab
