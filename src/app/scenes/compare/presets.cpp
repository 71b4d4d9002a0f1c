#include "app/scenes/compare/presets.h"

#include "core/experiment/share_link.h"

namespace lab {
namespace {

constexpr ComparePreset kPresets[] = {
    {"activations",
     {"Four activations", "四种激活函数"},
     {"Without a curve the circle cannot be told apart; sigmoid gets there late.",
      "没有弯曲就分不开圆；sigmoid 来得最晚。"},
     "v=1&data=circle&noise=0.1&net=8tanh-8tanh&optimizer=adam&rate=0.01",
     Varied::activation,
     "identity sigmoid tanh relu"},
    {"rectifiers",
     {"Rectifiers", "整流类"},
     {"With plain gradient descent: what a slope on the negative side is worth.",
      "普通梯度下降：负半轴的斜率有多大用处。"},
     "v=1&data=moons&noise=0.15&net=6relu-6relu&init=he_uniform&rate=0.1",
     Varied::activation,
     "relu leaky_relu elu gelu silu mish"},
    {"spiral",
     {"Spiral", "螺旋"},
     {"The same net and the same data: some curves wind around sooner.",
      "同样的网络与数据：有的曲线更快绕进去。"},
     "v=1&data=spiral&samples=600&net=16tanh-12tanh&optimizer=adam&rate=0.01",
     Varied::activation,
     "sigmoid tanh relu sin"},
    {"rates",
     {"Learning rates", "学习率"},
     {"Too small is slow, too large jumps about or diverges.", "太小则慢，太大则跳动甚至发散。"},
     "v=1&data=xor&net=8tanh-8tanh",
     Varied::rate,
     "0.003 0.03 0.3 3 30"},
    {"inits",
     {"Initialisations", "初始化"},
     {"Zeros never part: every neuron gets the same gradient.",
      "全零永远分不开：每个神经元得到相同的梯度。"},
     "v=1&data=xor&net=8relu-8relu-8relu-8relu&rate=0.1",
     Varied::init,
     "zeros uniform xavier_uniform he_uniform"},
    {"depths",
     {"Depth with sigmoid", "sigmoid 网络的深度"},
     {"Each further sigmoid layer lets less of the gradient through.",
      "每多一层 sigmoid，透过的梯度就更少。"},
     "v=1&data=circle&noise=0.1&net=8sigmoid-8sigmoid&optimizer=adam&rate=0.01",
     Varied::depth,
     "0 1 2 4 8"},
};

}  // namespace

std::span<const ComparePreset> compare_presets() {
  return kPresets;
}

Comparison comparison_of(const ComparePreset& preset) {
  Comparison comparison;
  comparison.base = experiment_from_share_text(preset.link).value();
  comparison.varied = preset.varied;
  std::string_view rest = preset.values;
  while (!rest.empty()) {
    const size_t space = std::min(rest.find(' '), rest.size());
    comparison.values.emplace_back(rest.substr(0, space));
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  return comparison;
}

}  // namespace lab
