#pragma once

#include <span>
#include <string>
#include <string_view>

namespace lab {

// `text` with {0} … {9} replaced by the arguments; a placeholder without an argument vanishes.
std::string fill_placeholders(std::string_view text, std::span<const std::string_view> args);

}  // namespace lab
