#include "app/scenes/train/sentence.h"

#include <algorithm>
#include <cmath>

#include "app/text/text.h"
#include "app/ui/number.h"

namespace lab {
namespace {

// Whether nothing in the hidden layers bends: the whole network is one linear map.
bool is_linear(const Experiment& experiment) {
  return std::ranges::all_of(experiment.network.hidden, [](const Experiment::Layer& layer) {
    return layer.activation == "identity";
  });
}

}  // namespace

std::string train_sentence(const TrainModel& model, Language language) {
  const Experiment& experiment = model.document();
  const Metrics& m = model.history().points().back();
  if (model.trainer().divergence()) {
    return tr(language, Str::see_diverged, {std::to_string(model.trainer().divergence()->step)});
  }
  const bool classes = !std::isnan(m.train_accuracy);
  const bool tests = !std::isnan(m.test_loss);
  if (m.step == 0) {
    return std::string(
        tr(language, is_linear(experiment) ? Str::see_untrained_linear : Str::see_untrained));
  }
  const std::string epoch = std::to_string(m.epoch);
  if (!classes) {
    return tr(language, Str::see_regression,
              {epoch, number_text(tests ? m.test_loss : m.train_loss)});
  }
  const double accuracy = tests ? m.test_accuracy : m.train_accuracy;
  const std::string share = number_text(std::floor(1000 * accuracy) / 10, 4);
  std::string text = tr(language, Str::see_accuracy, {epoch, share});
  if (language == Language::en) text += ' ';
  if (is_linear(experiment) && accuracy < 0.8)
    return text + std::string(tr(language, Str::see_one_line));
  if (accuracy == 1) return text + std::string(tr(language, Str::see_all_right));
  if (tests && m.train_accuracy - m.test_accuracy > 0.1) {
    return text + std::string(tr(language, Str::see_overfits));
  }
  return text + std::string(tr(language, accuracy > 0.9 ? Str::see_nearly : Str::see_learning));
}

}  // namespace lab
