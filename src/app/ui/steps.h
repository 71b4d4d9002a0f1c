#pragma once

namespace lab {

// The step of a control over [min, max]: about a hundredth of the range, a power of ten; a tenth of
// that when `fine`.
float step_size(float min, float max, bool fine);

// The value so many steps on, on the grid of whole steps and within the bounds.
float stepped(float value, float steps, float step, float min, float max);

}  // namespace lab
