#pragma once

#include <cstdint>
#include <vector>

#include "core/train/trainer.h"

namespace lab {

// The curves of a training run, in bounded memory: when there are too many points, every other one
// goes. What training went on from leaves what came after it behind as a second, older branch.
class LossHistory {
 public:
  static constexpr size_t kMost = 2048;

  void clear();
  // Adds the metrics of a step behind all others; one that is there already is replaced.
  void add(const Metrics& metrics);
  // Training goes on from this step: what lies behind it becomes the branch that was left.
  void branch(int64_t step);

  const std::vector<Metrics>& points() const { return points_; }
  const std::vector<Metrics>& left_branch() const { return left_; }
  int64_t last_step() const { return points_.empty() ? 0 : points_.back().step; }
  // The point nearest to a step; there must be one.
  const Metrics& nearest(int64_t step) const;

 private:
  std::vector<Metrics> points_, left_;
};

}  // namespace lab
