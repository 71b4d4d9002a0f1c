// Speed of every activation on one core, in billions of elements a second.
//
//   bench [id…]
//
// 65,536 floats spread over [−6, 6] that stay in the second-level cache, the best of many runs;
// one column for each instruction set this machine has.

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "core/activation/activation.h"
#include "core/activation/rowwise.h"
#include "core/simd/isa.h"
#include "timing.h"

namespace {

using namespace lab;

constexpr size_t kRowColumns = 64;  // of the matrix the row-wise functions are timed on

std::vector<float> inputs() {
  std::vector<float> x(kCount);
  uint32_t state = 1;
  for (float& v : x) {
    state = state * 1664525u + 1013904223u;
    v = static_cast<float>(state >> 8) * (12.0f / 16777216.0f) - 6.0f;
  }
  return x;
}

void print_elementwise(const Activation& row, const std::vector<float>& x) {
  std::vector<float> y(kCount), d(kCount);
  const ActivationParams params = row.default_params();
  std::printf("%-15s", std::string(row.id).c_str());
  for (const simd::Isa isa : simd::available_isas()) {
    const KernelRow& kernel = kernel_table(isa)[static_cast<size_t>(row.kernel)];
    const auto value = [&] { kernel.value(params.data(), x.data(), y.data(), kCount); };
    const auto both = [&] { kernel.both(params.data(), x.data(), y.data(), d.data(), kCount); };
    std::printf("  %7.2f %7.2f", billions_per_second(value), billions_per_second(both));
  }
  std::printf("\n");
}

void print_rowwise(const RowActivation& row, const std::vector<float>& x) {
  std::vector<float> y(kCount), g(kCount, 1.0f), back(kCount);
  const size_t out = row.output_columns(kRowColumns);
  std::printf("%-15s", std::string(row.id).c_str());
  for (const simd::Isa isa : simd::available_isas()) {
    const RowKernelRow& kernel = row_kernel_table(isa)[static_cast<size_t>(row.kernel)];
    const auto forward = [&] {
      for (size_t i = 0; i < kCount / kRowColumns; ++i) {
        kernel.forward(&x[i * kRowColumns], kRowColumns, &y[i * out]);
      }
    };
    const auto backward = [&] {
      for (size_t i = 0; i < kCount / kRowColumns; ++i) {
        kernel.backward(&x[i * kRowColumns], kRowColumns, &g[i * out], &back[i * kRowColumns]);
      }
    };
    std::printf("  %7.2f %7.2f", billions_per_second(forward), billions_per_second(backward));
  }
  std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
  std::printf("%-15s", "Gelem/s");
  for (const simd::Isa isa : simd::available_isas()) {
    std::printf("  %15s", std::string(simd::isa_name(isa)).c_str());
  }
  std::printf("\n%-15s", "");
  for (size_t i = 0; i < simd::available_isas().size(); ++i) std::printf("  %7s %7s", "f", "f, f'");
  std::printf("\n");
  const std::vector<float> x = inputs();
  for (const Activation& row : activations()) {
    if (chosen(argc, argv, row.id)) print_elementwise(row, x);
  }
  for (const RowActivation& row : row_activations()) {
    if (chosen(argc, argv, row.id)) print_rowwise(row, x);
  }
}
