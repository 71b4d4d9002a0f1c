#include <algorithm>
#include <cmath>

#include "core/data/data_sets.h"
#include "core/experiment/document.h"
#include "core/experiment/field_errors.h"
#include "core/experiment/fields.h"
#include "core/train/choices.h"

namespace lab {
namespace {

bool all_labels(const Experiment& experiment, double a, double b) {
  return std::ranges::all_of(experiment.data.points, [&](const DataPoint& point) {
    return point.label == a || point.label == b;
  });
}

Failure check_labels(const Experiment& experiment, Loss loss) {
  const auto wrong = [&](std::string_view allowed) {
    return field_error("experiment.labels", "data.points", {experiment.training.loss, allowed});
  };
  if (loss == Loss::bce && !all_labels(experiment, 0, 1)) return wrong("0, 1");
  if (loss == Loss::hinge && !all_labels(experiment, -1, 1)) return wrong("-1, 1");
  if (loss != Loss::cross_entropy) return std::nullopt;
  const int outputs = experiment.network.outputs;
  for (const DataPoint& point : experiment.data.points) {
    const bool is_class = point.label >= 0 && point.label < outputs;
    if (is_class && point.label == std::floor(point.label)) continue;
    return wrong("0 … " + std::to_string(outputs - 1));
  }
  return std::nullopt;
}

// How many classes a network must tell apart; 0: it predicts a value.
int classes_of(const Experiment& experiment, Loss loss) {
  const DataSetKind& kind = *find_data_set(experiment.data.kind);
  if (kind.id == "custom") {
    const bool values =
        (loss == Loss::mse || loss == Loss::huber) && !all_labels(experiment, -1, 1);
    return values ? 0 : 2;  // cross_entropy's are held against the outputs by check_labels()
  }
  if (kind.problem == Problem::regression) return 0;
  return kind.classes > 0 ? kind.classes : experiment.data.classes;
}

Failure check_outputs(const Experiment& experiment, Loss loss) {
  const int outputs = experiment.network.outputs;
  const int classes = classes_of(experiment, loss);
  if (classes == 0 && loss != Loss::mse && loss != Loss::huber) {
    return field_error("experiment.loss_of_values", "training.loss", {experiment.training.loss});
  }
  const auto wrong = [&](std::string_view allowed) {
    return field_error("experiment.outputs", "network.outputs",
                       {experiment.training.loss, allowed});
  };
  if (loss == Loss::cross_entropy) {
    if (outputs < classes) return wrong("≥ " + std::to_string(classes));
    return std::nullopt;
  }
  if (classes == 0 && outputs != 1) return wrong("1");
  if (classes == 2 && outputs > 2) return wrong("1, 2");
  if (classes > 2 && outputs != classes) return wrong(std::to_string(classes));
  return std::nullopt;
}

Failure check_data(const Experiment& experiment, Loss loss) {
  const Experiment::Data& data = experiment.data;
  const bool custom = data.kind == "custom";
  if (custom && data.points.empty()) return field_error("experiment.no_points", "data.points");
  const double count = custom ? static_cast<double>(data.points.size()) : data.samples;
  if (std::floor(count * data.train_fraction) < 1) {
    return field_error("experiment.no_training", "data.trainFraction");
  }
  if (!custom) return std::nullopt;
  return check_labels(experiment, loss);
}

Failure check_parameters(const Experiment& experiment) {
  const std::vector<size_t> sizes = parameter_sizes(experiment);
  size_t total = 0;
  for (size_t size : sizes) total += size;
  if (total > kMaxParameters) {
    return field_error("experiment.too_many_parameters", "network.hidden",
                       {std::to_string(total), std::to_string(kMaxParameters)});
  }
  const auto& lists = experiment.network.parameters;
  if (lists.empty()) return std::nullopt;
  std::string path = "network.parameters";
  if (lists.size() != sizes.size()) {
    return field_error("experiment.parameters", path,
                       {std::to_string(lists.size()), std::to_string(sizes.size())});
  }
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (lists[i].size() == sizes[i]) continue;
    return field_error("experiment.parameters", entry_path(path, i),
                       {std::to_string(lists[i].size()), std::to_string(sizes[i])});
  }
  return std::nullopt;
}

// The units of a layer, and the inputs of each, where layers count as in WeightIndex.
int units_of(const Experiment& experiment, size_t layer) {
  const auto& hidden = experiment.network.hidden;
  return layer < hidden.size() ? hidden[layer].units : experiment.network.outputs;
}

int inputs_of(const Experiment& experiment, size_t layer) {
  return layer > 0 ? units_of(experiment, layer - 1) : static_cast<int>(experiment.features.size());
}

Failure check_frozen(const Experiment& experiment) {
  const Experiment::Network& network = experiment.network;
  for (size_t i = 0; i < network.frozen.size(); ++i) {
    const WeightIndex& index = network.frozen[i];
    const bool layer_exists =
        index.layer >= 0 && static_cast<size_t>(index.layer) <= network.hidden.size();
    const size_t layer = layer_exists ? static_cast<size_t>(index.layer) : 0;
    const int first_input = network.bias ? -1 : 0;
    if (layer_exists && index.unit >= 0 && index.unit < units_of(experiment, layer) &&
        index.input >= first_input && index.input < inputs_of(experiment, layer)) {
      continue;
    }
    return field_error("experiment.no_such_weight", entry_path("network.frozen", i));
  }
  return std::nullopt;
}

// What TensorFlow Playground can be told: the texts of fields, with | between.
struct PlaygroundRule {
  std::string_view path;
  std::string_view allowed;
};
constexpr PlaygroundRule kPlaygroundRules[] = {
    {"data.kind", "circle|xor|gauss|spiral|reg_plane|reg_gauss"},
    {"network.outputs", "1"},
    {"network.bias", "1"},
    {"network.init.scheme", "playground"},
    {"training.loss", "mse"},
    {"training.optimizer.kind", "sgd"},
    {"training.optimizer.momentum", "|0"},
    {"training.optimizer.weightDecay", "|0"},
    {"training.schedule.kind", "constant"},
    {"training.clipNorm", "0"},
    {"training.dropout", "0"},
    {"training.shuffle", "0"},
    {"training.precision", "float64"},
};

Failure check_playground(const Experiment& experiment) {
  if (!experiment.playground) return std::nullopt;
  for (const PlaygroundRule& rule : kPlaygroundRules) {
    const std::string text = field_text(*find_field(rule.path), experiment);
    bool allowed = false;
    std::string list;
    for (size_t start = 0; start <= rule.allowed.size();) {
      const size_t end = std::min(rule.allowed.find('|', start), rule.allowed.size());
      const std::string_view each = rule.allowed.substr(start, end - start);
      allowed = allowed || each == text;
      if (!each.empty()) list += (list.empty() ? "" : ", ") + std::string(each);
      start = end + 1;
    }
    if (!allowed) return field_error("experiment.playground", rule.path, {list});
  }
  return std::nullopt;
}

}  // namespace

std::vector<size_t> parameter_sizes(const Experiment& experiment) {
  const Experiment::Network& network = experiment.network;
  std::vector<size_t> sizes;
  for (size_t layer = 0; layer <= network.hidden.size(); ++layer) {
    const auto units = static_cast<size_t>(units_of(experiment, layer));
    sizes.push_back(units * static_cast<size_t>(inputs_of(experiment, layer)));
    if (network.bias) sizes.push_back(units);
    if (layer < network.hidden.size() && network.hidden[layer].activation == "prelu") {
      sizes.push_back(1);
    }
  }
  return sizes;
}

std::optional<Error> validate(const Experiment& experiment) {
  for (const Field& field : fields()) {
    if (auto error = check_field(field, experiment)) return error;
  }
  const Loss loss = find_loss(experiment.training.loss)->kind;
  if (auto error = check_playground(experiment)) return error;
  if (auto error = check_data(experiment, loss)) return error;
  if (auto error = check_outputs(experiment, loss)) return error;
  if (auto error = check_parameters(experiment)) return error;
  return check_frozen(experiment);
}

}  // namespace lab
