#include "app/text/text.h"

#include "core/fill_placeholders.h"

namespace lab {
namespace {

constexpr Localized kStrings[] = {
#define LAB_STRING(id, en, zh) {en, zh},
#include "app/text/strings.def"
#undef LAB_STRING
};

}  // namespace

std::span<const Localized> interface_strings() {
  return kStrings;
}

std::string_view tr(Language language, Str id) {
  return kStrings[static_cast<size_t>(id)].in(language);
}

std::string tr(Language language, Str id, std::initializer_list<std::string_view> args) {
  return fill_placeholders(tr(language, id), {args.begin(), args.size()});
}

}  // namespace lab
