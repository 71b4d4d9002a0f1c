#include "core/experiment/set_activation.h"

#include "core/activation/activation.h"

namespace lab {
namespace {

constexpr std::string_view kLearning = "prelu";

// What a prelu with these parameters begins with.
double first_slope(const std::map<std::string, double>& params) {
  const ActivationParamSpec& slope = find_activation(kLearning)->params[0];
  const auto given = params.find(std::string(slope.id));
  return given == params.end() ? static_cast<double>(slope.fallback) : given->second;
}

}  // namespace

void set_activation(Experiment& experiment, size_t layer, const std::string& id,
                    const std::map<std::string, double>& params) {
  Experiment::Network& network = experiment.network;
  const bool learned = network.hidden[layer].activation == kLearning, learns = id == kLearning;
  network.hidden[layer].activation = id;
  network.hidden[layer].params = params;
  if (network.parameters.empty() || learned == learns) return;
  size_t array = layer + 1 + (network.bias ? layer + 1 : 0);
  for (size_t l = 0; l < layer; ++l) array += network.hidden[l].activation == kLearning;
  const auto place = network.parameters.begin() + static_cast<std::ptrdiff_t>(array);
  if (learns) {
    network.parameters.insert(place, {first_slope(params)});
  } else {
    network.parameters.erase(place);
  }
}

}  // namespace lab
