#include "core/chain.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "layer.h"

namespace {

using lab::ActivationParams;
using lab::Chain;
using lab::layer;
using lab::Tensor;

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// Layers whose numbers are plain to see: a x, and x^2 with an infinite slope beyond 1e30.
void scale_value(const ActivationParams& p, std::span<const float> x, std::span<float> y) {
  for (size_t i = 0; i < x.size(); ++i) y[i] = p[0] * x[i];
}
void scale_derivative(const ActivationParams& p, std::span<const float> x, std::span<float> d) {
  for (size_t i = 0; i < x.size(); ++i) d[i] = p[0];
}
void square_value(const ActivationParams&, std::span<const float> x, std::span<float> y) {
  for (size_t i = 0; i < x.size(); ++i) y[i] = x[i] * x[i];
}
void square_derivative(const ActivationParams&, std::span<const float> x, std::span<float> d) {
  for (size_t i = 0; i < x.size(); ++i) d[i] = std::fabs(x[i]) > 1e30f ? kInf : 2 * x[i];
}

lab::Activation test_activation(std::string_view id, decltype(lab::Activation::value) value,
                                decltype(lab::Activation::derivative) derivative) {
  lab::Activation activation{};
  activation.id = id;
  activation.value = value;
  activation.derivative = derivative;
  return activation;
}

}  // namespace

TEST_CASE("an empty chain hands its input through") {
  const Tensor input{{2, 2}, {1, -2, kInf, 0}};
  const std::vector<Tensor> stages = lab::forward({}, input);
  CHECK(stages == std::vector<Tensor>{input});
  CHECK(lab::backward_of_sum({}, stages) == std::vector<Tensor>{Tensor::filled({2, 2}, 1)});
}

TEST_CASE("ReLU and Sigmoid of the tutorial's tensor") {
  const Chain chain = {layer("relu"), layer("sigmoid")};
  const Tensor input{{3, 2}, {0.5f, -0.6f, -1, 3, 1.5f, -2}};
  const std::vector<Tensor> stages = lab::forward(chain, input);
  REQUIRE(stages.size() == 3);
  CHECK(stages[0] == input);
  CHECK(stages[1] == Tensor{{3, 2}, {0.5f, 0, 0, 3, 1.5f, 0}});
  CHECK(stages[2].shape == input.shape);
  for (size_t i = 0; i < 6; ++i) {
    const double expected = 1 / (1 + std::exp(-double{stages[1].data[i]}));
    CHECK(double{stages[2].data[i]} == doctest::Approx(expected).epsilon(1e-6));
  }

  const std::vector<Tensor> gradients = lab::backward_of_sum(chain, stages);
  REQUIRE(gradients.size() == 3);
  CHECK(gradients[2] == Tensor::filled({3, 2}, 1));
  for (size_t i = 0; i < 6; ++i) {
    const double s = stages[2].data[i];
    CHECK(double{gradients[1].data[i]} == doctest::Approx(s * (1 - s)).epsilon(1e-6));
    CHECK(gradients[0].data[i] == (input.data[i] > 0 ? gradients[1].data[i] : 0));
  }
}

TEST_CASE("each layer's parameters are its own, and its derivative is taken at its input") {
  const lab::Activation scale = test_activation("scale", scale_value, scale_derivative);
  const lab::Activation square = test_activation("square", square_value, square_derivative);
  const Chain chain = {{&scale, {3}}, {&square, {}}, {&scale, {-0.5f}}};
  const std::vector<Tensor> stages = lab::forward(chain, {{2}, {1, -2}});
  CHECK(stages[1].data == std::vector<float>{3, -6});
  CHECK(stages[2].data == std::vector<float>{9, 36});
  CHECK(stages[3].data == std::vector<float>{-4.5f, -18});
  const std::vector<Tensor> gradients = lab::backward_of_sum(chain, stages);
  CHECK(gradients[2].data == std::vector<float>{-0.5f, -0.5f});
  CHECK(gradients[1].data == std::vector<float>{-3, 6});   // -0.5 * 2x at x = 3, -6
  CHECK(gradients[0].data == std::vector<float>{-9, 18});  // and the factor 3
}

TEST_CASE("scalars and empty tensors keep their shape") {
  const Chain chain = {layer("relu")};
  for (const Tensor& input : {Tensor{{}, {2}}, Tensor{{0}, {}}, Tensor{{2, 0}, {}}}) {
    const std::vector<Tensor> stages = lab::forward(chain, input);
    CHECK(stages[1] == input);
    CHECK(lab::backward_of_sum(chain, stages)[0].shape == input.shape);
  }
}

TEST_CASE("what is not finite is neither hidden nor made up") {
  const lab::Activation square = test_activation("square", square_value, square_derivative);
  const lab::Activation scale = test_activation("scale", scale_value, scale_derivative);
  const Chain chain = {{&scale, {0}}, {&scale, {0}}};
  std::vector<Tensor> stages = lab::forward(chain, {{1}, {kNan}});
  CHECK(std::isnan(stages[2].data[0]));
  CHECK(lab::backward_of_sum(chain, stages)[0].data[0] == 0);

  // A slope of 0 below an infinite one: their product is not a number, and is shown as such.
  const Chain exploding = {{&scale, {0}}, {&square, {}}};
  stages = {{{1}, {1}}, {{1}, {2e30f}}, {{1}, {kInf}}};
  const std::vector<Tensor> gradients = lab::backward_of_sum(exploding, stages);
  CHECK(gradients[1].data[0] == kInf);
  CHECK(std::isnan(gradients[0].data[0]));
}
