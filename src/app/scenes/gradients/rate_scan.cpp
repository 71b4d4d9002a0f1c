#include "app/scenes/gradients/rate_scan.h"

#include <cmath>
#include <limits>

namespace lab {

double RateScan::rate(int index) {
  return std::pow(10.0, std::log10(kLeastRate) + index / 3.0);
}

void RateScan::start(const DeepSetup& setup) {
  clear();
  setup_ = setup;
  started_ = true;
}

bool RateScan::of(DeepSetup setup) const {
  setup.rate = setup_.rate;
  return started_ && setup == setup_;
}

void RateScan::advance(const std::function<double()>& clock, double until) {
  while (running() && clock() < until) {
    if (!trainer_) {
      DeepSetup setup = setup_;
      setup.rate = rate(static_cast<int>(points_.size()));
      auto made = Trainer::create(experiment_of(setup));
      if (!made) return clear();
      trainer_ = std::move(made.value());
    }
    const int64_t before = trainer_->steps();
    if (before < kEpochs * trainer_->steps_per_epoch() && !trainer_->divergence()) {
      trainer_->epoch(1);
      if (trainer_->steps() > before || trainer_->divergence()) continue;
    }
    Point point{rate(static_cast<int>(points_.size())), trainer_->metrics().train_loss, 0};
    if (trainer_->divergence()) {
      point.loss = std::numeric_limits<double>::infinity();
      point.dead = std::numeric_limits<double>::quiet_NaN();
    } else {
      const std::vector<LayerStats> layers = trainer_->layer_stats();
      for (size_t l = 0; l + 1 < layers.size(); ++l) {
        point.dead += layers[l].dead / static_cast<double>(layers.size() - 1);
      }
    }
    points_.push_back(point);
    trainer_.reset();
  }
}

}  // namespace lab
