#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "../accuracy/ulp.h"
#include "core/activation/activation.h"

// The judges from outside: values and derivatives of every activation made with PyTorch and mpmath.

namespace {

using namespace lab;

const std::string kFolder = std::string(LAB_GOLDEN_DIR) + "/activations/";

struct Golden {
  std::vector<float> x;
  std::vector<double> value, derivative;
};

Golden read_golden(const std::string& file) {
  std::ifstream in(kFolder + file);
  REQUIRE(in.good());
  Golden golden;
  std::string line;
  std::getline(in, line);
  REQUIRE(line == "x_bits,f,df");
  while (std::getline(in, line)) {
    char* end = nullptr;
    const auto pattern = static_cast<uint32_t>(std::strtoul(line.c_str(), &end, 16));
    golden.x.push_back(std::bit_cast<float>(pattern));
    golden.value.push_back(std::strtod(end + 1, &end));
    golden.derivative.push_back(std::strtod(end + 1, nullptr));
  }
  REQUIRE(golden.x.size() > 50);
  return golden;
}

nlohmann::json index() {
  std::ifstream in(kFolder + "index.json");
  REQUIRE(in.good());
  return nlohmann::json::parse(in);
}

ActivationParams params_of(const Activation& row, const nlohmann::json& given) {
  ActivationParams params = row.default_params();
  for (const auto& [id, value] : given.items()) {
    bool found = false;
    for (size_t i = 0; i < row.params.size(); ++i) {
      if (row.params[i].id != id) continue;
      params[i] = value.get<float>();
      found = true;
    }
    CHECK_MESSAGE(found, row.id, " has no parameter ", id);
  }
  return params;
}

// The oracle is right to a millionth of what a float resolves. The files write what lies far below
// the smallest float as 0.
bool close_in_double(double got, double exact) {
  if (std::isinf(exact) || std::isinf(got)) return got == exact;
  return std::fabs(got - exact) <= 1e-13 * std::fabs(exact) + 1e-50;
}

void check_oracle(const Activation& row, const ActivationParams& params, const Golden& golden) {
  for (size_t i = 0; i < golden.x.size(); ++i) {
    const auto x = static_cast<double>(golden.x[i]);
    const double value = row.reference_value(params, x);
    const double derivative = row.reference_derivative(params, x);
    CHECK_MESSAGE(close_in_double(value, golden.value[i]), row.id, " f(", x, ") = ", value,
                  ", not ", golden.value[i]);
    // Near a zero of f' the terms cancel in double too.
    const bool near = accuracy::near_derivative_zero(row, x, golden.derivative[i]);
    const double slack = near ? 1e-14 : 0;
    CHECK_MESSAGE((close_in_double(derivative, golden.derivative[i]) ||
                   std::fabs(derivative - golden.derivative[i]) <= slack),
                  row.id, " f'(", x, ") = ", derivative, ", not ", golden.derivative[i]);
  }
}

// 4 and 8 units in the last place at any parameters; near a zero of f' 2^-22.
void check_kernels(const Activation& row, const ActivationParams& params, const Golden& golden) {
  std::vector<float> y(golden.x.size()), d(golden.x.size());
  row.value(params, golden.x, y);
  row.derivative(params, golden.x, d);
  for (size_t i = 0; i < golden.x.size(); ++i) {
    const auto x = static_cast<double>(golden.x[i]);
    const double value_ulp = accuracy::ulp_error(y[i], golden.value[i]);
    CHECK_MESSAGE(value_ulp <= 4, row.id, " f(", x, ") = ", y[i], ": ", value_ulp, " ULP from ",
                  golden.value[i]);
    const double slope_ulp = accuracy::ulp_error(d[i], golden.derivative[i]);
    const double slope_error = std::fabs(static_cast<double>(d[i]) - golden.derivative[i]);
    CHECK_MESSAGE(
        (slope_ulp <= 8 || (accuracy::near_derivative_zero(row, x, golden.derivative[i]) &&
                            slope_error <= accuracy::kNearZeroTolerance)),
        row.id, " f'(", x, ") = ", d[i], ": ", slope_ulp, " ULP from ", golden.derivative[i]);
  }
}

}  // namespace

TEST_CASE("activations: oracle and kernels agree with the golden files") {
  for (const auto& entry : index()) {
    const std::string id = entry["id"], file = entry["file"];
    CAPTURE(file);
    const Activation* row = find_activation(id);
    REQUIRE(row);
    const ActivationParams params = params_of(*row, entry["params"]);
    const Golden golden = read_golden(file);
    check_oracle(*row, params, golden);
    check_kernels(*row, params, golden);
  }
}

TEST_CASE("activations: the golden files know every row, its kinks and its default parameters") {
  size_t with_defaults = 0;
  for (const auto& entry : index()) {
    const Activation* row = find_activation(entry["id"].get<std::string>());
    REQUIRE(row);
    if (entry["file"] != entry["id"].get<std::string>() + ".csv") continue;
    ++with_defaults;
    CAPTURE(row->id);
    CHECK(params_of(*row, entry["params"]) == row->default_params());
    CHECK(entry["params"].size() == row->params.size());
    CHECK(row->kink_positions(row->default_params()) == entry["kinks"].get<std::vector<double>>());
  }
  CHECK(with_defaults == activations().size());
}
