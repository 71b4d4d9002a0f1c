#include "app/scenes/train/presets.h"

#include "core/experiment/share_link.h"

namespace lab {
namespace {

constexpr TrainPreset kPresets[] = {
    {"xor-tanh",
     {"XOR", "异或"},
     {"A curve in every neuron, and two straight lines become a cross.",
      "每个神经元都会弯曲，两条直线便组成了十字。"},
     "v=1&data=xor&net=6tanh-3tanh&optimizer=adam&rate=0.003"},
    {"xor-none",
     {"XOR, no hidden layer", "异或，无隐藏层"},
     {"One straight line cannot part the corners: accuracy stays near one half.",
      "一条直线分不开四个角：准确率停在一半左右。"},
     "v=1&data=xor&net=none&optimizer=adam&rate=0.03"},
    {"xor-identity",
     {"XOR, identity", "异或，恒等函数"},
     {"Layers without a curve are one straight line, however many there are.",
      "没有弯曲的层，再多也只是一条直线。"},
     "v=1&data=xor&net=8identity-8identity&optimizer=adam&rate=0.03"},
    {"xor-relu",
     {"XOR, ReLU", "异或，ReLU"},
     {"Every ReLU adds one fold to the plane; a few folds are enough.",
      "每个 ReLU 给平面添一道折痕，几道就够了。"},
     "v=1&data=xor&net=8relu&init=he_uniform&optimizer=adam&rate=0.003"},
    {"spiral",
     {"Spiral", "螺旋"},
     {"The hardest of the classic sets: two layers wind the boundary around.",
      "经典数据中最难的一个：两层网络让边界盘绕起来。"},
     "v=1&data=spiral&samples=600&net=16silu-16silu&init=he_uniform&optimizer=adam&rate=0.005"},
    {"three-classes",
     {"Three classes", "三类"},
     {"One output per class; softmax turns them into probabilities.",
      "每类一个输出，softmax 把它们变成概率。"},
     "v=1&data=rings3&samples=600&net=12relu-8relu&outputs=3&loss=cross_entropy&init=he_uniform&"
     "optimizer=adam&rate=0.003"},
    {"dying-relu",
     {"Dying ReLU", "ReLU 死亡"},
     {"Steps that are too large push neurons to where their slope is 0; they never come back.",
      "步子太大，神经元被推到斜率为 0 之处，再也回不来。"},
     "v=1&data=circle&net=8relu-8relu&loss=bce&init=he_normal&optimizer=sgd&rate=3"},
    {"vanishing-sigmoid",
     {"Vanishing sigmoid", "sigmoid 梯度消失"},
     {"Each sigmoid passes at most a quarter of the gradient on: the first layers hardly learn.",
      "每层 sigmoid 最多只传回四分之一的梯度：前几层几乎学不动。"},
     "v=1&data=circle&net=6sigmoid-6sigmoid-6sigmoid-6sigmoid-6sigmoid&loss=bce&optimizer=sgd&"
     "rate=0.1"},
};

}  // namespace

std::span<const TrainPreset> train_presets() {
  return kPresets;
}

Experiment experiment_of(const TrainPreset& preset) {
  return experiment_from_share_text(preset.link).value();
}

}  // namespace lab
