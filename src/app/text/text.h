#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "core/localized.h"

namespace lab {

// Every text of the interface; the rows are in strings.def.
enum class Str {
#define LAB_STRING(id, en, zh) id,
#include "app/text/strings.def"
#undef LAB_STRING
};

// All rows, for tests: index is the enumerator's value.
std::span<const Localized> interface_strings();

// The text in a language, with static storage.
std::string_view tr(Language language, Str id);

// The text with its placeholders {0} … {9} filled in.
std::string tr(Language language, Str id, std::span<const std::string_view> args);
std::string tr(Language language, Str id, std::initializer_list<std::string_view> args);

}  // namespace lab
