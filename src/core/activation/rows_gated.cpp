#include "core/activation/rows.h"

namespace lab {
namespace {

constexpr ActivationParamSpec kSoftplusParams[] = {
    {"beta", "\\beta", {"Sharpness", "锐度"}, 1.0f, 0.1f, 10.0f},
    {"threshold",
     "\\theta",
     {"Linear where βx exceeds it", "βx 超过它时取线性"},
     20.0f,
     0.0f,
     50.0f}};
constexpr ActivationParamSpec kSquareplusParams[] = {
    {"b", "b", {"Roundness of the bend", "弯曲处的圆滑程度"}, 4.0f, 0.0f, 16.0f}};

constexpr ActivationKink kHardswishKinks[] = {{.at = -3}, {.at = 3}};
constexpr ActivationKink kSparsePlusKinks[] = {{.at = -1}, {.at = 1}};

constexpr double kSiluZeros[] = {-1.2784645427610738};
constexpr double kMishZeros[] = {-1.1924312145154955};
constexpr double kGeluZeros[] = {-0.75179152469356446};
constexpr double kGeluTanhZeros[] = {-0.75246142207101626};
constexpr double kQuickGeluZeros[] = {-0.75115425544129485};
constexpr double kHardswishZeros[] = {-1.5};

constexpr ActivationTraits kGatedTraits = {
    .smooth = true, .saturates_left = true, .bounded_below = true};
constexpr ActivationTraits kPlusTraits = {
    .smooth = true, .monotone = true, .saturates_left = true, .bounded_below = true};

constexpr Activation kRows[] = {
    {.id = "silu",
     .name = {"SiLU", "SiLU"},
     .full_name = {"Sigmoid linear unit, also called Swish", "Sigmoid 线性单元，又称 Swish"},
     .tex = "\\frac{x}{1 + e^{-x}}",
     .tex_derivative = "\\sigma(x)(1 + x (1 - \\sigma(x)))",
     .pytorch = "nn.SiLU",
     LAB_FUNCTIONS(silu),
     .group = ActivationGroup::gated,
     .jax = "jax.nn.silu",
     .keras = "keras.activations.silu",
     .range = {.min = -0.27846454276107379, .min_attained = true},
     .traits = kGatedTraits,
     .derivative_zeros = kSiluZeros,
     .good_at =
         {"Smooth, close to ReLU for large |x|, with a gradient for small negative x; common "
          "in modern vision and language models.",
          "光滑，|x| 大时接近 ReLU，小负数处仍有梯度；常用于现代视觉与语言模型。"},
     .bad_at = {"Not monotone: it falls before it rises. Costs an exponential.",
                "不单调：先降后升。需要计算指数。"}},
    {.id = "mish",
     .name = {"Mish", "Mish"},
     .tex = "x \\tanh(\\ln(1 + e^{x}))",
     .tex_derivative = "\\tanh(s) + x \\sigma(x)(1 - \\tanh(s)^{2}), \\quad s = \\ln(1 + e^{x})",
     .pytorch = "nn.Mish",
     LAB_FUNCTIONS(mish),
     .group = ActivationGroup::gated,
     .jax = "jax.nn.mish",
     .keras = "keras.activations.mish",
     .range = {.min = -0.30884341301725041, .min_attained = true},
     .traits = kGatedTraits,
     .derivative_zeros = kMishZeros,
     .good_at = {"Much like SiLU, with slightly better accuracy reported in object detection "
                 "(YOLOv4).",
                 "与 SiLU 相近，在目标检测（YOLOv4）中报告的精度略高。"},
     .bad_at = {"The most expensive of the common ones in most libraries; not monotone.",
                "在多数库中是常见函数里最慢的；不单调。"}},
    {.id = "gelu",
     .name = {"GELU", "GELU"},
     .full_name = {"Gaussian error linear unit", "高斯误差线性单元"},
     .tex = "x \\Phi(x)",
     .tex_derivative = "\\Phi(x) + x \\phi(x)",
     .pytorch = "nn.GELU",
     LAB_FUNCTIONS(gelu),
     .group = ActivationGroup::gated,
     .jax = "jax.nn.gelu",
     .keras = "keras.activations.gelu",
     .range = {.min = -0.16997120747990369, .min_attained = true},
     .traits = kGatedTraits,
     .derivative_zeros = kGeluZeros,
     .good_at = {"The standard of transformers (BERT, GPT): weighs x by the probability that a "
                 "normal variable lies below it.",
                 "Transformer（BERT、GPT）的标准选择：用正态变量小于 x 的概率给 x 加权。"},
     .bad_at = {"Needs the error function, so it is often approximated; not monotone.",
                "需要误差函数，因此常用近似公式；不单调。"}},
    {.id = "gelu_tanh",
     .name = {"GELU (tanh)", "GELU（tanh）"},
     .full_name = {"Gaussian error linear unit, tanh approximation",
                   "高斯误差线性单元的 tanh 近似"},
     .tex = "\\frac{x}{2} \\left(1 + \\tanh(\\sqrt{2 / \\pi} (x + 0.044715 x^{3})) \\right)",
     .tex_derivative = "\\sigma(v) + x v' \\sigma(v)(1 - \\sigma(v)), \\quad "
                       "v = \\sqrt{8 / \\pi} (x + 0.044715 x^{3})",
     .pytorch = "",
     LAB_FUNCTIONS(gelu_tanh),
     .group = ActivationGroup::gated,
     .pytorch_expr = "torch.nn.functional.gelu(x, approximate='tanh')",
     .jax = "jax.nn.gelu",
     .keras = "keras.activations.gelu",
     .range = {.min = -0.17004075057125404, .min_attained = true},
     .traits = kGatedTraits,
     .derivative_zeros = kGeluTanhZeros,
     .good_at = {"The approximation that GPT-2 was trained with; within 0.0005 of GELU.",
                 "GPT-2 训练时采用的近似；与 GELU 相差不超过 0.0005。"},
     .bad_at = {"Models trained with one form of GELU should not be run with the other.",
                "用一种 GELU 训练的模型不应换用另一种来推理。"}},
    {.id = "quick_gelu",
     .name = {"Quick GELU", "快速 GELU"},
     .tex = "x \\sigma(1.702 x)",
     .tex_derivative = "\\sigma(1.702 x)(1 + 1.702 x (1 - \\sigma(1.702 x)))",
     .pytorch = "",
     LAB_FUNCTIONS(quick_gelu),
     .group = ActivationGroup::gated,
     .pytorch_expr = "x * torch.sigmoid(1.702 * x)",
     .range = {.min = -0.16361018963635358, .min_attained = true},
     .traits = kGatedTraits,
     .derivative_zeros = kQuickGeluZeros,
     .good_at = {"GELU for the price of a sigmoid; used by CLIP.",
                 "以 Sigmoid 的代价近似 GELU；CLIP 使用它。"},
     .bad_at = {"Differs from GELU by up to 0.02.", "与 GELU 最多相差 0.02。"}},
    {.id = "hardswish",
     .name = {"Hard swish", "硬 Swish"},
     .tex = "\\frac{x}{6} \\min(\\max(0, x + 3), 6)",
     .tex_derivative = "\\begin{cases} 0 & x \\le -3 \\\\ \\frac{2 x + 3}{6} & -3 < x < 3 \\\\ "
                       "1 & x \\ge 3 \\end{cases}",
     .pytorch = "nn.Hardswish",
     LAB_FUNCTIONS(hardswish),
     .group = ActivationGroup::gated,
     .jax = "jax.nn.hard_silu",
     .keras = "keras.activations.hard_silu",
     .range = {.min = -0.375, .min_attained = true},
     .kinks = kHardswishKinks,
     .traits = {.saturates_left = true, .bounded_below = true},
     .derivative_zeros = kHardswishZeros,
     .good_at = {"SiLU without an exponential, for phones (MobileNetV3).",
                 "不含指数的 SiLU，面向移动设备（MobileNetV3）。"},
     .bad_at = {"The gradient is 0 for x < −3 and jumps at ±3.",
                "x < −3 时梯度为 0，并在 ±3 处跳变。"}},
    {.id = "softplus",
     .name = {"Softplus", "Softplus"},
     .tex = "\\frac{1}{\\beta} \\ln(1 + e^{\\beta x})",
     .tex_derivative = "\\frac{1}{1 + e^{-\\beta x}}",
     .pytorch = "nn.Softplus",
     .params = kSoftplusParams,
     LAB_FUNCTIONS(softplus),
     .group = ActivationGroup::gated,
     .jax = "jax.nn.softplus",
     .keras = "keras.activations.softplus",
     .range = {.min = 0},
     .traits = kPlusTraits,
     .good_at = {"A smooth ReLU whose output is always positive: for variances and rates.",
                 "光滑的 ReLU，输出恒为正：适合方差、速率等正量。"},
     .bad_at = {"Slower than ReLU, not zero-centred, and the left side saturates.",
                "比 ReLU 慢，不以零为中心，左侧饱和。"}},
    {.id = "squareplus",
     .name = {"Squareplus", "Squareplus"},
     .tex = "\\frac{x + \\sqrt{x^{2} + b}}{2}",
     .tex_derivative = "\\frac{1}{2} \\left(1 + \\frac{x}{\\sqrt{x^{2} + b}} \\right)",
     .pytorch = "",
     .params = kSquareplusParams,
     LAB_FUNCTIONS(squareplus),
     .group = ActivationGroup::gated,
     .pytorch_expr = "(x + torch.sqrt(x * x + {b})) / 2",
     .jax = "jax.nn.squareplus",
     .keras = "keras.activations.squareplus",
     .range = {.min = 0},
     .traits = kPlusTraits,
     .good_at = {"Softplus made of algebra alone: one square root, no exponential.",
                 "只用代数运算的 Softplus：一次开方，无需指数。"},
     .bad_at = {"It approaches ReLU slowly, only as b/(4|x|).",
                "趋近 ReLU 较慢，误差只按 b/(4|x|) 减小。"}},
    {.id = "sparse_plus",
     .name = {"Sparse plus", "稀疏 Plus"},
     .tex = "\\begin{cases} 0 & x \\le -1 \\\\ \\frac{(x + 1)^{2}}{4} & -1 < x < 1 \\\\ "
            "x & x \\ge 1 \\end{cases}",
     .tex_derivative = "\\min(\\max(0, \\frac{x + 1}{2}), 1)",
     .pytorch = "",
     LAB_FUNCTIONS(sparse_plus),
     .group = ActivationGroup::gated,
     .pytorch_expr = "torch.where(x >= 1, x, torch.clamp(x + 1, min=0).square() / 4)",
     .jax = "jax.nn.sparse_plus",
     .keras = "keras.activations.sparse_plus",
     .range = {.min = 0, .min_attained = true},
     .kinks = kSparsePlusKinks,
     .traits = {.monotone = true, .saturates_left = true, .bounded_below = true},
     .good_at = {"A ReLU with a rounded corner and exact zeros; its slope is the sparse sigmoid.",
                 "拐角被磨圆、又能取到精确 0 的 ReLU；其斜率就是稀疏 Sigmoid。"},
     .bad_at = {"No gradient for x ≤ −1: neurons can die there as with ReLU.",
                "x ≤ −1 时没有梯度：与 ReLU 一样可能出现神经元死亡。"}},
    {.id = "exponential",
     .name = {"Exponential", "指数函数"},
     .tex = "e^{x}",
     .tex_derivative = "e^{x}",
     .pytorch = "",
     LAB_FUNCTIONS(exponential),
     .group = ActivationGroup::gated,
     .pytorch_expr = "torch.exp(x)",
     .jax = "jax.numpy.exp",
     .keras = "keras.activations.exponential",
     .range = {.min = 0},
     .traits = kPlusTraits,
     .good_at = {"Output layers that model positive rates, as in Poisson regression.",
                 "为正的速率建模的输出层，如泊松回归。"},
     .bad_at = {"Explodes for large x: value and gradient alike.",
                "x 较大时函数值与梯度一起爆炸。"}},
};

}  // namespace

std::span<const Activation> gated_rows() {
  return kRows;
}

}  // namespace lab
