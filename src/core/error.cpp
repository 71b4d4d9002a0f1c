#include "core/error.h"

#include "core/fill_placeholders.h"

namespace lab {
namespace {

constexpr ErrorKind kKinds[] = {
    {"internal", {"Something unexpected happened: {0}.", "发生了意外情况：{0}。"}},
    {"activation.unknown",
     {"There is no activation function called “{0}”.", "没有名为“{0}”的激活函数。"}},
};

}  // namespace

std::span<const ErrorKind> error_kinds() { return kKinds; }

std::string Error::message(Language language) const {
  const std::vector<std::string_view> views(args.begin(), args.end());
  for (const ErrorKind& kind : kKinds) {
    if (kind.code == code) return fill_placeholders(kind.text.in(language), views);
  }
  return code;
}

}  // namespace lab
