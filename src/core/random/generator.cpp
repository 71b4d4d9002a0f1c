#include "core/random/generator.h"

#include <bit>

#include "core/random/polar_normal.h"

namespace lab {
namespace {

// G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", 2014.
uint64_t splitmix(uint64_t& state) {
  state += 0x9e3779b97f4a7c15u;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

}  // namespace

Generator::Generator(uint64_t seed, uint64_t stream) {
  uint64_t mixed = splitmix(seed) ^ stream;
  mixed = splitmix(mixed);
  for (uint64_t& word : state_) word = splitmix(mixed);
}

uint64_t Generator::next() {
  auto& s = state_;
  const uint64_t result = std::rotl(s[0] + s[3], 23) + s[0];
  const uint64_t shifted = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = std::rotl(s[3], 45);
  return result;
}

double Generator::uniform() {
  return static_cast<double>(next() >> 11) * 0x1p-53;
}

double Generator::uniform(double low, double high) {
  return low + (high - low) * uniform();
}

uint64_t Generator::below(uint64_t n) {
  const uint64_t surplus = (0 - n) % n;  // 2⁶⁴ modulo n: as many values are drawn again
  uint64_t value = next();
  while (value < surplus) value = next();
  return value % n;
}

double Generator::normal() {
  return polar_normal(*this);
}

}  // namespace lab
