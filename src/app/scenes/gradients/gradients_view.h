#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/scenes/gradients/gradients_model.h"
#include "app/ui/ui.h"

namespace lab {

// What the strip over time shows.
enum class StripKind { gradient, slope, weight, dead };

// The state of the scene "Gradients" that is not part of its network, shared by its panels.
struct GradientsView {
  StripKind strip = StripKind::gradient;
  std::string error;  // what was wrong with the last change, in the interface's language

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

}  // namespace lab
