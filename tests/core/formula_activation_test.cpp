#include "core/formula/formula_activation.h"

#include <doctest/doctest.h>

#include <cmath>

#include "core/chain.h"
#include "core/pytorch_code.h"

using namespace lab;

TEST_CASE("a formula stands in a chain as a registered activation does") {
  FormulaLibrary library;
  const auto leaky = library.add("a=0.1; x<0 ? a*x : x");
  REQUIRE(leaky.ok());
  const Activation& row = leaky.value()->row();
  const Chain chain = {{&row, row.default_params()}};
  const Tensor input{{4}, {-2, -1, 0.5f, 3}};
  const auto stages = forward(chain, input);
  CHECK(stages[1].data == std::vector<float>{-0.2f, -0.1f, 0.5f, 3});
  CHECK(backward_of_sum(chain, stages)[0].data == std::vector<float>{0.1f, 0.1f, 1, 1});
  const std::string code = chain_to_pytorch(chain, input, false);
  CHECK(code.find("nn.Module") != std::string::npos);
  CHECK(code.find("torch.where") != std::string::npos);
}

TEST_CASE("a formula's row agrees with its reference and knows its kinks for any parameter") {
  FormulaLibrary library;
  const auto made = library.add("max(0, x - b)");
  REQUIRE(made.ok());
  const Activation& row = made.value()->row();
  REQUIRE(row.params.size() == 1);
  ActivationParams params = row.default_params();
  for (float b : {1.0f, -0.5f}) {
    params[0] = b;
    const auto kinks = row.kink_positions(params);
    REQUIRE(kinks.size() == 1);
    CHECK(kinks[0] == doctest::Approx(static_cast<double>(b)));
    const float x = 2;
    float y = 0, d = 0;
    row.evaluate(params, {&x, 1}, {&y, 1});
    row.differentiate(params, {&x, 1}, {&d, 1});
    CHECK(static_cast<double>(y) == doctest::Approx(row.exact_value(params, 2)));
    CHECK(static_cast<double>(d) == doctest::Approx(row.exact_derivative(params, 2)));
  }
}

TEST_CASE("the library keeps one row for one text and passes errors on") {
  FormulaLibrary library;
  const auto first = library.add("x*x");
  REQUIRE(first.ok());
  CHECK(library.add("x*x").value() == first.value());
  CHECK(library.all().size() == 1);
  CHECK(library.find(first.value()->row()) == first.value());
  CHECK(library.find(activations()[0]) == nullptr);
  // Forgotten, it is off the list; whoever has it keeps it, and no other formula gets its id.
  const Activation& row = first.value()->row();
  library.forget(row);
  CHECK(library.all().empty());
  CHECK(library.find(row) == first.value());
  CHECK(row.exact_value(row.default_params(), 3) == 9);
  CHECK(library.add("x+1").value()->row().id == "formula_2");
  CHECK(library.add("x*x").value() == first.value());
  CHECK(library.all().size() == 2);
  library.forget(library.add("x+1").value()->row());
  const auto bad = library.add("x +* 2");
  REQUIRE_FALSE(bad.ok());
  CHECK(bad.error().column == 4);
  CHECK(library.all().size() == 1);
}
