#include <algorithm>
#include <cmath>
#include <utility>

#include "core/train/trainer.h"

namespace lab {
namespace {

bool among(const std::vector<Death>& deaths, const Death& asked) {
  return std::ranges::any_of(deaths, [&](const Death& death) {
    return death.layer == asked.layer && death.unit == asked.unit;
  });
}

}  // namespace

// A hidden unit on all training samples.
struct Trainer::UnitState {
  size_t layer, unit;
  bool dead;               // f'(z) = 0 on each
  double mean, deviation;  // of z
};

// At the engine's present parameters; layer by layer, unit by unit.
std::vector<Trainer::UnitState> Trainer::unit_states() {
  const size_t count = samples_.train_count;
  std::vector<UnitState> states;
  if (count == 0) return states;
  const std::vector<train::LayerTrace> traces = engine_->trace(samples_, 0, count);
  for (size_t l = 0; l + 1 < traces.size(); ++l) {
    for (size_t u = 0; u * count < traces[l].slope.size(); ++u) {
      const auto slopes = std::span(traces[l].slope).subspan(u * count, count);
      const auto z = std::span(traces[l].z).subspan(u * count, count);
      double sum = 0, squares = 0;
      for (const double value : z) sum += value;
      const double mean = sum / static_cast<double>(count);
      for (const double value : z) squares += (value - mean) * (value - mean);
      const bool dead = std::ranges::all_of(slopes, [](double slope) { return slope == 0; });
      states.push_back({l, u, dead, mean, std::sqrt(squares / static_cast<double>(count))});
    }
  }
  return states;
}

// Their steps are the present one.
std::vector<Death> Trainer::dead_units() {
  std::vector<Death> dead;
  for (const UnitState& state : unit_states()) {
    if (state.dead) dead.push_back({state.layer, state.unit, engine_->steps()});
  }
  return dead;
}

// Takes the steps from a snapshot again, up to `end`, and notes the one after which each of the
// units has stayed dead.
void Trainer::find_deaths(const train::Snapshot& alive, int64_t end, std::vector<Death>& deaths) {
  engine_->restore(alive);
  std::vector<UnitState> before = unit_states();
  while (engine_->steps() < end) {
    engine_->run(1);
    std::vector<UnitState> now = unit_states();
    for (size_t i = 0; i < now.size(); ++i) {
      if (!now[i].dead || before[i].dead) continue;
      const auto found = std::ranges::find_if(deaths, [&](const Death& death) {
        return death.layer == now[i].layer && death.unit == now[i].unit;
      });
      if (found == deaths.end()) continue;
      found->step = engine_->steps();
      found->jump = std::fabs(now[i].mean - before[i].mean);
      found->spread = before[i].deviation;
    }
    before = std::move(now);
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
