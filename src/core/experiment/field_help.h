#pragma once

#include <string>
#include <string_view>

namespace lab {

// Every field of an experiment for people at a command line: its path, its key in share links, its
// default, what it may be, and what it is.
std::string field_help();

// The text with spaces behind it up to that width, at least one.
std::string padded(std::string_view text, size_t width);

}  // namespace lab
