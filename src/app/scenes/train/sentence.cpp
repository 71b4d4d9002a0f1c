#include "app/scenes/train/sentence.h"

#include <algorithm>
#include <cmath>

#include "app/text/text.h"
#include "app/training/shown_metrics.h"
#include "app/ui/number.h"

namespace lab {
namespace {

constexpr double kVanished = 0.01;  // less of the gradient than this reaches the first layer

// Whether nothing in the hidden layers bends: the whole network is one linear map.
bool is_linear(const Experiment& experiment) {
  return std::ranges::all_of(experiment.network.hidden, [](const Experiment::Layer& layer) {
    return layer.activation == "identity";
  });
}

}  // namespace

NetworkHealth health_of(const std::vector<LayerStats>& layers) {
  NetworkHealth health;
  for (size_t l = 0; l + 1 < layers.size(); ++l) health.dead += layers[l].dead_units.size();
  if (layers.size() > 1 && layers.back().gradient_rms > 0) {
    health.reach = layers.front().gradient_rms / layers.back().gradient_rms;
  }
  return health;
}

std::string train_sentence(const TrainModel& model, const NetworkHealth& health,
                           Language language) {
  const Experiment& experiment = model.document();
  const Metrics& m = model.history().points().back();
  if (model.trainer().divergence()) {
    return tr(language, Str::see_diverged, {std::to_string(model.trainer().divergence()->step)});
  }
  const bool classes = !std::isnan(m.train_accuracy);
  if (m.step == 0) {
    return std::string(
        tr(language, is_linear(experiment) ? Str::see_untrained_linear : Str::see_untrained));
  }
  const std::string epoch = std::to_string(m.epoch);
  if (!classes) {
    return tr(language, Str::see_regression, {epoch, number_text(shown_loss(m))});
  }
  const double accuracy = shown_accuracy(m);
  std::string text = tr(language, m.tested ? Str::see_test_accuracy : Str::see_accuracy,
                        {epoch, percent_text(accuracy)});
  if (language == Language::en) text += ' ';
  if (is_linear(experiment) && accuracy < 0.8)
    return text + std::string(tr(language, Str::see_one_line));
  if (health.dead > 0 && accuracy < 0.9) {
    int units = 0;
    for (const Experiment::Layer& layer : experiment.network.hidden) units += layer.units;
    return text +
           tr(language, Str::see_dead_units, {std::to_string(health.dead), std::to_string(units)});
  }
  if (health.reach < kVanished && accuracy < 0.9) {
    return text + tr(language, Str::see_vanished, {number_text(health.reach, 2)});
  }
  const bool learnt = m.train_accuracy > 0.9;  // else the few test points had luck
  if (accuracy == 1 && learnt) return text + std::string(tr(language, Str::see_all_right));
  if (m.tested && m.train_accuracy - m.test_accuracy > 0.1) {
    return text + std::string(tr(language, Str::see_overfits));
  }
  return text +
         std::string(tr(language, accuracy > 0.9 && learnt ? Str::see_nearly : Str::see_learning));
}

}  // namespace lab
