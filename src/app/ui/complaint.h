#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/text/text.h"
#include "core/error.h"

namespace lab {

// What is wrong with something that was given. It is put into words when it is shown, so that it
// follows the interface's language.
class Complaint {
 public:
  using Words = std::function<std::string(Language)>;

  Complaint() = default;  // nothing is wrong
  explicit Complaint(Words words) : words_(std::move(words)) {}
  // A text of the interface and what fills its placeholders.
  explicit Complaint(Str text, std::vector<std::string> args = {});
  // An error of the core, with its place in the text that was read. Where it does not name the
  // field at fault that comes first.
  Complaint(Error error);                 // NOLINT: implicit by intent
  Complaint(std::optional<Error> error);  // NOLINT: implicit by intent

  // Of a control: the field is called by its name in the interface, not by its path, and the
  // complaint is told beside the control with that id.
  static Complaint beside(std::string id, const Error& error);
  static Complaint beside(std::string id, Complaint complaint);

  explicit operator bool() const { return words_ != nullptr; }
  std::string in(Language language) const { return words_ ? words_(language) : std::string(); }
  void clear() { *this = {}; }
  // The control that tells it; empty: the scene does.
  const std::string& place() const { return place_; }

 private:
  Words words_;
  std::string place_;
};

}  // namespace lab
