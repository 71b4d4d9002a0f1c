#include "core/fill_placeholders.h"

namespace lab {

std::string fill_placeholders(std::string_view text, std::span<const std::string_view> args) {
  std::string filled;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool placeholder = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}' &&
                             text[i + 1] >= '0' && text[i + 1] <= '9';
    if (!placeholder) {
      filled += text[i];
      continue;
    }
    const auto index = static_cast<size_t>(text[i + 1] - '0');
    if (index < args.size()) filled += args[index];
    i += 2;
  }
  return filled;
}

}  // namespace lab
