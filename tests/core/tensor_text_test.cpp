#include "core/tensor_text.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace {

using lab::format_tensor;
using lab::Tensor;

float number(const nlohmann::json& value) {
  if (!value.is_string()) return value.get<float>();
  const std::string name = value.get<std::string>();
  if (name == "nan") return std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  return name == "-inf" ? -infinity : infinity;
}

Tensor golden_tensor(const nlohmann::json& entry) {
  Tensor tensor{entry["shape"].get<std::vector<int64_t>>(), {}};
  for (const nlohmann::json& value : entry["data"]) tensor.data.push_back(number(value));
  return tensor;
}

Tensor vector_of(std::vector<float> data) {
  return {{static_cast<int64_t>(data.size())}, std::move(data)};
}

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

}  // namespace

TEST_CASE("format_tensor writes every golden tensor as PyTorch does") {
  std::ifstream file(LAB_GOLDEN_DIR "/tensor_text.json");
  REQUIRE(file.good());
  const nlohmann::json golden = nlohmann::json::parse(file);
  CHECK(golden.size() == 104);
  for (const nlohmann::json& entry : golden) {
    CAPTURE(entry["shape"].dump());
    CHECK(format_tensor(golden_tensor(entry)) == entry["text"].get<std::string>());
  }
}

TEST_CASE("the notation changes where PyTorch changes it") {
  CHECK(format_tensor(vector_of({1000, 1})) == "tensor([1000.,    1.])");
  CHECK(format_tensor(vector_of({1001, 1})) == "tensor([1.0010e+03, 1.0000e+00])");
  CHECK(format_tensor(vector_of({1e8f})) == "tensor([100000000.])");
  CHECK(format_tensor(vector_of({100000008.0f})) == "tensor([1.0000e+08])");
  CHECK(format_tensor(vector_of({0.00011f})) == "tensor([0.0001])");
  // The float nearest to 0.0001 lies below it.
  CHECK(format_tensor(vector_of({0.0001f})) == "tensor([1.0000e-04])");
  CHECK(format_tensor(vector_of({kInf, -0.0f})) == "tensor([inf, -0.])");
  CHECK(format_tensor(vector_of({kNan, 1e-10f})) == "tensor([       nan, 1.0000e-10])");
  CHECK(format_tensor(vector_of({std::copysign(kNan, -1.0f)})) == "tensor([nan])");
}

TEST_CASE("scalars and empty shapes") {
  CHECK(format_tensor({{}, {kNan}}) == "tensor(nan)");
  CHECK(format_tensor({{}, {-2}}) == "tensor(-2.)");
  CHECK(format_tensor({{0}, {}}) == "tensor([])");
  CHECK(format_tensor({{0, 3, 1}, {}}) == "tensor([], size=(0, 3, 1))");
  // A size that would not fit into the line goes to the next.
  CHECK(format_tensor({std::vector<int64_t>(20, 0), {}}) ==
        "tensor([], size=(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))");
  CHECK(format_tensor({std::vector<int64_t>(21, 0), {}}) ==
        "tensor([],\n       size=(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))");
}

TEST_CASE("long tensors are abbreviated beyond a thousand elements") {
  Tensor counting = Tensor::filled({1001}, 0);
  for (size_t i = 0; i < counting.data.size(); ++i) counting.data[i] = static_cast<float>(i);
  CHECK(format_tensor(counting) == "tensor([   0.,    1.,    2.,  ...,  998.,  999., 1000.])");
  // What is not shown does not count for the notation.
  counting.data[500] = 0.25f;
  CHECK(format_tensor(counting) == "tensor([   0.,    1.,    2.,  ...,  998.,  999., 1000.])");
  CHECK(format_tensor(Tensor::filled({1000}, 0)).find("...") == std::string::npos);
  CHECK(format_tensor(Tensor::filled({2, 7, 100}, 1)) ==
        R"(tensor([[[1., 1., 1.,  ..., 1., 1., 1.],
         [1., 1., 1.,  ..., 1., 1., 1.],
         [1., 1., 1.,  ..., 1., 1., 1.],
         ...,
         [1., 1., 1.,  ..., 1., 1., 1.],
         [1., 1., 1.,  ..., 1., 1., 1.],
         [1., 1., 1.,  ..., 1., 1., 1.]],

        [[1., 1., 1.,  ..., 1., 1., 1.],
         [1., 1., 1.,  ..., 1., 1., 1.],
         [1., 1., 1.,  ..., 1., 1., 1.],
         ...,
         [1., 1., 1.,  ..., 1., 1., 1.],
         [1., 1., 1.,  ..., 1., 1., 1.],
         [1., 1., 1.,  ..., 1., 1., 1.]]]))");
}
