#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lab {

// A sample of a two-dimensional data set. `label` is the class, counted from 0, or the value to
// predict; in the custom points of a document it is the target as the loss takes it.
struct DataPoint {
  double x = 0, y = 0;
  double label = 0;

  bool operator==(const DataPoint&) const = default;
};

// One weight or bias of a network: hidden layers count from 0, the output layer is the last.
struct WeightIndex {
  int layer = 0;
  int unit = 0;
  int input = 0;  // −1: the unit's bias

  bool operator==(const WeightIndex&) const = default;
};

// Everything that decides how a network is trained: equal documents give equal bits on every
// machine. Ids (of data sets, features, activations, …) are those of the registries; an activation
// may also be a formula, "formula:" and its text. A field that is empty (std::nullopt) has the
// default of PyTorch for the kind of optimizer. experiment/fields.h tells each field's name, range
// and default, and turns a document into JSON and back.
struct Experiment {
  struct Data {
    std::string kind = "circle";
    int samples = 500;            // of both parts together
    double noise = 0;             // 0 … 1, as a share of the set's own size
    double train_fraction = 0.5;  // the rest tests
    uint32_t seed = 1;
    int classes = 3;                // of the kind "blobs"
    std::vector<DataPoint> points;  // of the kind "custom"

    bool operator==(const Data&) const = default;
  };
  struct Layer {
    int units = 4;
    std::string activation = "tanh";
    std::map<std::string, double> params;  // by id; the activation's defaults for the rest

    bool operator==(const Layer&) const = default;
  };
  struct Init {
    std::string scheme = "xavier_uniform";
    uint32_t seed = 1;
    double scale = 1;  // every weight is multiplied by it

    bool operator==(const Init&) const = default;
  };
  struct Network {
    std::vector<Layer> hidden = {Layer{4, "tanh", {}}, Layer{2, "tanh", {}}};
    int outputs = 1;
    std::string output = "identity";  // activation behind the logits
    bool bias = true;
    Init init;
    // Initial parameters in the order of a PyTorch state_dict (W1 row by row, b1, W2, …), instead
    // of those of `init`; empty: those of `init`.
    std::vector<std::vector<double>> parameters;
    std::vector<WeightIndex> frozen;  // never updated

    bool operator==(const Network&) const = default;
  };
  struct Optimizer {
    std::string kind = "sgd";
    double learning_rate = 0.03;
    std::optional<double> momentum;      // momentum and nesterov: 0.9
    std::optional<double> beta1;         // adam, adamw: 0.9
    std::optional<double> beta2;         // adam, adamw: 0.999; rmsprop's alpha: 0.99
    std::optional<double> epsilon;       // 1e-8; adagrad: 1e-10
    std::optional<double> weight_decay;  // adamw: 0.01

    bool operator==(const Optimizer&) const = default;
  };
  // The learning rate as a function of the epoch, in PyTorch's closed forms.
  struct Schedule {
    std::string kind = "constant";
    int epochs = 100;     // step: between two steps; cosine: to the minimum; warmup: of the ramp
    double factor = 0.1;  // step: of each step; cosine: the minimum, warmup: the start, as a share

    bool operator==(const Schedule&) const = default;
  };
  struct Regularization {
    std::string kind = "none";
    double rate = 0;

    bool operator==(const Regularization&) const = default;
  };
  struct Training {
    std::string loss = "bce";
    Optimizer optimizer;
    Schedule schedule;
    int batch_size = 10;
    Regularization regularization;
    double clip_norm = 0;  // largest norm of the gradient; 0: as it is
    double dropout = 0;    // share of each hidden layer's outputs that is left out in training
    bool shuffle = false;
    std::string precision = "float32";

    bool operator==(const Training&) const = default;
  };
  // Set: data, initial weights and updates as TensorFlow Playground makes them from this seed.
  struct Playground {
    std::string seed;
    bool init_zero = false;

    bool operator==(const Playground&) const = default;
  };

  Data data;
  std::vector<std::string> features = {"x", "y"};
  Network network;
  Training training;
  std::optional<Playground> playground;

  bool operator==(const Experiment&) const = default;
};

inline constexpr int kExperimentVersion = 1;

// What documents are held to, so that none exhausts the machine.
inline constexpr int kMaxHiddenLayers = 64;
inline constexpr int kMaxUnits = 1024;
inline constexpr int kMaxOutputs = 64;
inline constexpr int kMaxClasses = 10;
inline constexpr int kMaxSamples = 100'000;
inline constexpr int kMaxParameters = 4'000'000;

}  // namespace lab
