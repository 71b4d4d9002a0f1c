#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/text/text.h"
#include "core/error.h"

namespace lab {

// What is wrong with something that was given. It is put into words when it is shown, so that it
// follows the interface's language. Of the size of a pointer, since it passes through many hands.
class Complaint {
 public:
  Complaint() = default;  // nothing is wrong
  // A text of the interface and what fills its placeholders: the arguments, and behind them what
  // another complaint says.
  explicit Complaint(Str text, std::vector<std::string> args = {}, Complaint inner = {});
  // An error of the core, with its place in the text that was read. Where it does not name the
  // field at fault that comes first.
  Complaint(Error error);                 // NOLINT: implicit by intent
  Complaint(std::optional<Error> error);  // NOLINT: implicit by intent

  // Of a control: the field is called by its name in the interface, not by its path, and the
  // complaint is told beside the control with that id.
  static Complaint beside(std::string_view id, Error error);
  static Complaint beside(std::string_view id, Str text, std::vector<std::string> args);

  explicit operator bool() const { return what_ != nullptr; }
  std::string in(Language language) const;
  void clear() { what_.reset(); }
  // The control that tells it; empty: the scene does.
  std::string_view place() const;

 private:
  struct What;
  explicit Complaint(What what);

  std::shared_ptr<const What> what_;
};

}  // namespace lab
