#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "../accuracy/ulp.h"
#include "core/activation/rowwise.h"

namespace {

using namespace lab;

constexpr float kInf = std::numeric_limits<float>::infinity();

std::vector<float> forward(std::string_view id, const std::vector<float>& x, size_t columns) {
  const RowActivation* row = find_row_activation(id);
  std::vector<float> y(x.size() / columns * row->output_columns(columns));
  row->forward(x, columns, y);
  return y;
}
std::vector<float> backward(std::string_view id, const std::vector<float>& x, size_t columns,
                            const std::vector<float>& g) {
  std::vector<float> back(x.size());
  find_row_activation(id)->backward(x, columns, g, back);
  return back;
}

double largest(const std::vector<double>& v) {
  double size = 0;
  for (const double e : v) size = std::max(size, std::fabs(e));
  return size;
}

}  // namespace

TEST_CASE("row-wise: outputs and gradients agree with the golden file") {
  std::ifstream in(std::string(LAB_GOLDEN_DIR) + "/rowwise.json");
  REQUIRE(in.good());
  std::set<std::string> seen;
  for (const auto& entry : nlohmann::json::parse(in)) {
    const std::string id = entry["id"];
    CAPTURE(id);
    seen.insert(id);
    const auto x = entry["x"].get<std::vector<float>>();
    const auto g = entry["grad_out"].get<std::vector<float>>();
    const auto y = entry["y"].get<std::vector<double>>();
    const auto back = entry["grad_in"].get<std::vector<double>>();
    const auto columns = entry["shape"][1].get<size_t>();
    const std::vector<float> got = forward(id, x, columns);
    REQUIRE(got.size() == y.size());
    for (size_t i = 0; i < y.size(); ++i) {
      // The file's logarithms next to 0 carry the rounding of 1 + little in double.
      const double error = std::fabs(static_cast<double>(got[i]) - y[i]);
      CHECK_MESSAGE((accuracy::ulp_error(got[i], y[i]) <= 5 || error < 1e-15), got[i], " for ",
                    y[i]);
    }
    // A gradient is a difference of products with g: it is judged beside the largest of them.
    double scale = largest(back);
    for (const float e : g) scale = std::max(scale, static_cast<double>(std::fabs(e)));
    const std::vector<float> got_back = backward(id, x, columns, g);
    REQUIRE(got_back.size() == back.size());
    for (size_t i = 0; i < back.size(); ++i) {
      CHECK_MESSAGE(std::fabs(static_cast<double>(got_back[i]) - back[i]) <= 0x1p-22 * scale,
                    got_back[i], " for ", back[i]);
    }
  }
  for (const char* id : {"softmax", "softmin", "log_softmax", "glu"}) CHECK(seen.count(id));
}

TEST_CASE("softmax: rows sum to 1, offsets cancel, tails reach the denormals") {
  std::vector<float> x(100), shifted(100);
  for (size_t i = 0; i < x.size(); ++i) {
    x[i] = static_cast<float>((i * 37) % 100) * 0.125f - 6.0f;
    shifted[i] = x[i] + 64.0f;
  }
  const std::vector<float> y = forward("softmax", x, 50);
  for (size_t row = 0; row < 2; ++row) {
    double sum = 0;
    for (size_t i = 0; i < 50; ++i) sum += static_cast<double>(y[row * 50 + i]);
    CHECK(sum == doctest::Approx(1).epsilon(1e-6));
  }
  const std::vector<float> near = forward("softmax", shifted, 50);
  for (size_t i = 0; i < y.size(); ++i) {
    CHECK(accuracy::ulp_error(near[i], static_cast<double>(y[i])) <= 3);
  }
  CHECK(forward("softmax", {100, 0}, 2)[1] == doctest::Approx(3.7835e-44).epsilon(0.05));
  CHECK(forward("softmax", {0, -kInf}, 2) == std::vector<float>{1, 0});
  CHECK(std::isnan(forward("softmax", {-kInf, -kInf}, 2)[0]));
  CHECK(std::isnan(forward("softmax", {0, std::nanf(""), 1}, 3)[0]));
  CHECK(forward("softmin", {1, 2, 3}, 3) == forward("softmax", {-1, -2, -3}, 3));
}

TEST_CASE("row-wise exponentials: exact in place, far rows as near ones, infinity is no score") {
  for (const float v : {-3e38f, -1000.0f, -255.5f, -0.3f, 0.0f, 1.7f, 90.0f, 256.0f, 3e38f}) {
    CAPTURE(v);
    CHECK(forward("softmax", {v}, 1) == std::vector<float>{1});
    CHECK(forward("softmin", {v, kInf}, 2) == std::vector<float>{1, 0});
    CHECK(forward("log_softmax", {v, -kInf}, 2) == std::vector<float>{0, -kInf});
    CHECK(forward("softmax", {v, v, v, v}, 4) == std::vector<float>(4, 0.25f));
  }
  for (const char* id : {"softmax", "log_softmax"}) {
    for (const float y : forward(id, {1, kInf, -2}, 3)) CHECK(std::isnan(y));
  }
  // Against exponentials in double, on both sides of where a row's top becomes its unit.
  for (const float offset : {-1e6f, -300.0f, -255.9f, -60.3f, 0.1f, 180.7f, 255.9f, 256.1f, 1e4f}) {
    std::vector<float> x(40);
    for (size_t i = 0; i < x.size(); ++i) {
      x[i] = offset - static_cast<float>((i * 29) % 40) * 2.3f;
    }
    const double top = static_cast<double>(x[0]);
    double sum = 0;
    for (const float v : x) sum += std::exp(static_cast<double>(v) - top);
    const std::vector<float> y = forward("softmax", x, 40), log = forward("log_softmax", x, 40);
    for (size_t i = 0; i < x.size(); ++i) {
      const double over = static_cast<double>(x[i]) - top;
      CHECK(accuracy::ulp_error(y[i], std::exp(over) / sum) <= 4);
      CHECK(accuracy::ulp_error(log[i], over - std::log(sum)) <= 4);
    }
  }
}

TEST_CASE("row-wise exponentials: no result is further off than the kernels say") {
  uint32_t state = 7;
  const auto uniform = [&] {  // from −1 to 1
    state = state * 1664525u + 1013904223u;
    return static_cast<float>(state >> 8) * 0x1p-23f - 1.0f;
  };
  double softmax = 0, softmin = 0, log_softmax = 0;
  for (size_t row = 0; row < 4000; ++row) {
    const size_t columns = std::array<size_t, 7>{2, 3, 8, 10, 33, 64, 100}[row % 7];
    const float scale = std::array{1.0f, 4.0f, 20.0f, 80.0f}[row % 4];
    std::vector<float> x(columns), negative(columns);
    for (size_t i = 0; i < columns; ++i) negative[i] = -(x[i] = uniform() * scale);
    const double top = static_cast<double>(std::ranges::max(x));
    std::vector<float> lower = x;  // without the top, beside which little would be lost
    lower.erase(std::ranges::max_element(lower));
    double others = 0;
    for (const float v : lower) others += std::exp(static_cast<double>(v) - top);
    const std::vector<float> y = forward("softmax", x, columns);
    const std::vector<float> same = forward("softmin", negative, columns);
    const std::vector<float> log = forward("log_softmax", x, columns);
    for (size_t i = 0; i < columns; ++i) {
      const double over = static_cast<double>(x[i]) - top, exact = std::exp(over) / (1 + others);
      log_softmax = std::max(log_softmax, accuracy::ulp_error(log[i], over - std::log1p(others)));
      if (exact < 0x1p-126) continue;
      softmax = std::max(softmax, accuracy::ulp_error(y[i], exact));
      softmin = std::max(softmin, accuracy::ulp_error(same[i], exact));
    }
  }
  CHECK(softmax > 1);  // or nothing was compared
  CHECK(softmax <= 7);
  CHECK(softmin <= 7);
  CHECK(log_softmax <= 5);
}

TEST_CASE("log_softmax: keeps the digits where one column dominates") {
  const std::vector<float> y = forward("log_softmax", {20, 0}, 2);
  CHECK(static_cast<double>(y[0]) == doctest::Approx(-2.0611536e-9).epsilon(1e-6));
  CHECK(y[1] == -20);
  CHECK(forward("log_softmax", {1000, -1000}, 2) == std::vector<float>{0, -2000});
  CHECK(forward("log_softmax", {0, -kInf}, 2) == std::vector<float>{0, -kInf});
  CHECK(static_cast<double>(forward("log_softmax", {3, 3, 3}, 3)[1]) ==
        doctest::Approx(-std::log(3.0)).epsilon(1e-7));
}

TEST_CASE("sparsemax: the nearest point of the simplex") {
  CHECK(forward("sparsemax", {0.5f, 0.25f, -1}, 3) == std::vector<float>{0.625f, 0.375f, 0});
  CHECK(forward("sparsemax", {3, 0, 0}, 3) == std::vector<float>{1, 0, 0});
  CHECK(forward("sparsemax", {1, 1, 1, 1}, 4) == std::vector<float>(4, 0.25f));
  CHECK(forward("sparsemax", {1e6f, 1e6f, 0}, 3) == std::vector<float>{0.5f, 0.5f, 0});
  CHECK(forward("sparsemax", {0, -kInf}, 2) == std::vector<float>{1, 0});
  CHECK(std::isnan(forward("sparsemax", {0, std::nanf("")}, 2)[0]));
  CHECK(backward("sparsemax", {0.5f, 0.25f, -1}, 3, {1, 3, 100}) == std::vector<float>{-1, 1, 0});
}

TEST_CASE("row-wise: gradients agree with differences of the outputs") {
  const std::vector<float> x = {0.3f, -1.2f, 0.7f, 0.1f, -0.4f, 1.1f};
  const std::vector<float> weights = {0.9f, -0.5f, 1.7f, 0.2f, -1.1f, 0.6f};
  for (const RowActivation& row : row_activations()) {
    CAPTURE(row.id);
    const std::vector<float> g(weights.begin(),
                               weights.begin() + static_cast<long>(row.output_columns(x.size())));
    const std::vector<float> back = backward(row.id, x, x.size(), g);
    for (size_t i = 0; i < x.size(); ++i) {
      const auto objective = [&](float step) {
        std::vector<float> moved = x;
        moved[i] += step;
        const std::vector<float> y = forward(row.id, moved, x.size());
        double sum = 0;
        for (size_t k = 0; k < y.size(); ++k) {
          sum += static_cast<double>(y[k]) * static_cast<double>(g[k]);
        }
        return sum;
      };
      const double slope = (objective(0x1p-8f) - objective(-0x1p-8f)) * 0x1p7;
      CHECK(static_cast<double>(back[i]) == doctest::Approx(slope).epsilon(2e-3));
    }
  }
}
