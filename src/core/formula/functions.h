#pragma once

#include <span>
#include <string_view>

#include "core/formula/graph.h"

namespace lab::formula {

// What the writers and the parser treat in a way of its own: the bounds of max, min and clamp may
// depend on x (a plain function's arguments behind the first may not), `if` and `pow` are other
// spellings of operators.
enum class Form { plain, maximum, minimum, clamp, choose, power };

// A function people can call: everything the project knows about it.
struct FunctionRow {
  std::string_view names;  // lower case, separated by blanks, the usual one first
  size_t min_args, max_args;
  std::string_view tex;     // {0}, {1} … are its arguments
  std::string_view python;  // likewise; {0} is a tensor, the others are numbers
  NodeId (*build)(Graph&, std::span<const NodeId> args);
  Form form = Form::plain;
  float fallback = 1;  // for the second argument of a plain function where it is left out
};

std::span<const FunctionRow> functions();

// The row with that name, whatever the case of its letters, or null.
const FunctionRow* find_function(std::string_view name);

// The known name that is most like this one.
std::string_view nearest_function(std::string_view name);

// The first of the row's names.
std::string_view usual_name(const FunctionRow& row);

}  // namespace lab::formula
