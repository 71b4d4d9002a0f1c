#pragma once

#include <string>
#include <vector>

#include "app/scenes/train/train_model.h"
#include "core/localized.h"
#include "core/train/layer_stats.h"

namespace lab {

// How the hidden layers of a network are doing.
struct NetworkHealth {
  size_t dead = 0;   // neurons whose slope is 0 on every training sample
  double reach = 1;  // gradient RMS of the first layer, as a share of the last one's
};
NetworkHealth health_of(const std::vector<LayerStats>& layers);

// What is seen of the training at present, in one sentence or two.
std::string train_sentence(const TrainModel& model, const NetworkHealth& health, Language language);

}  // namespace lab
