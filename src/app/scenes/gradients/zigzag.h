#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/train/trainer.h"

namespace lab {

// One neuron with two weights that learns w* from inputs that have gone through an activation
// function: the shape of the loss over its weights, and the way there, sample by sample.
class Zigzag {
 public:
  static constexpr double kTarget[2] = {1.5, -1.0};
  static constexpr double kStart[2] = {-1.5, 1.5};
  static constexpr double kExtent = 3;     // the weights shown: −kExtent … kExtent
  static constexpr int kMostSteps = 2000;  // of a path

  struct Weights {
    double w1, w2;
  };

  Zigzag(std::string_view activation, double rate);

  std::string_view activation() const { return activation_; }
  void step(int count);
  const std::vector<Weights>& path() const { return path_; }
  // The mean squared error over all samples.
  double loss(double w1, double w2) const;
  // The share of steps that moved both weights up or both down.
  double same_direction() const;
  // Steps until w was within a tenth of w*; −1: not yet.
  int arrived() const { return arrived_; }
  Trainer& trainer() { return *trainer_; }

 private:
  void note();

  std::string activation_;
  std::unique_ptr<Trainer> trainer_;
  std::vector<Weights> path_;
  double xx_ = 0, xy_ = 0, yy_ = 0;  // means of products of the inputs
  int arrived_ = -1;
};

}  // namespace lab
