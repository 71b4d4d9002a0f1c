#pragma once

#include <vector>

#include "app/plot/axes.h"
#include "app/ui/palette.h"
#include "core/train/trainer.h"
#include "platform/field_painter.h"

// The plane as networks see it, and the colours of pictures of it.

namespace lab {

// Inputs of the network at a point of the plane.
std::vector<float> point_inputs(const Experiment& experiment, double x, double y);

// Rows of them at the points of a grid, `points` along a side, from the lower left, row by row.
std::vector<float> grid_inputs(const Experiment& experiment, Span x, Span y, int points);

// How far the plane is shown for a data set: from −extent to extent.
double extent_of(const Experiment& experiment);

// The output as the map shows it: −1 … 1 for a value or two classes (`scale` is what 1 stands for),
// a probability per class otherwise; what is no number sides with none. `out` are rows of logits,
// in place.
void map_values(const Trainer& trainer, float scale, std::vector<float>& out);

// Rows of values, one per class, in the order of a field: [class][point].
std::vector<float> by_slice(const std::vector<float>& rows, size_t classes);

// The largest label of a regression in size, at least a little; 1 for classes.
float label_scale(const Trainer& trainer);

// The looks of a picture of one number, and of classes, in a theme. `strength` in [0, 1] is how
// much of the colours is used, so that what lies on the picture stands out.
FieldLook signed_look(Theme theme, float strength = 1);
FieldLook class_look(Theme theme, int classes);

}  // namespace lab
