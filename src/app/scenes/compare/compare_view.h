#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/scenes/compare/compare_model.h"
#include "app/scenes/compare/seed_sweep.h"
#include "app/training/changes.h"

namespace lab {

enum class CompareCurve { loss, log_loss, accuracy };

// The state of the scene "Compare" that is not part of the comparison, shared by its panels.
struct CompareView : Changes {
  CompareCurve curve = CompareCurve::loss;
  int seeds = 30;
  int seed_epochs = 200;
  std::optional<Comparison> swept;  // what the sweep's results are of
  std::vector<size_t> swept_colours;
};

}  // namespace lab
