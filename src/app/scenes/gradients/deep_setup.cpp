#include "app/scenes/gradients/deep_setup.h"

#include <algorithm>

#include "app/scenes/link_keys.h"
#include "app/training/fit_to_data.h"
#include "core/activation/activation.h"
#include "core/data/data_sets.h"
#include "core/experiment/share_link.h"

namespace lab {
namespace {

constexpr int kSamples = 200;

constexpr DeepPreset kPresets[] = {
    {"vanishing",
     {"Vanishing: sigmoid", "消失：sigmoid"},
     {"f′ is at most ¼: each layer takes most of the gradient away.",
      "f′ 至多 ¼：每一层都带走大部分梯度。"},
     [] { return DeepSetup(); }},
    {"tanh-xavier",
     {"tanh with Xavier", "tanh 与 Xavier"},
     {"f′ is 1 at 0, and Xavier keeps the variance: the gradient arrives.",
      "f′ 在 0 处为 1，Xavier 保持方差：梯度得以到达。"},
     [] { return DeepSetup{.depth = 12, .activation = "tanh"}; }},
    {"relu-he",
     {"ReLU with He", "ReLU 与 He"},
     {"Half of the units pass; twice the variance makes up for it.",
      "一半神经元让信号通过，加倍的方差正好补回来。"},
     [] { return DeepSetup{.depth = 20, .width = 32, .activation = "relu", .init = "he_normal"}; }},
    {"relu-xavier",
     {"ReLU with Xavier", "ReLU 与 Xavier"},
     {"Without He’s factor of 2 each layer halves what passes.",
      "缺少 He 的 2 倍因子，每一层都让通过的减半。"},
     [] {
       return DeepSetup{.depth = 20, .width = 32, .activation = "relu", .init = "xavier_normal"};
     }},
    {"exploding",
     {"Exploding: large weights", "爆炸：权重过大"},
     {"The weights are 2.5 times too large, and f′ does nothing about it.",
      "权重大了 2.5 倍，而 f′ 无法补救。"},
     [] {
       return DeepSetup{.depth = 16,
                        .width = 32,
                        .activation = "leaky_relu",
                        .init = "he_normal",
                        .gain = 2.5,
                        .rate = 1e-3};
     }},
    {"dying",
     {"Dying ReLU", "ReLU 死亡"},
     {"Steps that are too large push units to where f′ = 0. Play, then look at the ledger.",
      "步子太大，神经元被推到 f′ = 0 之处。先训练，再看记录。"},
     [] {
       return DeepSetup{
           .depth = 3, .width = 12, .activation = "relu", .init = "he_normal", .rate = 1.5};
     }},
};

}  // namespace

Experiment experiment_of(const DeepSetup& setup) {
  Experiment e;
  e.data.kind = setup.data;
  e.data.samples = kSamples;
  e.data.noise = 0.05;
  e.data.seed = setup.seed;
  e.network.hidden.assign(static_cast<size_t>(setup.depth), {setup.width, setup.activation, {}});
  e.network.init = {setup.init, setup.seed, setup.gain};
  e.training.optimizer.kind = setup.optimizer;
  e.training.optimizer.learning_rate = setup.rate;
  fit_to_data(e);
  if (setup.input_scale == 1) return e;
  const DataSet data = make_data(e);
  e.data.points = data.points;
  for (DataPoint& point : e.data.points) {
    point.x *= setup.input_scale;
    point.y *= setup.input_scale;
  }
  e.data.kind = "custom";
  return e;
}

void pass_scale(LinkKeys& keys, double& scale) {
  keys.number("app.inputScale", scale, 1, kLeastScale, kMostScale);
}

std::string to_link(const DeepSetup& setup) {
  DeepSetup plain = setup;
  plain.input_scale = 1;  // else the points would have to be in it
  LinkKeys keys;
  double scale = setup.input_scale;
  pass_scale(keys, scale);
  return to_share_text(experiment_of(plain)) + keys.written();
}

Result<DeepSetup> setup_from_link(std::string_view text) {
  const Result<Experiment> read = experiment_from_share_text(text);
  if (!read) return read.error();
  const Experiment& e = read.value();
  DeepSetup setup;
  if (!e.network.hidden.empty()) {
    const Experiment::Layer& layer = e.network.hidden.front();
    setup.depth = std::min(static_cast<int>(e.network.hidden.size()), kMostDepth);
    setup.width = std::min(layer.units, kMostWidth);
    setup.activation = layer.activation;
  }
  if (e.network.init.scheme != "playground") setup.init = e.network.init.scheme;
  setup.gain = e.network.init.scale;
  setup.seed = e.network.init.seed;
  if (e.data.kind != "custom") setup.data = e.data.kind;
  setup.optimizer = e.training.optimizer.kind;
  setup.rate = std::clamp(e.training.optimizer.learning_rate, kLeastRate, kMostRate);
  LinkKeys keys(text);
  pass_scale(keys, setup.input_scale);
  if (keys.error()) return *keys.error();
  return setup;
}

std::span<const DeepPreset> deep_presets() {
  return kPresets;
}

}  // namespace lab
