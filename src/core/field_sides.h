#pragma once

#include <span>
#include <vector>

namespace lab {

// The numbers of a grid (row by row) for the line between its signs: an exact 0, which the output
// of a dead network is over whole areas, counts as negative, as where a class is told from an
// output. Zeros get what the numbers above 0 beside them would go on to, so that the line runs
// along the edge of the area, where they leave 0, and not in steps along the grid. Numbers below 0
// beside zeros are moved away from 0: no line runs there.
std::vector<float> field_sides(std::span<const float> numbers, int width, int height);

}  // namespace lab
