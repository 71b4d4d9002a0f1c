#include "core/activation/rows.h"

namespace lab {
namespace {

constexpr ActivationParamSpec kShrinkParams[] = {
    {"lambd", "\\lambda", {"Half-width of the dead zone", "死区半宽"}, 0.5f, 0.0f, 3.0f}};

constexpr ActivationKink kSoftKinks[] = {{.param = 0, .factor = -1}, {.param = 0, .factor = 1}};
constexpr ActivationKink kHardKinks[] = {{.param = 0, .factor = -1, .jump = true},
                                         {.param = 0, .factor = 1, .jump = true}};

constexpr std::string_view kShrinkDerivative =
    "\\begin{cases} 0 & -\\lambda \\le x \\le \\lambda \\\\ 1 & \\text{otherwise} \\end{cases}";

constexpr Activation kRows[] = {
    {.id = "hardshrink",
     .name = {"Hard shrink", "硬收缩"},
     .tex = "\\begin{cases} 0 & -\\lambda \\le x \\le \\lambda \\\\ x & \\text{otherwise} "
            "\\end{cases}",
     .tex_derivative = kShrinkDerivative,
     .pytorch = "nn.Hardshrink",
     .params = kShrinkParams,
     LAB_FUNCTIONS(hardshrink),
     .group = ActivationGroup::shrinkage,
     .keras = "keras.activations.hard_shrink",
     .kinks = kHardKinks,
     .traits = {.monotone = true, .zero_centred = true},
     .good_at = {"Sparse coding: small values become exactly 0, large ones stay as they are.",
                 "稀疏编码：小值变为精确的 0，大值保持不变。"},
     .bad_at = {"It jumps at ±λ, and units inside the dead zone get no gradient.",
                "在 ±λ 处跳变，处于死区的单元得不到梯度。"}},
    {.id = "softshrink",
     .name = {"Soft shrink", "软收缩"},
     .tex = "\\begin{cases} x - \\lambda & x > \\lambda \\\\ x + \\lambda & x < -\\lambda \\\\ "
            "0 & \\text{otherwise} \\end{cases}",
     .tex_derivative = kShrinkDerivative,
     .pytorch = "nn.Softshrink",
     .params = kShrinkParams,
     LAB_FUNCTIONS(softshrink),
     .group = ActivationGroup::shrinkage,
     .keras = "keras.activations.soft_shrink",
     .kinks = kSoftKinks,
     .traits = {.monotone = true, .zero_centred = true},
     .good_at = {"The proximal step of the L1 norm: the heart of sparse coding and denoising.",
                 "L1 范数的近端算子：稀疏编码与去噪的核心。"},
     .bad_at = {"Every large value is pulled towards 0 by λ, and the dead zone has no gradient.",
                "所有大值都被向 0 拉近 λ，死区内没有梯度。"}},
    {.id = "tanhshrink",
     .name = {"Tanh shrink", "Tanh 收缩"},
     .tex = "x - \\tanh(x)",
     .tex_derivative = "\\tanh(x)^{2}",
     .pytorch = "nn.Tanhshrink",
     LAB_FUNCTIONS(tanhshrink),
     .group = ActivationGroup::shrinkage,
     .keras = "keras.activations.tanh_shrink",
     .traits = {.smooth = true, .monotone = true, .zero_centred = true},
     .max_ulp = {3.5, 7.5},
     .good_at = {"Smooth shrinkage: suppresses small values, passes large ones.",
                 "光滑的收缩：抑制小值，放行大值。"},
     .bad_at = {"The gradient is nearly 0 around 0, just where most inputs start.",
                "在 0 附近梯度几乎为 0，而大多数输入恰好从那里开始。"}},
};

}  // namespace

std::span<const Activation> shrinkage_rows() {
  return kRows;
}

}  // namespace lab
