#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string_view>

namespace lab {

// Floats that a benchmark works on, spread over [−6, 6]: they stay in the second-level cache.
inline constexpr size_t kCount = 65536;

// How fast `run` works through kCount floats, in its fastest run of those that fit in about 60 ms:
// others on the machine only ever slow it down.
template <class Run>
double billions_per_second(Run run) {
  using Clock = std::chrono::steady_clock;
  double best = 1e9;
  const auto start = Clock::now();
  do {
    const auto before = Clock::now();
    run();
    best = std::min(best, std::chrono::duration<double>(Clock::now() - before).count());
  } while (Clock::now() - start < std::chrono::milliseconds(60));
  return static_cast<double>(kCount) / best * 1e-9;
}

// Whether the program's arguments name this function, or none at all.
inline bool chosen(int argc, char** argv, std::string_view id) {
  return argc < 2 || std::any_of(argv + 1, argv + argc, [&](const char* a) { return id == a; });
}

}  // namespace lab
