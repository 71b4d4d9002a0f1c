#pragma once

#include <span>
#include <string_view>

#include "app/scenes/compare/compare_model.h"
#include "core/localized.h"

namespace lab {

// A comparison that shows something.
struct ComparePreset {
  std::string_view id;
  Localized name;
  Localized lesson;       // what there is to see
  std::string_view link;  // of the experiment that all runs share
  Varied varied;
  std::string_view values;  // with spaces between them
};

std::span<const ComparePreset> compare_presets();
Comparison comparison_of(const ComparePreset& preset);

}  // namespace lab
