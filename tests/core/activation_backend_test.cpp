#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "core/activation/activation.h"
#include "core/activation/rowwise.h"
#include "core/simd/isa.h"

// Every instruction set this machine has gives the same bits, wherever an element lies.

namespace {

using namespace lab;

// Equal bits, any NaN being as good as another.
bool same(float a, float b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::bit_cast<uint32_t>(a) == std::bit_cast<uint32_t>(b);
}
bool same(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!same(a[i], b[i])) return false;
  }
  return true;
}

// Floats of every exponent and a full house of ordinary ones.
std::vector<float> sample() {
  std::vector<float> x;
  for (uint64_t p = 0; p < uint64_t{1} << 32; p += 262147) {
    x.push_back(std::bit_cast<float>(static_cast<uint32_t>(p)));
  }
  for (int i = -6000; i <= 6000; ++i) x.push_back(static_cast<float>(i) * 0.0203f);
  for (const float v : {0.0f, -0.0f, INFINITY, -INFINITY, 1e-45f, -1e-45f, 3.4028235e38f}) {
    x.push_back(v);
  }
  return x;
}

const KernelRow& kernel_of(const Activation& row, simd::Isa isa) {
  return kernel_table(isa)[static_cast<size_t>(row.kernel)];
}

}  // namespace

TEST_CASE("simd: the portable backend is always there and the best one has a name") {
  const auto isas = simd::available_isas();
  REQUIRE(!isas.empty());
  CHECK(isas.front() == simd::Isa::scalar);
  CHECK(isas.back() == simd::best_isa());
  CHECK(simd::implementation() == simd::isa_name(simd::best_isa()));
#if defined(__wasm_simd128__)
  CHECK(simd::implementation() == "wasm-simd128");
#elif defined(__x86_64__)
  CHECK(simd::implementation() != "scalar");
#endif
  for (const simd::Isa isa : isas) {
    CHECK(kernel_table(isa));
    CHECK(row_kernel_table(isa));
  }
}

TEST_CASE("activations: every backend gives the same bits") {
  const std::vector<float> x = sample();
  std::vector<float> y(x.size()), d(x.size()), expected_y(x.size()), expected_d(x.size());
  for (const Activation& row : activations()) {
    const ActivationParams params = row.default_params();
    const KernelRow& scalar = kernel_of(row, simd::Isa::scalar);
    scalar.value(params.data(), x.data(), expected_y.data(), x.size());
    scalar.derivative(params.data(), x.data(), expected_d.data(), x.size());
    for (const simd::Isa isa : simd::available_isas()) {
      CAPTURE(row.id);
      CAPTURE(simd::isa_name(isa));
      const KernelRow& kernel = kernel_of(row, isa);
      kernel.value(params.data(), x.data(), y.data(), x.size());
      kernel.derivative(params.data(), x.data(), d.data(), x.size());
      CHECK(same(y, expected_y));
      CHECK(same(d, expected_d));
      kernel.both(params.data(), x.data(), y.data(), d.data(), x.size());
      CHECK(same(y, expected_y));
      CHECK(same(d, expected_d));
    }
  }
}

TEST_CASE("activations: bits don't depend on length, alignment or place; results stay in bounds") {
  constexpr size_t kLongest = 67, kOffsets = 4;
  constexpr float kGuard = 12345.0f;
  std::vector<float> x(kLongest + kOffsets);
  for (size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i) * 0.37f - 13.0f;
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    const ActivationParams params = row.default_params();
    std::vector<float> expected_y(x.size()), expected_d(x.size());
    for (size_t i = 0; i < x.size(); ++i) {
      row.value(params, {&x[i], 1}, {&expected_y[i], 1});
      row.derivative(params, {&x[i], 1}, {&expected_d[i], 1});
    }
    size_t wrong = 0;
    for (const simd::Isa isa : simd::available_isas()) {
      const KernelRow& kernel = kernel_of(row, isa);
      for (size_t offset = 0; offset < kOffsets; ++offset) {
        for (size_t length = 0; length <= kLongest; ++length) {
          std::vector<float> y(x.size() + 1, kGuard), d(x.size() + 1, kGuard);
          kernel.value(params.data(), &x[offset], &y[offset], length);
          kernel.derivative(params.data(), &x[offset], &d[offset], length);
          for (size_t i = 0; i < y.size(); ++i) {
            const bool inside = i >= offset && i < offset + length;
            wrong += !same(y[i], inside ? expected_y[i] : kGuard);
            wrong += !same(d[i], inside ? expected_d[i] : kGuard);
          }
        }
      }
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("activations: the output may be the input") {
  const std::vector<float> x = sample();
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    const ActivationParams params = row.default_params();
    std::vector<float> y(x.size()), d(x.size());
    row.value_and_derivative(params, x, y, d);
    std::vector<float> in_place = x;
    row.value(params, in_place, in_place);
    CHECK(same(in_place, y));
    in_place = x;
    row.derivative(params, in_place, in_place);
    CHECK(same(in_place, d));
    in_place = x;
    row.value_and_derivative(params, in_place, in_place, d);
    CHECK(same(in_place, y));
  }
}

TEST_CASE("row-wise: every backend gives the same bits at every length") {
  std::vector<float> x(150), g(150);
  for (size_t i = 0; i < x.size(); ++i) {
    x[i] = static_cast<float>((i * 7919) % 211) * 0.19f - 20.0f;
    g[i] = static_cast<float>((i * 104729) % 97) * 0.021f - 1.0f;
  }
  for (const RowActivation& row : row_activations()) {
    for (size_t columns = 1; columns <= x.size(); ++columns) {
      if (!row.accepts(columns)) continue;
      const auto run = [&](simd::Isa isa, std::vector<float>& y, std::vector<float>& back) {
        const RowKernelRow& kernel = row_kernel_table(isa)[static_cast<size_t>(row.kernel)];
        y.assign(row.output_columns(columns), 0.0f);
        back.assign(columns, 0.0f);
        kernel.forward(x.data(), columns, y.data());
        kernel.backward(x.data(), columns, g.data(), back.data());
      };
      std::vector<float> expected_y, expected_back, y, back;
      run(simd::Isa::scalar, expected_y, expected_back);
      for (const simd::Isa isa : simd::available_isas()) {
        run(isa, y, back);
        const bool equal = same(y, expected_y) && same(back, expected_back);
        CHECK_MESSAGE(equal, row.id, " ", simd::isa_name(isa), " with ", columns, " columns");
      }
    }
  }
}
