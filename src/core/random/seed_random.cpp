#include "core/random/seed_random.h"

#include <utility>

namespace lab {

// An empty text is keyed as a single zero.
SeedRandom::SeedRandom(std::string_view seed) {
  for (size_t i = 0; i < 256; ++i) state_[i] = static_cast<uint8_t>(i);
  uint8_t j = 0;
  for (size_t i = 0; i < 256; ++i) {
    const char key = seed.empty() ? '\0' : seed[i % seed.size()];
    j = static_cast<uint8_t>(j + state_[i] + static_cast<uint8_t>(key));
    std::swap(state_[i], state_[j]);
  }
  for (int i = 0; i < 256; ++i) next_byte();  // the first ones tell too much of the key
}

uint8_t SeedRandom::next_byte() {
  j_ = static_cast<uint8_t>(j_ + state_[++i_]);
  std::swap(state_[i_], state_[j_]);
  return state_[static_cast<uint8_t>(state_[i_] + state_[j_])];
}

double SeedRandom::uniform() {
  double numerator = 0, denominator = 0x1p48;
  for (int i = 0; i < 6; ++i) numerator = numerator * 256 + next_byte();
  unsigned rest = 0;
  while (numerator < 0x1p52) {  // at least 52 significant bits
    numerator = (numerator + rest) * 256;
    denominator *= 256;
    rest = next_byte();
  }
  while (numerator >= 0x1p53) {
    numerator /= 2;
    denominator /= 2;
    rest >>= 1;
  }
  return (numerator + rest) / denominator;
}

}  // namespace lab
