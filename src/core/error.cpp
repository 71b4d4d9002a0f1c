#include "core/error.h"

namespace lab {
namespace {

constexpr ErrorKind kKinds[] = {
    {"internal", {"Something unexpected happened: {0}.", "发生了意外情况：{0}。"}},
    {"activation.unknown",
     {"There is no activation function called “{0}”.", "没有名为“{0}”的激活函数。"}},
};

std::string fill(std::string_view text, const std::vector<std::string>& args) {
  std::string filled;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool placeholder = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}' &&
                             text[i + 1] >= '0' && text[i + 1] <= '9';
    if (!placeholder) {
      filled += text[i];
      continue;
    }
    const size_t index = static_cast<size_t>(text[i + 1] - '0');
    if (index < args.size()) filled += args[index];
    i += 2;
  }
  return filled;
}

}  // namespace

std::span<const ErrorKind> error_kinds() { return kKinds; }

std::string Error::message(Language language) const {
  for (const ErrorKind& kind : kKinds) {
    if (kind.code == code) return fill(kind.text.in(language), args);
  }
  return code;
}

}  // namespace lab
