#pragma once

#include <string>
#include <vector>

#include "platform/field_painter.h"

namespace lab {

// The colour of one number, or of one point's probabilities of classes, as shaders/field.frag has
// it.
ImU32 field_colour(const FieldLook& look, std::span<const float> values);

// A slice (or the classes) of a field as a PNG image in a data URI, four pixels for every number.
std::string field_data_uri(const FieldGrid& grid, const FieldLook& look, int slice);

// A piece of the line on which a slice has a value, in shares of the field from its lower left.
struct FieldSegment {
  ImVec2 from, to;
};
std::vector<FieldSegment> field_border(const FieldGrid& grid, int slice, float level = 0);
// Where the likeliest of the classes changes: slice k holds class k's probabilities.
std::vector<FieldSegment> class_borders(const FieldGrid& grid, int classes);

}  // namespace lab
