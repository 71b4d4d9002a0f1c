#include "app/text/text.h"

#include "core/fill_placeholders.h"

namespace lab {
namespace {

constexpr Localized kStrings[] = {
#define LAB_STRING(id, en, zh) {en, zh},
#include "app/text/strings.def"
#undef LAB_STRING
};

// {2|one|many} gives "one" where the argument of that number is 1, "many" where it is not.
std::string counted(std::string_view text, std::span<const std::string_view> args) {
  std::string result;
  for (size_t at = 0; at < text.size();) {
    const bool choice = text[at] == '{' && at + 2 < text.size() && text[at + 2] == '|';
    if (!choice) {
      result += text[at++];
      continue;
    }
    const auto index = static_cast<size_t>(text[at + 1] - '0');
    const size_t middle = text.find('|', at + 3), end = text.find('}', at);
    const bool one = index < args.size() && args[index] == "1";
    result +=
        one ? text.substr(at + 3, middle - at - 3) : text.substr(middle + 1, end - middle - 1);
    at = end + 1;
  }
  return result;
}

}  // namespace

std::span<const Localized> interface_strings() {
  return kStrings;
}

std::string_view tr(Language language, Str id) {
  return kStrings[static_cast<size_t>(id)].in(language);
}

std::string tr(Language language, Str id, std::span<const std::string_view> args) {
  return fill_placeholders(counted(tr(language, id), args), args);
}

std::string tr(Language language, Str id, std::initializer_list<std::string_view> args) {
  return tr(language, id, std::span(args.begin(), args.end()));
}

}  // namespace lab
