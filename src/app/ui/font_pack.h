#pragma once

#include <span>
#include <vector>

namespace lab {

// The TrueType font in what src/tools/make_fonts.py has packed: a file like one, but with all
// glyphs' flags in one table, all their x in another and so on, which compresses better by a
// seventh. The glyphs' order, outlines and all other tables are the font's. A file that isn't
// packed is returned as it is.
std::vector<unsigned char> unpack_font(std::span<const unsigned char> packed);

}  // namespace lab
