#pragma once

#include <string>
#include <string_view>

#include "app/scenes/compare/compare_view.h"

namespace lab {

class LinkKeys;

// A comparison, its sweep and its looks, as the text behind the # of a URL: the experiment that the
// runs share, and keys of the app for the rest:
//   v=1&…&app.vary=rate&app.runs=0.01-0.1&app.goal=0.95&app.goalLoss=0.01
//   &app.seeds=30&app.seedEpochs=200&app.curve=log_loss&app.speed=6&app.step=1280&app.sweep=1
// The runs come back at the step with the same weights: nothing can be changed on the way. `sweep`
// runs the seeds at once.
struct ComparisonLink {
  Comparison comparison;
  int seeds = 30;
  int seed_epochs = 200;
  CompareCurve curve = CompareCurve::loss;
  int speed = 4;
  int step = 0;
  bool sweep = false;
};

// Every key beside those of the base experiment.
void pass(LinkKeys& keys, ComparisonLink& link);
std::string to_link(const ComparisonLink& link);
// What is absent has its default; the error of what is wrong names the key.
Result<ComparisonLink> comparison_from_link(std::string_view text);

}  // namespace lab
