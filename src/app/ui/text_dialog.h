#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/ui/complaint.h"
#include "app/ui/ui.h"

namespace lab {

// A dialog in which a text of several lines is edited or pasted, and taken or refused. A press
// outside it loses nothing: it stays. Its controls are `<id>.field`, `<id>.error`, `<id>.cancel`
// and `<id>.apply`.
class TextDialog {
 public:
  explicit TextDialog(std::string id) : id_(std::move(id)) {}

  void open(std::string text);
  // `take` returns what is wrong with the text; nothing closes the dialog.
  void draw(Ui& ui, std::string_view title, std::string_view hint,
            const std::function<Complaint(const std::string&)>& take);

 private:
  void close();

  std::string id_, draft_;
  Complaint complaint_;
  bool fresh_ = false;   // just opened: the field is to take the keyboard
  bool wanted_ = false;  // nobody has closed it
  int drawn_in_ = -1;    // the number of the frame in which it was drawn last
};

}  // namespace lab
