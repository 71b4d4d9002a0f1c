#pragma once

#include <string>
#include <string_view>

#include "app/ui/complaint.h"

namespace lab {

// Files in which the desktop program keeps what is shown, whatever the scene: JSON with a version
// and the link, {"activationLab":1,"link":"scene=train&v=1&data=xor"}. Language and colours are not
// in it: they are whoever opens it likes.
inline constexpr int kDocumentVersion = 1;
inline constexpr std::string_view kDocumentEnding = ".actlab";

std::string to_document(std::string_view link);

// The link in such a text, or to the experiment that the text is; else what is wrong with it.
struct ReadDocument {
  std::string link;
  Complaint complaint;
};
ReadDocument read_document(std::string_view text);

// Whether a text looks like one of these files.
bool is_document(std::string_view text);

}  // namespace lab
