#include "core/train/timeline.h"

#include <algorithm>

namespace lab {

void Timeline::clear() {
  kept_.clear();
  bytes_ = 0;
  distance_ = 1;
}

void Timeline::forget_after(int64_t step) {
  while (!kept_.empty() && kept_.back().steps > step) {
    bytes_ -= kept_.back().bytes();
    kept_.pop_back();
  }
}

void Timeline::keep(const train::Snapshot& snapshot) {
  forget_after(snapshot.steps - 1);
  bytes_ += snapshot.bytes();
  kept_.push_back(snapshot);
  while (kept_.size() > 2 && (bytes_ > kMaxBytes || kept_.size() > kMaxKept)) thin_out();
}

void Timeline::thin_out() {
  distance_ *= 2;
  std::erase_if(kept_, [&](const train::Snapshot& snapshot) {
    const bool drop = snapshot.steps % distance_ != 0;
    if (drop) bytes_ -= snapshot.bytes();
    return drop;
  });
}

const train::Snapshot* Timeline::find(int64_t step) const {
  const auto found = std::ranges::find(kept_, step, &train::Snapshot::steps);
  return found == kept_.end() ? nullptr : &*found;
}

}  // namespace lab
