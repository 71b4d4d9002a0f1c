#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lab {

// Percent-encodes every byte but ASCII letters, digits and . _ ~ so that the text can stand between
// the signs - : & = that part share links.
std::string percent_encode(std::string_view text);
// Nullopt if a % lacks its two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace lab
