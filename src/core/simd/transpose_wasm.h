#pragma once

#include <wasm_simd128.h>

#include <cstddef>

namespace lab::simd::wasm {

// to[j][i] = from[i][j] for 4×4 floats.
inline void transpose4(const float* from, size_t from_row, float* to, size_t to_row) {
  const v128_t a = wasm_v128_load(from), b = wasm_v128_load(from + from_row);
  const v128_t c = wasm_v128_load(from + 2 * from_row), d = wasm_v128_load(from + 3 * from_row);
  const v128_t ab_low = wasm_i32x4_shuffle(a, b, 0, 4, 1, 5);
  const v128_t ab_high = wasm_i32x4_shuffle(a, b, 2, 6, 3, 7);
  const v128_t cd_low = wasm_i32x4_shuffle(c, d, 0, 4, 1, 5);
  const v128_t cd_high = wasm_i32x4_shuffle(c, d, 2, 6, 3, 7);
  wasm_v128_store(to, wasm_i64x2_shuffle(ab_low, cd_low, 0, 2));
  wasm_v128_store(to + to_row, wasm_i64x2_shuffle(ab_low, cd_low, 1, 3));
  wasm_v128_store(to + 2 * to_row, wasm_i64x2_shuffle(ab_high, cd_high, 0, 2));
  wasm_v128_store(to + 3 * to_row, wasm_i64x2_shuffle(ab_high, cd_high, 1, 3));
}

}  // namespace lab::simd::wasm
