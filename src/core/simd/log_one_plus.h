#pragma once

namespace lab::simd {

// ln(1 + s) for s ≥ 0 to about 2^-50, from + − × ÷ alone, so that it is the same everywhere.
// NaN and infinity pass through.
double log_one_plus(double s);

}  // namespace lab::simd
