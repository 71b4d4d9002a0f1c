#include "app/training/pace.h"

#include <doctest/doctest.h>

using namespace lab;

TEST_CASE("as many steps are due as the time that passed makes them") {
  Pace pace;
  const TrainSpeed speed{true, 20};  // epochs a second, of 25 steps
  int64_t taken = 0;
  for (int frame = 0; frame <= 120; ++frame) {  // two seconds
    const int64_t steps = pace.due(frame / 60.0, speed, 25);
    pace.took(steps, 50);
    taken += steps;
  }
  CHECK(taken == doctest::Approx(2 * 20 * 25).epsilon(0.02));
}

TEST_CASE("neither an hour away nor a clock put back counts") {
  Pace pace;
  const TrainSpeed speed{false, 100};
  pace.due(0, speed, 25);
  pace.took(1, 50);
  CHECK(pace.due(3600, speed, 25) <= 11);
  pace.took(10, 50);
  CHECK(pace.due(10, speed, 25) <= 2);
  pace.took(0, 50);
  CHECK(pace.due(10.05, speed, 25) >= 5);
}

TEST_CASE("at full speed everything is due, and what a slow machine missed is forgotten") {
  Pace pace;
  CHECK(pace.due(0, TrainSpeed{true, 0}, 25) > 1'000'000);
  pace.start();
  const TrainSpeed fast{true, 1000};
  for (int frame = 1; frame < 100; ++frame) {
    pace.due(frame / 60.0, fast, 25);
    pace.took(1, 50);
  }
  CHECK(pace.due(100 / 60.0, fast, 25) <= 50 + 1000 * 25 / 60 + 1);
}

TEST_CASE("chunks grow while they are short, up to a bound, and shrink when they take long") {
  Chunk chunk(4);
  chunk.took(0.001, 0.01);
  CHECK(chunk.steps() == 8);
  chunk.took(0.003, 0.01);
  CHECK(chunk.steps() == 8);
  for (int i = 0; i < 40; ++i) chunk.took(0, 0.01);  // the clock has not ticked
  CHECK(chunk.steps() == 1024);
  for (int i = 0; i < 40; ++i) chunk.took(1, 0.01);
  CHECK(chunk.steps() == 1);
}
