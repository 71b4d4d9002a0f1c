#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/activation/rowwise_table.h"

// Sparsemax (Martins and Astudillo, 2016): the point of the probability simplex nearest to x.

namespace lab {
namespace {

// τ with Σ max(0, xᵢ − τ) = 1, or NaN if the row holds a NaN or an infinity other than −∞.
double threshold(const float* x, size_t columns) {
  std::vector<float> sorted;
  for (size_t i = 0; i < columns; ++i) {
    if (x[i] == -std::numeric_limits<float>::infinity()) continue;  // never in the support
    if (!std::isfinite(x[i])) return std::numeric_limits<double>::quiet_NaN();
    sorted.push_back(x[i]);
  }
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::ranges::sort(sorted);  // as elsewhere: each order of its own would be code of its own
  std::ranges::reverse(sorted);
  // Sums are taken relative to the largest, so that a common offset costs no digits.
  const double top = static_cast<double>(sorted[0]);
  double sum = 0, tau = 0;
  for (size_t k = 0; k < sorted.size(); ++k) {
    const double z = static_cast<double>(sorted[k]) - top;
    const double count = static_cast<double>(k + 1);
    if (!(1 + count * z > sum + z)) break;
    sum += z;
    tau = (sum - 1) / count;
  }
  return top + tau;
}

}  // namespace

void sparsemax_forward(const float* x, size_t columns, float* y) {
  const double tau = threshold(x, columns);
  for (size_t i = 0; i < columns; ++i) {
    const double above = static_cast<double>(x[i]) - tau;
    y[i] = static_cast<float>(above < 0 ? 0 : above);
  }
}

void sparsemax_backward(const float* x, size_t columns, const float* grad_out, float* grad_in) {
  const double tau = threshold(x, columns);
  double sum = 0, count = 0;
  for (size_t i = 0; i < columns; ++i) {
    if (static_cast<double>(x[i]) <= tau) continue;
    sum += static_cast<double>(grad_out[i]);
    count += 1;
  }
  for (size_t i = 0; i < columns; ++i) {
    const bool inside = !(static_cast<double>(x[i]) <= tau);
    grad_in[i] = inside ? static_cast<float>(static_cast<double>(grad_out[i]) - sum / count) : 0.0f;
  }
  if (std::isnan(tau)) std::fill_n(grad_in, columns, std::numeric_limits<float>::quiet_NaN());
}

}  // namespace lab
