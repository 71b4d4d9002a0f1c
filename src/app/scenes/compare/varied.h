#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/text/text.h"
#include "core/error.h"
#include "core/experiment/experiment.h"

namespace lab {

// What the runs of a comparison differ in; everything else they share.
enum class Varied { activation, init, rate, depth };

// One row of the registry of what can be varied.
struct VariedRow {
  Varied varied;
  std::string_view id;  // "activation"
  Str name;
  std::string_view head;                     // of its column in files
  std::array<std::string_view, 4> at_first;  // values that a comparison begins with
  std::array<std::string_view, 4> next;      // values that further runs take
};
std::span<const VariedRow> varied_rows();
const VariedRow& row_of(Varied varied);

// Gives the experiment that value: the id of an activation or of a scheme, a rate, a number of
// hidden layers.
std::optional<Error> set_varied(Varied varied, const std::string& value, Experiment& experiment);

// What people call a value.
std::string value_name(Language language, Varied varied, const std::string& value);

}  // namespace lab
