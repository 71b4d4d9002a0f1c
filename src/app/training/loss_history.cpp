#include "app/training/loss_history.h"

#include <algorithm>

namespace lab {

void LossHistory::clear() {
  points_.clear();
  left_.clear();
}

void LossHistory::add(const Metrics& metrics) {
  while (!points_.empty() && points_.back().step >= metrics.step) points_.pop_back();
  points_.push_back(metrics);
  if (points_.size() <= kMost) return;
  size_t kept = 0;
  for (size_t i = 0; i < points_.size(); i += 2) points_[kept++] = points_[i];
  points_.resize(kept);
}

void LossHistory::branch(int64_t step) {
  const auto behind =
      std::ranges::find_if(points_, [&](const Metrics& m) { return m.step > step; });
  if (behind == points_.end()) return;
  left_.assign(behind == points_.begin() ? behind : behind - 1, points_.end());
  points_.erase(behind, points_.end());
}

const Metrics& LossHistory::nearest(int64_t step) const {
  return *std::ranges::min_element(
      points_, {}, [&](const Metrics& m) { return m.step > step ? m.step - step : step - m.step; });
}

}  // namespace lab
