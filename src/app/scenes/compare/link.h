#pragma once

#include <string>
#include <string_view>

#include "app/scenes/compare/compare_model.h"

namespace lab {

// A comparison and its sweep, as the text behind the # of a URL: the experiment that the runs
// share, and keys of the app for the rest:
//   scene=compare&v=1&…&app.vary=activation&app.runs=tanh-relu&app.goal=0.95&app.goalLoss=0.01
//   &app.seeds=30&app.seedEpochs=200
struct ComparisonLink {
  Comparison comparison;
  int seeds = 30;
  int seed_epochs = 200;
};

std::string to_link(const ComparisonLink& link);
// What cannot be read of the app's keys is skipped, and has its default; what is wrong with the
// experiment is told.
Result<ComparisonLink> comparison_from_link(std::string_view text);

}  // namespace lab
