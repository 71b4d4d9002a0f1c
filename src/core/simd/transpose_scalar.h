#pragma once

#include <cstddef>

namespace lab::simd::scalar {

// to[j][i] = from[i][j] for 4×4 floats.
inline void transpose4(const float* from, size_t from_row, float* to, size_t to_row) {
  for (size_t i = 0; i < 4; ++i) {
    for (size_t j = 0; j < 4; ++j) to[j * to_row + i] = from[i * from_row + j];
  }
}

}  // namespace lab::simd::scalar
