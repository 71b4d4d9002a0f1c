#pragma once

#include <functional>

#include "cli/options.h"
#include "core/json_writer.h"
#include "core/train/trainer.h"

namespace lab::cli {

struct Outcome {
  Metrics metrics;  // where training ended
  bool reached = false;
};

// Trains to the goals, the limit or where numbers stop being finite. `report` is called for what
// options.every asks for, the start and the end among it.
Outcome train_until(Trainer& trainer, const Options& options, int64_t default_epochs,
                    const std::function<void(const Metrics&)>& report = nullptr);

// The members of a JSON object that tell metrics; null for what there is not.
void write_metrics(JsonWriter& json, const Metrics& metrics);

}  // namespace lab::cli
