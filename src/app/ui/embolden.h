#pragma once

#include <span>
#include <vector>

namespace lab {

// A TrueType font like the given one whose strokes are heavier: every outline is moved outward by
// `strength` (a share of the em), advances stay as they are. Only simple glyphs are moved; a font
// that isn't laid out as expected is returned as it is.
std::vector<unsigned char> embolden(std::span<const unsigned char> font, float strength);

}  // namespace lab
