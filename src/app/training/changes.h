#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "app/ui/complaint.h"
#include "app/ui/ui.h"

namespace lab {

// Changes that panels ask for while a frame is drawn, and what was wrong with the last of them. A
// scene's view state is one of these.
struct Changes {
  Complaint complaint;
  // A change that waits until everything is drawn, so that one frame shows one state.
  std::function<void()> pending;

  void later(std::function<void()> change) { pending = std::move(change); }
  // … that may be refused, of the control with that id.
  void attempt(std::string_view control, std::function<std::optional<Error>()> change) {
    later([this, control = std::string(control), change = std::move(change)] {
      if (const auto error = change()) complaint = Complaint::beside(control, *error);
    });
  }
  // Makes the change that waits, if any: true. To be called when all is drawn.
  bool make(Ui& ui) {
    if (!pending) return false;
    complaint.clear();
    std::exchange(pending, nullptr)();
    ui.keep_moving();
    return true;
  }
};

}  // namespace lab
