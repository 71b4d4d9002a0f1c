#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/random/generator.h"
#include "core/random/seed_random.h"

using lab::Generator;
using lab::SeedRandom;

// The first outputs of the published C code, started from 1, 2, 3, 4.
TEST_CASE("the generator is xoshiro256++") {
  Generator generator(std::array<uint64_t, 4>{1, 2, 3, 4});
  for (uint64_t expected :
       {41943041ull, 58720359ull, 3588806011781223ull, 3591011842654386ull, 9228616714210784205ull,
        9973669472204895162ull, 14011001112246962877ull, 12406186145184390807ull,
        15849039046786891736ull, 10450023813501588000ull}) {
    CHECK(generator.next() == expected);
  }
}

TEST_CASE("the generator: seeds and streams are different sequences that never change") {
  std::vector<uint64_t> firsts;
  for (uint64_t seed : {0u, 1u, 2u, 3u}) {
    for (uint64_t stream : {0u, 1u, 2u, 3u}) firsts.push_back(Generator(seed, stream).next());
  }
  std::ranges::sort(firsts);
  CHECK(std::ranges::adjacent_find(firsts) == firsts.end());

  Generator generator(1, lab::kDataStream);
  Generator copy = generator;
  CHECK(copy == generator);
  uint64_t hash = 0;
  for (int i = 0; i < 1000; ++i) {
    hash = hash * 31 + std::bit_cast<uint64_t>(generator.uniform());
    hash = hash * 31 + std::bit_cast<uint64_t>(generator.normal());
    hash = hash * 31 + generator.below(static_cast<uint64_t>(i) + 1);
  }
  CHECK(copy != generator);
  CHECK(hash == 2924180977948431249u);
}

TEST_CASE("the generator: uniform numbers fill [0, 1) evenly") {
  Generator generator(7, 0);
  std::array<int, 10> counts{};
  for (int i = 0; i < 100'000; ++i) {
    const double u = generator.uniform();
    REQUIRE(u >= 0);
    REQUIRE(u < 1);
    ++counts[static_cast<size_t>(u * 10)];
  }
  for (int count : counts) CHECK(std::abs(count - 10'000) < 400);  // 4 standard deviations
  for (int i = 0; i < 1000; ++i) {
    const double u = generator.uniform(-3, 5);
    CHECK(u >= -3);
    CHECK(u < 5);
  }
}

TEST_CASE("the generator: below(n) is unbiased even where n does not divide 2^64") {
  Generator generator(3, 0);
  const uint64_t n = 3ull << 62;  // plain modulo would prefer the lowest third two to one
  int lowest = 0;
  for (int i = 0; i < 30'000; ++i) {
    const uint64_t value = generator.below(n);
    REQUIRE(value < n);
    lowest += value < n / 3;
  }
  CHECK(std::abs(lowest - 10'000) < 330);
  CHECK(generator.below(1) == 0);
}

TEST_CASE("the generator: normal numbers have the moments of the normal distribution") {
  Generator generator(5, 0);
  const int n = 200'000;
  double sum = 0, squares = 0, cubes = 0, fourths = 0;
  for (int i = 0; i < n; ++i) {
    const double x = generator.normal();
    sum += x;
    squares += x * x;
    cubes += x * x * x;
    fourths += x * x * x * x;
  }
  CHECK(std::fabs(sum / n) < 0.01);
  CHECK(std::fabs(squares / n - 1) < 0.015);
  CHECK(std::fabs(cubes / n) < 0.04);
  CHECK(std::fabs(fourths / n - 3) < 0.1);
}

TEST_CASE("the generator: shuffling makes every order equally often") {
  Generator generator(9, 0);
  std::array<int, 27> counts{};
  for (int i = 0; i < 60'000; ++i) {
    std::array<size_t, 3> items = {0, 1, 2};
    generator.shuffle(items);
    ++counts[items[0] * 9 + items[1] * 3 + items[2]];
  }
  CHECK(std::ranges::count(counts, 0) == 21);  // the other 6 are the permutations
  for (int count : counts) CHECK((count == 0 || std::abs(count - 10'000) < 400));
}

TEST_CASE("seedrandom draws as TensorFlow Playground's does") {
  SeedRandom random("0.5");
  CHECK(random.uniform() == 0.49767758747058916);
  CHECK(random.uniform() == 0.8074465011135612);
  CHECK(random.uniform() == 0.7863697779919979);
}

TEST_CASE("seedrandom: draws fill [0, 1), whatever the seed") {
  for (const char* seed : {"", "0", "0.12345", "a longer seed, even one with ünïcode"}) {
    SeedRandom random(seed);
    double sum = 0;
    for (int i = 0; i < 20'000; ++i) {
      const double u = random.uniform();
      REQUIRE(u >= 0);
      REQUIRE(u < 1);
      sum += u;
    }
    CHECK(std::fabs(sum / 20'000 - 0.5) < 0.01);
  }
}
