#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace lab {

// The pieces one behind the other. A chain of + makes a string of each link, which weighs where
// there are many.
std::string joined(std::initializer_list<std::string_view> pieces);

}  // namespace lab
