// What the scene "Compare" trains in a frame's share of time, natively and without drawing: the
// samples of two and eight runs together against those of a single one, the median of many frames.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "app/scenes/compare/compare_model.h"
#include "app/training/speed.h"

namespace {

constexpr double kBudget = 0.010;  // seconds, as in the scene
constexpr int kFrames = 200;

double seconds() {
  using Clock = std::chrono::steady_clock;
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

struct Frame {
  double samples, milliseconds;  // medians
};

Frame measure(size_t runs) {
  lab::CompareModel model;
  lab::Comparison comparison = model.document();
  comparison.varied = lab::Varied::rate;
  comparison.values.clear();
  for (size_t i = 1; i <= runs; ++i) comparison.values.push_back("0.00" + std::to_string(i));
  if (model.load(comparison)) return {};
  model.set_speed(lab::kTrainSpeeds.size() - 1);
  model.play(true);
  std::vector<double> samples, times;
  for (int frame = 0; frame < kFrames; ++frame) {
    const int64_t before = model.step();
    const double start = seconds();
    model.advance(start, seconds, kBudget);
    model.look(model.runs()[static_cast<size_t>(frame) % runs]);
    times.push_back(1e3 * (seconds() - start));
    samples.push_back(static_cast<double>(model.step() - before) * static_cast<double>(runs) *
                      comparison.base.training.batch_size);
  }
  const auto median = [](std::vector<double>& list) {
    std::ranges::nth_element(list, list.begin() + kFrames / 2);
    return list[kFrames / 2];
  };
  return {median(samples), median(times)};
}

}  // namespace

int main() {
  const Frame alone = measure(1);
  std::printf("runs   ms of a frame   samples a frame   of a single run's\n");
  for (const size_t runs : {1, 2, 4, 8}) {
    const Frame frame = runs == 1 ? alone : measure(runs);
    std::printf("%4zu %15.2f %17.0f %19.2f\n", runs, frame.milliseconds, frame.samples,
                frame.samples / alone.samples);
  }
}
