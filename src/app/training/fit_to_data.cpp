#include "app/training/fit_to_data.h"

#include "core/data/data_sets.h"

namespace lab {

void fit_to_data(Experiment& experiment) {
  std::string& loss = experiment.training.loss;
  int& outputs = experiment.network.outputs;
  const DataSetKind& kind = *find_data_set(experiment.data.kind);
  const bool of_values = loss == "mse" || loss == "huber";
  if (kind.problem == Problem::regression) {
    outputs = 1;
    if (!of_values) loss = "mse";
    if (experiment.network.output == "sigmoid") experiment.network.output = "identity";
    return;
  }
  const int classes = kind.classes > 0 ? kind.classes : experiment.data.classes;
  if (classes > 2 && (loss == "bce" || loss == "hinge")) loss = "cross_entropy";
  if (classes == 2 && of_values) loss = "bce";
  outputs = classes > 2 || loss == "cross_entropy" ? classes : 1;
}

}  // namespace lab
