#pragma once

#include <string>

namespace lab {

// What is asked of one control by its id instead of by pointer or key: by a screen reader, through
// the records' mirror in the page, or by a script.
struct ControlAction {
  enum class Kind {
    press,  // as a click would
    focus,  // gives it the keyboard
    set,    // of a text field or slider: takes `text` as its new text or number
  };
  Kind kind;
  std::string id;
  std::string text;
};

}  // namespace lab
