#include <algorithm>

#include "core/train/trainer.h"

namespace lab {
namespace {

bool among(const std::vector<Death>& deaths, const Death& asked) {
  return std::ranges::any_of(deaths, [&](const Death& death) {
    return death.layer == asked.layer && death.unit == asked.unit;
  });
}

}  // namespace

// Those of the hidden layers, at the engine's present parameters; their steps are the present one.
std::vector<Death> Trainer::dead_units() {
  const size_t count = samples_.train_count;
  std::vector<Death> dead;
  if (count == 0) return dead;
  const std::vector<train::LayerTrace> traces = engine_->trace(samples_, 0, count);
  for (size_t l = 0; l + 1 < traces.size(); ++l) {
    const std::vector<double>& slopes = traces[l].slope;
    for (size_t u = 0; u * count < slopes.size(); ++u) {
      const auto first = slopes.begin() + static_cast<std::ptrdiff_t>(u * count);
      const bool flat = std::all_of(first, first + static_cast<std::ptrdiff_t>(count),
                                    [](double slope) { return slope == 0; });
      if (flat) dead.push_back({l, u, engine_->steps()});
    }
  }
  return dead;
}

// Takes the steps from a snapshot again, up to `end`, and notes the one after which each of the
// units has stayed dead.
void Trainer::find_deaths(const train::Snapshot& alive, int64_t end, std::vector<Death>& deaths) {
  engine_->restore(alive);
  std::vector<Death> before = dead_units();
  while (engine_->steps() < end) {
    engine_->run(1);
    const std::vector<Death> now = dead_units();
    for (Death& death : deaths) {
      if (among(now, death) && !among(before, death)) death.step = engine_->steps();
    }
    before = now;
  }
}

std::vector<Death> Trainer::deaths() {
  const train::Snapshot present = engine_->snapshot();
  std::vector<Death> found, open = dead_units();
  int64_t end = present.steps;  // all of `open` are dead here
  for (auto kept = timeline_.all().rbegin(); kept != timeline_.all().rend() && !open.empty();
       ++kept) {
    if (kept->steps >= present.steps) continue;
    engine_->restore(*kept);
    const std::vector<Death> dead = dead_units();
    std::vector<Death> died;
    for (Death& death : open) {
      if (!among(dead, death)) died.push_back({death.layer, death.unit, end});
    }
    std::erase_if(open, [&](const Death& death) { return among(died, death); });
    if (!died.empty()) find_deaths(*kept, end, died);
    found.insert(found.end(), died.begin(), died.end());
    end = kept->steps;
  }
  engine_->restore(present);
  for (const Death& death : open) found.push_back({death.layer, death.unit, 0});
  std::ranges::sort(found, {}, [](const Death& d) { return std::pair(d.layer, d.unit); });
  return found;
}

}  // namespace lab
