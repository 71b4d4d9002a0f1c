// The app without a screen through hours of a clock that is made up, while training plays, and what
// it takes of memory. Ends with 1 if that grows, or if a run stands still. LAB_SOAK_HOURS says how
// many, 8 if nothing does.

#include <doctest/doctest.h>

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "../app/headless.h"
#include "app/scenes/scene.h"

namespace {

constexpr double kLonger = 0.05;      // seconds by which a frame is longer than Headless has it
constexpr double kReport = 1800;      // seconds between two rows
constexpr double kMostGrowth = 1.05;  // from the middle third of the rows to the last
constexpr int kStation = 600;         // frames that one scene plays before the next one does

// What trains, at its default speed.
constexpr std::array kStations = {
    "scene=train&v=1&data=spiral&net=8tanh-8tanh&optimizer=adam&rate=0.01",
    "scene=train&v=1&data=blobs&outputs=4&loss=cross_entropy&net=16relu-16relu&optimizer=momentum",
    "scene=compare&v=1&data=circle&net=8tanh&optimizer=adam&rate=0.01",
    "scene=gradients&preset=dying&v=1",
};

// Megabytes that the process holds.
double resident() {
  std::ifstream file("/proc/self/statm");
  double pages = 0, held = 0;
  file >> pages >> held;
  return held * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

double hours() {
  const char* asked = std::getenv("LAB_SOAK_HOURS");
  return asked != nullptr ? std::atof(asked) : 8;
}

double mean(const std::vector<double>& rows, size_t from, size_t to) {
  double sum = 0;
  for (size_t i = from; i < to; ++i) sum += rows[i];
  return sum / static_cast<double>(to - from);
}

}  // namespace

TEST_CASE("hours of training leave the memory as it was") {
  using namespace lab;
  FakePlatform platform;
  Headless app(platform, {1280, 800});
  std::vector<double> rows;
  long long steps = 0;
  double next = kReport;
  std::printf("hours   optimizer steps   resident MB\n");
  for (size_t station = 0; platform.time < 3600 * hours(); ++station) {
    REQUIRE(app.app().open_link(kStations[station % kStations.size()]));
    app.settle();
    REQUIRE(app.app().command(SceneCommand::play));
    for (int frame = 0; frame < kStation; ++frame) {
      platform.time += kLonger;
      app.frame();
    }
    const auto progress = app.app().progress();
    REQUIRE(progress);
    CHECK(progress->step > 0);
    steps += progress->step;
    if (platform.time < next) continue;
    next += kReport;
    rows.push_back(resident());
    std::printf("%5.1f %17lld %13.1f\n", platform.time / 3600, steps, rows.back());
    std::fflush(stdout);
  }
  const size_t third = rows.size() / 3;
  if (third == 0) return;
  const double growth = mean(rows, 2 * third, rows.size()) / mean(rows, third, 2 * third);
  std::printf("× %.3f from the middle third to the last\n", growth);
  CHECK(growth <= kMostGrowth);
}
