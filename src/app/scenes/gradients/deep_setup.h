#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/experiment/experiment.h"
#include "core/localized.h"

namespace lab {

class LinkKeys;

// A deep network of equal layers, and how it is started and trained.
struct DeepSetup {
  int depth = 12;  // hidden layers, 1 … kMostDepth
  int width = 16;  // units in each, 1 … kMostWidth
  std::string activation = "sigmoid";
  std::string init = "xavier_uniform";
  double gain = 1;         // every weight is multiplied by it
  double input_scale = 1;  // and every coordinate of the data
  std::string data = "circle";
  std::string optimizer = "sgd";
  double rate = 0.1;
  unsigned seed = 1;

  bool operator==(const DeepSetup&) const = default;
};

inline constexpr int kMostDepth = 30, kMostWidth = 64;
inline constexpr double kLeastScale = 1e-3, kMostScale = 1e3;
inline constexpr double kLeastRate = 1e-4, kMostRate = 100;

// Scaled data become points of the document's own, so that it stands for itself.
Experiment experiment_of(const DeepSetup& setup);

// The setup as the text behind the # of a URL, and back: of an experiment that is not made of equal
// layers, the first one's settings are taken.
//   v=1&net=16relu-16relu&…&app.inputScale=0.5
// The key beside those of an experiment.
void pass_scale(LinkKeys& keys, double& scale);
std::string to_link(const DeepSetup& setup);
Result<DeepSetup> setup_from_link(std::string_view text);

// A network that shows something.
struct DeepPreset {
  std::string_view id;
  Localized name;
  Localized lesson;
  DeepSetup (*setup)();
};
std::span<const DeepPreset> deep_presets();

}  // namespace lab
