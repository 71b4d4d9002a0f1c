#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string_view>
#include <vector>

#include "core/activation/activation.h"
#include "core/activation/rowwise.h"

// Whatever is registered is complete: a new row is tested by being there.

namespace {

using namespace lab;

bool filled(const Localized& text) {
  return !text.en.empty() && !text.zh.empty();
}

bool lower_case_id(std::string_view id) {
  for (const char c : id) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
  }
  return !id.empty();
}

// Braces match, and \begin has its \end.
bool balanced_tex(std::string_view tex) {
  int depth = 0;
  for (const char c : tex) {
    depth += (c == '{') - (c == '}');
    if (depth < 0) return false;
  }
  const bool begins = tex.find("\\begin{cases}") != std::string_view::npos;
  const bool ends = tex.find("\\end{cases}") != std::string_view::npos;
  return depth == 0 && begins == ends;
}

// f over a grid of ordinary numbers.
std::vector<double> values(const Activation& row, double from, double to, int steps) {
  std::vector<double> y;
  for (int i = 0; i <= steps; ++i) {
    y.push_back(row.reference_value(row.default_params(), from + (to - from) * i / steps));
  }
  return y;
}

}  // namespace

TEST_CASE("registry: ids are unique, and every text is there in both languages") {
  std::set<std::string_view> ids;
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    CHECK(lower_case_id(row.id));
    CHECK(ids.insert(row.id).second);
    CHECK(find_activation(row.id) == &row);
    CHECK(filled(row.name));
    CHECK(filled(row.good_at));
    CHECK(filled(row.bad_at));
    CHECK(filled(group_name(row.group)));
    CHECK(!row.tex.empty());
    CHECK(!row.tex_derivative.empty());
    CHECK(balanced_tex(row.tex));
    CHECK(balanced_tex(row.tex_derivative));
    CHECK(row.pytorch.empty() != row.pytorch_expr.empty());
  }
  CHECK(ids.size() == kKernelCount);
  CHECK(!find_activation("no_such_function"));
}

TEST_CASE("registry: every kernel belongs to exactly one row") {
  std::set<Kernel> kernels;
  for (const Activation& row : activations()) CHECK(kernels.insert(row.kernel).second);
  CHECK(kernels.size() == kKernelCount);
}

TEST_CASE("registry: parameters have names, symbols and defaults within their bounds") {
  for (const Activation& row : activations()) {
    REQUIRE(row.params.size() <= kMaxActivationParams);
    const ActivationParams defaults = row.default_params();
    std::set<std::string_view> ids;
    for (size_t i = 0; i < row.params.size(); ++i) {
      const ActivationParamSpec& spec = row.params[i];
      CAPTURE(row.id);
      CAPTURE(spec.id);
      CHECK(lower_case_id(spec.id));
      CHECK(ids.insert(spec.id).second);
      CHECK(filled(spec.name));
      CHECK(!spec.symbol.empty());
      CHECK(spec.min < spec.max);
      CHECK(spec.fallback >= spec.min);
      CHECK(spec.fallback <= spec.max);
      CHECK(defaults[i] == spec.fallback);
    }
  }
}

TEST_CASE("registry: at the ends of their parameters' bounds functions are still numbers") {
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    for (size_t i = 0; i < row.params.size(); ++i) {
      for (const float end : {row.params[i].min, row.params[i].max}) {
        ActivationParams params = row.default_params();
        params[i] = end;
        for (float x = -30; x <= 30; x += 0.25f) {
          float y, d;
          row.value_and_derivative(params, {&x, 1}, {&y, 1}, {&d, 1});
          const double exact = row.reference_value(params, static_cast<double>(x));
          CHECK(std::isfinite(d));
          CHECK(static_cast<double>(y) == doctest::Approx(exact).epsilon(1e-5));
        }
      }
    }
  }
}

TEST_CASE("registry: range and traits are what the function does") {
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    const ActivationParams params = row.default_params();
    const std::vector<double> y = values(row, -40, 40, 8000);
    bool rising = true, odd = true;
    for (size_t i = 0; i < y.size(); ++i) {
      CHECK(y[i] >= row.range.min - 1e-12);
      CHECK(y[i] <= row.range.max + 1e-12);
      if (i > 0) rising = rising && y[i] >= y[i - 1] - 1e-12;
      odd = odd && std::fabs(y[i] + y[y.size() - 1 - i]) <= 1e-9;
    }
    CHECK(rising == row.traits.monotone);
    CHECK(odd == row.traits.zero_centred);
    CHECK(row.traits.bounded_below == std::isfinite(row.range.min));
    CHECK(row.traits.bounded_above == std::isfinite(row.range.max));
    const auto flat = [&](double x) {
      return std::fabs(row.reference_derivative(params, x)) < 1e-3;
    };
    if (row.group != ActivationGroup::periodic) {
      CHECK(flat(-1e4) == row.traits.saturates_left);
      CHECK(flat(1e4) == row.traits.saturates_right);
    }
    if (row.traits.smooth) CHECK(row.kinks.empty());
  }
}

TEST_CASE("registry: the derivative is 0 where a row says so, and jumps where it says so") {
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    const ActivationParams params = row.default_params();
    for (const double zero : row.derivative_zeros) {
      CHECK(std::fabs(row.reference_derivative(params, zero)) < 1e-9);
    }
    for (const ActivationKink& kink : row.kinks) {
      const double at =
          kink.at + (kink.param < 0 ? 0 : kink.factor * params[static_cast<size_t>(kink.param)]);
      const double step = std::fabs(row.reference_value(params, at + 1e-7) -
                                    row.reference_value(params, at - 1e-7));
      CHECK((step > 1e-3) == kink.jump);
    }
  }
}

TEST_CASE("registry: row-wise rows are complete too") {
  std::set<std::string_view> ids;
  std::set<RowKernel> kernels;
  for (const RowActivation& row : row_activations()) {
    CAPTURE(row.id);
    CHECK(lower_case_id(row.id));
    CHECK(ids.insert(row.id).second);
    CHECK(!find_activation(row.id));
    CHECK(find_row_activation(row.id) == &row);
    CHECK(kernels.insert(row.kernel).second);
    CHECK(filled(row.name));
    CHECK(filled(row.good_at));
    CHECK(filled(row.bad_at));
    CHECK(!row.tex.empty());
    CHECK(balanced_tex(row.tex));
    CHECK(balanced_tex(row.tex_vjp));
    CHECK(!row.accepts(0));
  }
  CHECK(ids.size() == kRowKernelCount);
  CHECK(!find_row_activation("relu"));
}
