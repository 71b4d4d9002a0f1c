#include "block_oracle.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <numbers>

#include "ulp.h"

namespace lab::accuracy {
namespace {

constexpr int kNodes = kDegree + 1;

double node(int i) {
  return std::cos(std::numbers::pi * (i + 0.5) / kNodes);
}

// Newton's divided differences, then expanded to powers of u.
BlockPolynomial through(const std::array<double, kNodes>& values) {
  std::array<double, kNodes> difference = values;
  for (int level = 1; level < kNodes; ++level) {
    for (int i = kNodes - 1; i >= level; --i) {
      const auto at = static_cast<size_t>(i);
      difference[at] = (difference[at] - difference[at - 1]) / (node(i) - node(i - level));
    }
  }
  BlockPolynomial p{};
  for (int i = kNodes - 1; i >= 0; --i) {
    for (size_t k = kNodes - 1; k > 0; --k) p.c[k] = p.c[k - 1] - node(i) * p.c[k];
    p.c[0] = difference[static_cast<size_t>(i)] - node(i) * p.c[0];
  }
  return p;
}

// The compilers' own vector type, so that the loop below is vectorised everywhere.
#if defined(__AVX512F__)
constexpr size_t kWide = 8;
#elif defined(__AVX2__)
constexpr size_t kWide = 4;
#else
constexpr size_t kWide = 2;
#endif
using Wide = double __attribute__((vector_size(kWide * sizeof(double))));
using WideInt = int64_t __attribute__((vector_size(kWide * sizeof(int64_t))));
using WideFloat = float __attribute__((vector_size(kWide * sizeof(float))));

}  // namespace

std::optional<BlockPolynomial> interpolate(Reference f, const void* context, double first,
                                           double last) {
  const double middle = (first + last) / 2, half = (last - first) / 2;
  std::array<double, kNodes> values;
  for (int i = 0; i < kNodes; ++i) {
    values[static_cast<size_t>(i)] = f(context, middle + half * node(i));
  }
  const BlockPolynomial p = through(values);
  // The error of Chebyshev interpolation is largest at the ends and between nodes.
  for (const int extremum : {0, 3, 5, kNodes}) {
    const double u = std::cos(std::numbers::pi * extremum / kNodes);
    const double exact = f(context, middle + half * u);
    if (!(std::fabs(exact) < 0x1.fffffep127)) return std::nullopt;
    if (!(std::fabs(p(u) - exact) <= kInterpolationError * float_spacing(exact))) {
      return std::nullopt;
    }
  }
  return p;
}

double largest_ulp(const BlockPolynomial& p, const float* y, size_t count) {
  const double step = 2.0 / static_cast<double>(count - 1);
  const WideInt exponent_mask = WideInt{} + 0x7ff0000000000000;
  const WideInt inverse = WideInt{} + (int64_t{2 * 1023 + 23} << 52);
  Wide largest{}, total{};
  Wide index{};
  for (size_t k = 0; k < kWide; ++k) index[k] = static_cast<double>(k);
  for (size_t i = 0; i < count; i += kWide, index += double{kWide}) {
    const Wide u = index * step - 1.0;
    Wide sum = Wide{} + p.c[kDegree];
    for (size_t k = kDegree; k-- > 0;) sum = sum * u + p.c[k];
    WideFloat floats;
    std::memcpy(&floats, y + i, sizeof floats);
    const Wide got = __builtin_convertvector(floats, Wide);
    Wide size = sum < 0.0 ? -sum : sum;
    size = size > 0x1p-126 ? size : Wide{} + 0x1p-126;
    WideInt exponent;
    std::memcpy(&exponent, &size, sizeof size);
    exponent &= exponent_mask;
    const WideInt scale_bits = inverse - exponent;  // of 2^(23 − e)
    Wide scale;
    std::memcpy(&scale, &scale_bits, sizeof scale);
    Wide error = (got - sum) * scale;
    error = error < 0.0 ? -error : error;
    largest = error > largest ? error : largest;
    total += error;  // keeps what a comparison with NaN would lose
  }
  double result = 0;
  for (size_t k = 0; k < kWide; ++k) {
    if (!std::isfinite(total[k])) return std::numeric_limits<double>::infinity();
    result = std::max(result, largest[k]);
  }
  return result;
}

}  // namespace lab::accuracy
