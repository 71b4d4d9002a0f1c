#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "app/training/speed.h"

namespace lab {

// How many steps are due in a frame, so that training keeps its speed whatever the frames do.
class Pace {
 public:
  // To be called when playing begins.
  void start() { *this = Pace(); }

  // Steps that are due by `now`, in seconds. A tab that was away does not catch up, and a clock
  // that was put back stops nothing.
  int64_t due(double now, double per_second) {
    const double passed = last_ < 0 ? kFirstFrame : std::clamp(now - last_, 0.0, kLongestFrame);
    last_ = now;
    due_ += passed * per_second;
    return static_cast<int64_t>(due_);
  }
  int64_t due(double now, const TrainSpeed& speed, int64_t per_epoch) {
    const double unit = speed.epochs ? static_cast<double>(per_epoch) : 1;
    const int64_t steps = due(now, speed.per_second * unit);
    return speed.per_second == 0 ? kUnlimited : steps;
  }

  // What was taken of them. More than `most` that a slow machine missed are not made up for.
  void took(int64_t steps, int64_t most) {
    due_ = std::clamp(due_ - static_cast<double>(steps), 0.0, static_cast<double>(most));
  }

 private:
  static constexpr double kFirstFrame = 1.0 / 60, kLongestFrame = 0.1;  // seconds
  static constexpr int64_t kUnlimited = int64_t{1} << 30;
  double last_ = -1, due_ = 0;
};

// Steps between two looks at the clock: so few that a frame keeps to its time, so many that looking
// costs nothing.
class Chunk {
 public:
  explicit Chunk(int64_t first) : steps_(first) {}
  int64_t steps() const { return steps_; }
  // How many of the frame's `budget` seconds they took.
  void took(double seconds, double budget) {
    if (seconds < budget / 8) steps_ = std::min(2 * steps_, kLargest);
    if (seconds > budget / 2) steps_ = std::max<int64_t>(steps_ / 2, 1);
  }

 private:
  static constexpr int64_t kLargest = 1024;  // however coarsely the clock ticks
  int64_t steps_;
};

}  // namespace lab
