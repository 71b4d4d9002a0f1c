#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/scenes/scene.h"
#include "core/condition.h"
#include "core/experiment/experiment.h"
#include "core/json/json_value.h"

namespace lab {

// What the tasks of a lesson can ask of a scene, at one moment. A name is, in this order:
// a member of the scene's state ("testLoss", "layers.0.gradient", "runs.*.value" for every run's,
// "layers.length" for their number), a figure of its progress ("epoch"), "units" and "hiddenLayers"
// of its network, or a field of its experiment ("training.optimizer.learningRate").
class LiveValues {
 public:
  explicit LiveValues(const Scene& scene);

  std::vector<ConditionValue> find(std::string_view name) const;

 private:
  std::vector<ConditionValue> of_progress(std::string_view name) const;
  std::vector<ConditionValue> of_experiment(std::string_view name) const;

  std::optional<JsonDocument> state_;
  std::optional<SceneProgress> progress_;
  std::optional<Experiment> experiment_;
};

}  // namespace lab
