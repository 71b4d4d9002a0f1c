#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace lab {

// The generator behind TensorFlow Playground, seedrandom 2.4 by D. Bau: ARC4 keyed with the bytes
// of a text, and numbers of 52 to 53 random bits from its output.
class SeedRandom {
 public:
  explicit SeedRandom(std::string_view seed);

  double uniform();  // in [0, 1)
  double uniform(double low, double high) { return uniform() * (high - low) + low; }

 private:
  uint8_t next_byte();

  std::array<uint8_t, 256> state_;
  uint8_t i_ = 0, j_ = 0;
};

}  // namespace lab
