#pragma once

namespace lab::simd {

// If |rate·x| > limit, sets *r to rate·x − q·π/2 with |r| ≤ π/4 (correct to float precision for
// every finite x) and *quarter to a float whose two lowest bits are those of q; else leaves both.
// An infinite angle has no phase: it counts as 0.
void reduce_large_angle(float x, float rate, float limit, float* r, float* quarter);

}  // namespace lab::simd
