#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "app/ui/ui.h"

namespace lab {

// Changes that panels ask for while a frame is drawn, and what was wrong with the last of them. A
// scene's view state is one of these.
struct Changes {
  std::string error;  // in the interface's language
  // A change that waits until everything is drawn, so that one frame shows one state.
  std::function<void()> pending;

  void later(std::function<void()> change) { pending = std::move(change); }
  // … that may be refused.
  void attempt(Language language, std::function<std::optional<Error>()> change) {
    later([this, language, change = std::move(change)] {
      if (const auto problem = change()) error = problem->message(language);
    });
  }
  // Makes the change that waits, if any: true. To be called when all is drawn.
  bool make(Ui& ui) {
    if (!pending) return false;
    error.clear();
    std::exchange(pending, nullptr)();
    ui.keep_moving();
    return true;
  }
};

}  // namespace lab
