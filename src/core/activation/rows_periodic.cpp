#include "core/activation/rows.h"

namespace lab {
namespace {

constexpr ActivationParamSpec kSnakeParams[] = {
    {"a", "a", {"Frequency", "频率"}, 1.0f, 0.1f, 10.0f}};

constexpr double kSnakeZeros[] = {-std::numbers::pi / 4};

constexpr Activation kRows[] = {
    {.id = "sin",
     .name = {"Sine", "正弦"},
     .tex = "\\sin(x)",
     .tex_derivative = "\\cos(x)",
     .pytorch = "",
     LAB_FUNCTIONS(sin),
     .group = ActivationGroup::periodic,
     .pytorch_expr = "torch.sin(x)",
     .jax = "jax.numpy.sin",
     .keras = "keras.ops.sin",
     .range = {-1, 1, true, true},
     .traits = {.smooth = true, .zero_centred = true, .bounded_below = true, .bounded_above = true},
     .max_ulp = {1.7, 1.7},
     .good_at = {"Signals, images and shapes with fine detail (SIREN), and their derivatives.",
                 "带有细节的信号、图像与形状（SIREN）及其导数。"},
     .bad_at = {"Many local minima: training depends on careful initialisation.",
                "局部极小值很多：训练依赖谨慎的初始化。"}},
    {.id = "snake",
     .name = {"Snake", "Snake"},
     .tex = "x + \\frac{1}{a} \\sin(a x)^{2}",
     .tex_derivative = "1 + \\sin(2 a x)",
     .pytorch = "",
     .params = kSnakeParams,
     LAB_FUNCTIONS(snake),
     .group = ActivationGroup::periodic,
     .pytorch_expr = "x + torch.sin({a} * x).square() / {a}",
     .traits = {.smooth = true, .monotone = true},
     .derivative_zeros = kSnakeZeros,
     .derivative_zero_period = std::numbers::pi,
     .max_ulp = {2, 8},
     .good_at = {"Periodic data beyond the training range: a ramp plus a wave (audio synthesis).",
                 "可外推的周期数据：斜坡加波动（音频合成）。"},
     .bad_at = {"The frequency a must suit the data, and the gradient touches 0 once per period.",
                "频率 a 必须与数据匹配，且每个周期梯度会触及 0 一次。"}},
    {.id = "gaussian",
     .name = {"Gaussian", "高斯函数"},
     .tex = "e^{-x^{2}}",
     .tex_derivative = "-2 x e^{-x^{2}}",
     .pytorch = "",
     LAB_FUNCTIONS(gaussian),
     .group = ActivationGroup::periodic,
     .pytorch_expr = "torch.exp(-x * x)",
     .range = {.min = 0, .max = 1, .max_attained = true},
     .traits = {.smooth = true,
                .saturates_left = true,
                .saturates_right = true,
                .bounded_below = true,
                .bounded_above = true},
     .max_ulp = {1.3, 2.1},
     .good_at = {"Radial basis networks: responds to closeness, one unit can fence in a region.",
                 "径向基网络：对“接近程度”作出响应，一个单元就能圈出一个区域。"},
     .bad_at = {"Far from the centre both value and gradient vanish.",
                "远离中心时函数值与梯度都趋于 0。"}},
};

}  // namespace

std::span<const Activation> periodic_rows() {
  return kRows;
}

}  // namespace lab
