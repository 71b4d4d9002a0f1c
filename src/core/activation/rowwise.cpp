#include "core/activation/rowwise.h"

namespace lab {
namespace {

constexpr RowActivation kRows[] = {
    {.id = "softmax",
     .name = {"Softmax", "Softmax"},
     .full_name = {"Normalized exponential function", "归一化指数函数"},
     .tex = "\\frac{e^{x_{i}}}{\\sum_{j} e^{x_{j}}}",
     .tex_vjp = "y_{i} (g_{i} - \\sum_{j} g_{j} y_{j})",
     .pytorch = "nn.Softmax",
     .jax = "jax.nn.softmax",
     .keras = "keras.activations.softmax",
     .good_at = {"Turns scores into probabilities that sum to 1: the output of classifiers and the "
                 "weights of attention.",
                 "把得分变成和为 1 的概率：用于分类器的输出和注意力权重。"},
     .bad_at = {"Never exactly 0 or 1, and its gradient vanishes once one score dominates.",
                "永远不会恰为 0 或 1；一旦某个得分占优，梯度就会消失。"},
     .kernel = RowKernel::softmax},
    {.id = "softmin",
     .name = {"Softmin", "Softmin"},
     .full_name = {"Softmax of −x", "−x 的 Softmax"},
     .tex = "\\frac{e^{-x_{i}}}{\\sum_{j} e^{-x_{j}}}",
     .tex_vjp = "-y_{i} (g_{i} - \\sum_{j} g_{j} y_{j})",
     .pytorch = "nn.Softmin",
     .jax = "",
     .keras = "",
     .good_at = {"Softmax for distances: the smallest gets the largest weight.",
                 "用于距离的 Softmax：最小者获得最大权重。"},
     .bad_at = {"Saturates like softmax when one distance is much smaller than the rest.",
                "当某个距离远小于其余距离时，与 Softmax 一样饱和。"},
     .kernel = RowKernel::softmin},
    {.id = "log_softmax",
     .name = {"LogSoftmax", "LogSoftmax"},
     .full_name = {"Logarithm of softmax", "Softmax 的对数"},
     .tex = "x_{i} - \\ln \\sum_{j} e^{x_{j}}",
     .tex_vjp = "g_{i} - e^{y_{i}} \\sum_{j} g_{j}",
     .pytorch = "nn.LogSoftmax",
     .jax = "jax.nn.log_softmax",
     .keras = "keras.activations.log_softmax",
     .good_at =
         {"Log-probabilities for the cross-entropy loss, without overflow or loss of digits.",
          "为交叉熵损失提供对数概率，不溢出、不损失精度。"},
     .bad_at = {"Its outputs are not probabilities: take the exponential before reading them.",
                "输出不是概率：解读之前需取指数。"},
     .kernel = RowKernel::log_softmax},
    {.id = "sparsemax",
     .name = {"Sparsemax", "Sparsemax"},
     .full_name = {"Sparse softmax", "稀疏 Softmax"},
     .tex = "\\max(0, x_{i} - \\tau(x)), \\quad \\sum_{i} y_{i} = 1",
     .tex_vjp = "\\begin{cases} g_{i} - \\operatorname{mean}_{y_{j} > 0} g_{j} & y_{i} > 0 \\\\ "
                "0 & \\text{otherwise} \\end{cases}",
     .pytorch = "",
     .jax = "",
     .keras = "keras.activations.sparsemax",
     .good_at = {"Probabilities of which many are exactly 0: attention that ignores, not just "
                 "discounts.",
                 "许多概率恰为 0：注意力可以真正忽略，而不只是减弱。"},
     .bad_at = {"Entries outside the support get no gradient; needs a sort.",
                "支撑集之外的分量没有梯度；需要排序。"},
     .kernel = RowKernel::sparsemax},
    {.id = "glu",
     .name = {"GLU", "GLU"},
     .full_name = {"Gated linear unit", "门控线性单元"},
     .tex = "a_{i} \\sigma(b_{i}), \\quad x = [a, b]",
     .tex_vjp = "[g_{i} \\sigma(b_{i}), g_{i} a_{i} \\sigma(b_{i})(1 - \\sigma(b_{i}))]",
     .pytorch = "nn.GLU",
     .jax = "jax.nn.glu",
     .keras = "keras.activations.glu",
     .halves = 2,
     .good_at = {"One half decides how much of the other passes: common in language models.",
                 "一半决定另一半通过多少：常见于语言模型。"},
     .bad_at = {"Needs twice the inputs for the same number of outputs.",
                "同样数量的输出需要两倍的输入。"},
     .kernel = RowKernel::glu},
};

const RowKernelRow& best_row_kernel(RowKernel kernel) {
  return row_kernel_table(simd::best_isa())[static_cast<size_t>(kernel)];
}

}  // namespace

std::span<const RowActivation> row_activations() {
  return kRows;
}

const RowActivation* find_row_activation(std::string_view id) {
  for (const RowActivation& row : kRows) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

void RowActivation::forward(std::span<const float> x, size_t columns, std::span<float> y) const {
  const RowKernelRow& run = best_row_kernel(kernel);
  const size_t rows = x.size() / columns, out = output_columns(columns);
  for (size_t i = 0; i < rows; ++i) run.forward(&x[i * columns], columns, &y[i * out]);
}

void RowActivation::backward(std::span<const float> x, size_t columns,
                             std::span<const float> grad_out, std::span<float> grad_in) const {
  const RowKernelRow& run = best_row_kernel(kernel);
  const size_t rows = x.size() / columns, out = output_columns(columns);
  for (size_t i = 0; i < rows; ++i) {
    run.backward(&x[i * columns], columns, &grad_out[i * out], &grad_in[i * columns]);
  }
}

}  // namespace lab
