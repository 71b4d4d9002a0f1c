#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace lab {

// What random numbers are drawn for. Each purpose has a stream of its own, so that, say, another
// number of samples does not change the initial weights.
inline constexpr uint64_t kDataStream = 1;
inline constexpr uint64_t kWeightStream = 2;
inline constexpr uint64_t kShuffleStream = 3;  // of the training samples, by epoch

// Random numbers that are the same on every machine: xoshiro256++ (D. Blackman and S. Vigna,
// "Scrambled linear pseudorandom number generators", 2021), its state filled by splitmix64. A value
// type: a copy goes on with the same numbers.
class Generator {
 public:
  Generator(uint64_t seed, uint64_t stream);
  explicit Generator(const std::array<uint64_t, 4>& state) : state_(state) {}  // not all 0

  uint64_t next();                          // 64 random bits
  double uniform();                         // in [0, 1), a multiple of 2⁻⁵³
  double uniform(double low, double high);  // in [low, high)
  uint64_t below(uint64_t n);               // in 0 … n − 1, each equally likely; n > 0
  // With mean 0 and deviation 1, by Marsaglia's polar method. The second value that the method
  // gives is dropped, so that nothing but the state is carried on.
  double normal();

  template <class Items>
  void shuffle(Items& items) {  // Fisher and Yates
    for (size_t left = items.size(); left > 1; --left) {
      std::swap(items[left - 1], items[static_cast<size_t>(below(left))]);
    }
  }

  bool operator==(const Generator&) const = default;

 private:
  std::array<uint64_t, 4> state_;
};

}  // namespace lab
