#pragma once

#include <emscripten/val.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace lab {

// How many numbers are brought into the engine's memory at a time: few enough to stay in a cache.
inline constexpr size_t kBlock = 65536;

// Copies elements begin … begin + block.size() of a Float32Array into a block of memory.
inline void load_block(const emscripten::val& array, size_t begin, std::span<float> block) {
  const emscripten::val view(emscripten::typed_memory_view(block.size(), block.data()));
  view.call<void>("set", array.call<emscripten::val>("subarray", begin, begin + block.size()));
}

// Copies a block of memory to that place of a Float32Array.
inline void store_block(std::span<const float> block, const emscripten::val& array, size_t begin) {
  array.call<void>(
      "set", emscripten::val(emscripten::typed_memory_view(block.size(), block.data())), begin);
}

inline emscripten::val new_floats(size_t count) {
  return emscripten::val::global("Float32Array").new_(count);
}

// A new array of run's results, where run turns a block of x into its results in place. The
// engine's memory does not grow with the array, so no array is too long for it.
template <class Run>
emscripten::val map_blocks(const emscripten::val& x, size_t count, const Run& run) {
  const emscripten::val result = new_floats(count);
  std::vector<float> buffer(std::min(count, kBlock));
  for (size_t begin = 0; begin < count; begin += kBlock) {
    const std::span<float> block(buffer.data(), std::min(kBlock, count - begin));
    load_block(x, begin, block);
    run(block);
    store_block(block, result, begin);
  }
  return result;
}

}  // namespace lab
