#include "core/experiment/playground_link.h"

#include <algorithm>
#include <utility>

#include "core/experiment/document.h"
#include "core/experiment/field_errors.h"
#include "core/experiment/url_text.h"
#include "core/json/json_value.h"

namespace lab {
namespace {

// TensorFlow Playground's state as its links write it, with its defaults (its state.ts, commit
// 02469bd).
struct Link {
  std::string activation = "tanh";
  double batch_size = 10;
  std::string dataset = "circle";
  std::string regression_dataset = "reg-plane";
  double learning_rate = 0.03;
  std::string regularization = "none";
  double regularization_rate = 0;
  double noise = 0;
  std::vector<int> shape = {4, 2};
  std::string seed = std::string(kPlaygroundDefaultSeed);
  double train_percent = 50;
  bool features[7] = {true, true};  // in the order of kFeatures
  bool regression = false;
  bool init_zero = false;
};

// Its inputs, in the order in which its network takes them.
constexpr struct {
  std::string_view key, id;
} kFeatures[] = {{"x", "x"},        {"y", "y"},        {"xSquared", "x2"}, {"ySquared", "y2"},
                 {"xTimesY", "xy"}, {"sinX", "sin_x"}, {"sinY", "sin_y"}};

Failure value_error(std::string_view key, std::string_view value, std::string_view allowed) {
  return field_error("playground.value", key, {quote_text(value), allowed});
}

// Takes the first word off a list such as "relu, tanh, sigmoid".
std::string_view take_word(std::string_view& list) {
  const std::string_view word = list.substr(0, list.find(", "));
  list.remove_prefix(std::min(word.size() + 2, list.size()));
  return word;
}

Failure read_word(std::string_view key, std::string_view value, std::string_view allowed,
                  std::string& word) {
  for (std::string_view rest = allowed; !rest.empty();) {
    if (take_word(rest) != value) continue;
    word = value;
    return std::nullopt;
  }
  return value_error(key, value, allowed);
}

// A number as JavaScript writes and reads it: ".03" also.
std::optional<double> read_javascript_number(std::string_view value) {
  return json_number(value.starts_with('.') ? "0" + std::string(value) : std::string(value));
}

// A number of a list such as "0, 0.1, 1".
Failure read_listed(std::string_view key, std::string_view value, std::string_view allowed,
                    double& number) {
  const std::optional<double> read = read_javascript_number(value);
  for (std::string_view rest = allowed; read && !rest.empty();) {
    if (json_number(take_word(rest)) != read) continue;
    number = *read;
    return std::nullopt;
  }
  return value_error(key, value, allowed);
}

// A whole number from min to max that is a multiple of `step`.
Failure read_stepped(std::string_view key, std::string_view value, int min, int max, int step,
                     double& number) {
  const std::optional<double> read = read_javascript_number(value);
  if (read && *read >= min && *read <= max && static_cast<int>(*read) == *read &&
      static_cast<int>(*read) % step == 0) {
    number = *read;
    return std::nullopt;
  }
  std::string allowed = std::to_string(min);
  if (step > 1) allowed += ", " + std::to_string(min + step);
  return value_error(key, value, allowed + " … " + std::to_string(max));
}

Failure read_flag(std::string_view key, std::string_view value, bool& flag) {
  std::string word;
  auto error = read_word(key, value, "true, false", word);
  if (!error) flag = word == "true";
  return error;
}

Failure read_shape(std::string_view value, std::vector<int>& shape) {
  shape.clear();
  const auto error = [text = value] {
    return value_error("networkShape", text, "4,2 (0 … 6 × 1 … 8)");
  };
  while (!value.empty()) {
    const std::string_view each = value.substr(0, value.find(','));
    if (each.size() != 1 || each[0] < '1' || each[0] > '8' || shape.size() == 6) return error();
    shape.push_back(each[0] - '0');
    value.remove_prefix(1);
    if (value.empty()) break;
    value.remove_prefix(1);
    if (value.empty()) return error();
  }
  return std::nullopt;
}

Failure read_seed(std::string_view value, std::string& seed) {
  const auto decoded = percent_decode(value);
  if (!decoded) return field_error("experiment.percent", "seed");
  seed = *decoded;
  return std::nullopt;
}

// Reads one key; `used` says whether it has an effect here.
Failure read_key(std::string_view key, std::string_view value, Link& link, bool& used) {
  used = true;
  for (size_t i = 0; i < std::size(kFeatures); ++i) {
    if (kFeatures[i].key == key) return read_flag(key, value, link.features[i]);
  }
  if (key == "activation")
    return read_word(key, value, "relu, tanh, sigmoid, linear", link.activation);
  if (key == "regularization") return read_word(key, value, "none, L1, L2", link.regularization);
  if (key == "dataset") return read_word(key, value, "circle, xor, gauss, spiral", link.dataset);
  if (key == "regDataset") {
    return read_word(key, value, "reg-plane, reg-gauss", link.regression_dataset);
  }
  if (key == "batchSize") return read_stepped(key, value, 1, 30, 1, link.batch_size);
  if (key == "noise") return read_stepped(key, value, 0, 50, 5, link.noise);
  if (key == "percTrainData") return read_stepped(key, value, 10, 90, 10, link.train_percent);
  if (key == "learningRate") {
    return read_listed(key, value, "0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10",
                       link.learning_rate);
  }
  if (key == "regularizationRate") {
    return read_listed(key, value, "0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10",
                       link.regularization_rate);
  }
  if (key == "networkShape") return read_shape(value, link.shape);
  if (key == "seed") return read_seed(value, link.seed);
  if (key == "initZero") return read_flag(key, value, link.init_zero);
  if (key == "problem") {
    std::string problem;
    auto error = read_word(key, value, "classification, regression", problem);
    link.regression = problem == "regression";
    return error;
  }
  used = false;
  return std::nullopt;
}

Experiment experiment_of(const Link& link) {
  Experiment e;
  e.data.kind = link.regression ? link.regression_dataset : link.dataset;
  std::ranges::replace(e.data.kind, '-', '_');
  e.data.samples = link.regression ? 1200 : 500;
  e.data.noise = link.noise / 100;
  e.data.train_fraction = link.train_percent / 100;
  e.features.clear();
  for (size_t i = 0; i < std::size(kFeatures); ++i) {
    if (link.features[i]) e.features.emplace_back(kFeatures[i].id);
  }
  e.network.hidden.clear();
  for (int units : link.shape) {
    e.network.hidden.push_back(
        {units, link.activation == "linear" ? "identity" : link.activation, {}});
  }
  e.network.output = link.regression ? "identity" : "tanh";
  e.network.init.scheme = "playground";
  e.training.loss = "mse";
  e.training.optimizer.learning_rate = link.learning_rate;
  e.training.batch_size = static_cast<int>(link.batch_size);
  e.training.regularization = {link.regularization == "L1"   ? "l1"
                               : link.regularization == "L2" ? "l2"
                                                             : "none",
                               link.regularization_rate};
  e.training.precision = "float64";
  e.playground = {link.seed, link.init_zero};
  return e;
}

}  // namespace

Result<PlaygroundImport> import_playground(std::string_view link_text) {
  const size_t hash = link_text.find('#');
  if (hash != link_text.npos) {
    link_text.remove_prefix(hash + 1);
  } else if (link_text.find("://") != link_text.npos) {
    link_text = {};  // the page itself: its defaults
  }
  Link link;
  PlaygroundImport result;
  while (!link_text.empty()) {
    const std::string_view piece = link_text.substr(0, link_text.find('&'));
    link_text.remove_prefix(std::min(piece.size() + 1, link_text.size()));
    if (piece.empty()) continue;
    const size_t equals = std::min(piece.find('='), piece.size());
    const std::string_view key = piece.substr(0, equals);
    const std::string_view value = piece.substr(std::min(equals + 1, piece.size()));
    bool used = false;
    // Only the list of layers may be empty; elsewhere that means the default, as it does there.
    if (!value.empty() || key == "networkShape") {
      if (auto error = read_key(key, value, link, used)) return *error;
    }
    if (!used) result.ignored.push_back(quote_text(key));
  }
  result.experiment = experiment_of(link);
  if (result.experiment.features.empty()) return *field_error("playground.no_feature", "x");
  if (auto error = validate(result.experiment)) {
    error->field = "seed";  // the only value that no list holds
    return *error;
  }
  return result;
}

}  // namespace lab
