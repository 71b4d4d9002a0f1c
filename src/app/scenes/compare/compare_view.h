#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/scenes/compare/compare_model.h"
#include "app/scenes/compare/seed_sweep.h"
#include "app/ui/ui.h"

namespace lab {

enum class CompareCurve { loss, log_loss, accuracy };

// The state of the scene "Compare" that is not part of the comparison, shared by its panels.
struct CompareView {
  CompareCurve curve = CompareCurve::loss;
  std::string error;  // what was wrong with the last change, in the interface's language
  int seeds = 30;
  int seed_epochs = 200;
  std::optional<Comparison> swept;  // what the sweep's results are of
  std::vector<size_t> swept_colours;

  // A change that waits until everything is drawn, so that one frame shows one state.
  std::function<void()> pending;
  void later(std::function<void()> change) { pending = std::move(change); }
  // … that may be refused.
  void attempt(Language language, std::function<std::optional<Error>()> change) {
    later([this, language, change = std::move(change)] {
      if (const auto problem = change()) error = problem->message(language);
    });
  }
};

// A share of 1 as people read it; "–" where there is none.
std::string share_text(double share);

}  // namespace lab
