#pragma once

#include <string>

#include "app/scenes/train/train_model.h"
#include "core/localized.h"

namespace lab {

// What is seen of the training at present, in one sentence or two.
std::string train_sentence(const TrainModel& model, Language language);

}  // namespace lab
