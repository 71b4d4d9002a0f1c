#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "app/scenes/gradients/deep_setup.h"
#include "core/train/trainer.h"

namespace lab {

// How the same network ends with one learning rate after another, from the same start.
class RateScan {
 public:
  static constexpr int64_t kEpochs = 40;
  static constexpr int kRates = 19;  // three a decade

  struct Point {
    double rate = 0;
    double loss = 0;  // over the training samples; infinite where training diverged
    double dead = 0;  // share of the hidden units; not-a-number there
  };

  void start(const DeepSetup& setup);
  void clear() { *this = RateScan(); }
  void advance(const std::function<double()>& clock, double until);
  bool running() const { return started_ && points_.size() < kRates; }
  bool started() const { return started_; }
  // Whether it is of that network, whatever its rate is now.
  bool of(DeepSetup setup) const;
  const std::vector<Point>& points() const { return points_; }
  static double rate(int index);

 private:
  DeepSetup setup_;
  bool started_ = false;
  std::unique_ptr<Trainer> trainer_;
  std::vector<Point> points_;
};

}  // namespace lab
