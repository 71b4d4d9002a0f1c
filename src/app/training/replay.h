#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/train/trainer.h"

namespace lab {

// The most steps that a link makes whoever opens it wait for.
inline constexpr int kMostLinkedSteps = 10'000'000;
inline int linked_step(int64_t step) {
  return static_cast<int>(std::min<int64_t>(step, kMostLinkedSteps));
}

// What lets a link bring a run back: whether its document alone leads to the step where it is, and
// the step that a run from a link is on its way to.
class Replay {
 public:
  // At step 0.
  void start() { *this = Replay(); }
  // Something that the document does not tell of, or tells as if it had been so from the start.
  void changed(const Trainer& trainer) {
    pure_ &= trainer.steps() == 0;
    stop();
  }
  void stop() { target_ = 0; }

  void go_on_to(int64_t step) { target_ = step; }
  // Steps that are missing.
  int64_t left(const Trainer& trainer) const {
    return trainer.divergence() ? 0 : std::max<int64_t>(target_ - trainer.steps(), 0);
  }

  // Steps to take between two looks at the run, so that its curves come back in detail.
  int64_t slice() const { return target_ / kSlices + 1; }

  // The step for a link: 0 if the document alone does not lead there.
  int step(const Trainer& trainer) const {
    if (left(trainer) > 0) return static_cast<int>(target_);
    if (!pure_) return 0;
    return linked_step(trainer.steps());
  }

 private:
  static constexpr int64_t kSlices = 200;
  bool pure_ = true;    // since step 0 nothing has been changed but what leads to the same weights
  int64_t target_ = 0;
};

}  // namespace lab
