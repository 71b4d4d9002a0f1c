#pragma once

#include <span>
#include <string_view>

#include "app/text/text.h"
#include "core/experiment/experiment.h"

namespace lab {

// An experiment that shows one thing, a click away.
struct TrainPreset {
  std::string_view id;
  Localized name;
  Localized lesson;       // what to look for
  std::string_view link;  // share text, see core/experiment/share_link.h
};

std::span<const TrainPreset> train_presets();
Experiment experiment_of(const TrainPreset& preset);

}  // namespace lab
