#pragma once

#include <cstdint>
#include <vector>

#include "core/train/engine.h"

namespace lab {

// Snapshots of a training run in bounded memory. They are taken at equal distances; when they no
// longer fit, every other one is dropped and the distance doubled, except for the first.
class Timeline {
 public:
  static constexpr size_t kMaxBytes = 8 << 20;
  static constexpr size_t kMaxKept = 4096;

  void clear();
  // The steps until the next snapshot is due, from 1.
  int64_t steps_to_next(int64_t steps) const { return distance_ - steps % distance_; }
  bool due(int64_t steps) const { return steps % distance_ == 0; }
  // Keeps a snapshot, dropping those at or behind its step: training has gone on from before them.
  void keep(const train::Snapshot& snapshot);
  // Drops all behind a step.
  void forget_after(int64_t step);

  const train::Snapshot* find(int64_t step) const;
  const std::vector<train::Snapshot>& all() const { return kept_; }

 private:
  void thin_out();

  std::vector<train::Snapshot> kept_;
  size_t bytes_ = 0;
  int64_t distance_ = 1;
};

}  // namespace lab
