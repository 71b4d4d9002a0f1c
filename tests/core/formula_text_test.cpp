// What formulas leave as: TeX and PyTorch code; and what check_formula() finds out about them.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/formula/formula.h"

namespace {

lab::Formula parsed(std::string_view text) {
  lab::Result<lab::Formula> result = lab::parse_formula(text);
  REQUIRE_MESSAGE(result.ok(), text);
  return result.value();
}

lab::FormulaReport report(std::string_view text) {
  const lab::Formula formula = parsed(text);
  return lab::check_formula(formula, formula.default_params());
}

struct Written {
  std::string_view text, tex, derivative, pytorch;
};

// Positions of the kinks, jumps negated in the second list.
std::vector<double> positions(const lab::FormulaReport& found, bool jumps) {
  std::vector<double> at;
  for (const lab::FormulaKink& kink : found.kinks)
    if (kink.jump == jumps) at.push_back(kink.at);
  return at;
}

}  // namespace

TEST_CASE("formulas are written as textbooks and as PyTorch write them") {
  const Written table[] = {
      {"max(0,x)", "\\max(0, x)", "\\begin{cases} 1 & x > 0 \\\\ 0 & x \\le 0 \\end{cases}",
       "torch.relu(x)"},
      {"x*tanh(ln(1+exp(x)))", "x \\tanh(\\ln(1 + e^{x}))", "\\operatorname{Mish}'(x)",
       "x * torch.tanh(torch.log(1 + torch.exp(x)))"},
      {"x<0 ? 0.1*x : x", "\\begin{cases} 0.1 x & x < 0 \\\\ x & x \\ge 0 \\end{cases}",
       "\\begin{cases} 0.1 & x < 0 \\\\ 1 & x \\ge 0 \\end{cases}",
       "torch.where(x < 0, 0.1 * x, x)"},
      {"x/(1+exp(-b*x))", "\\frac{x}{1 + e^{-b x}}",
       "\\sigma(b x) + x b \\sigma(b x) (1 - \\sigma(b x))", "x / (1 + torch.exp(-{b} * x))"},
      {"(x+1)^2/3", "\\frac{(x + 1)^{2}}{3}", "\\frac{2}{3} (x + 1)", "(x + 1) ** 2 / 3"},
      {"1/x", "\\frac{1}{x}", "-\\frac{1}{x^{2}}", "1 / x"},
      {"clamp(x,-1,a)", "\\min(\\max(x, -1), a)",
       "\\begin{cases} 1 & x > -1 \\text{ and } \\max(x, -1) < a \\\\ 0 & \\text{else} "
       "\\end{cases}",
       "-torch.nn.functional.threshold(-(torch.nn.functional.threshold(x, -1.0, -1.0)), -({a}), "
       "-({a}))"},
      {"max(x, -x)", "\\max(x, -x)",
       "\\begin{cases} 1 & x > -x \\\\ -1 & x < -x \\\\ \\frac{1 - 1}{2} & x = -x \\end{cases}",
       "torch.maximum(x, -x)"},
      {"x > 0 and x < 2", "x > 0 \\text{ and } x < 2", "0", "((x > 0) & (x < 2)).to(x.dtype)"},
      {"a > 0 ? x : 2*x", "\\begin{cases} x & a > 0 \\\\ 2 x & a \\le 0 \\end{cases}",
       "\\begin{cases} 1 & 0 < a \\\\ 2 & 0 \\ge a \\end{cases}", "x if {a} > 0 else 2 * x"},
      {"exp(a)*x", "e^{a} x", "e^{a}", "torch.exp(torch.as_tensor({a})) * x"},
      {"sqrt(2/pi)*x", "\\sqrt{\\frac{2}{\\pi}} x", "0.7978846", "0.7978845608028654 * x"},
      {"3", "3", "0", "torch.full_like(x, 3)"},
      {"007.x + .5", "7 x + 0.5", "7", "7.0 * x + 0.5"},
      {"2*-x", "-2 x", "-2", "2 * -x"},
      {"-x^2", "-x^{2}", "-2 x", "-x ** 2"},
      {"(-x)^2", "(-x)^{2}", "2 x", "(-x) ** 2"},
      {"elu(x, a)", "\\operatorname{ELU}(x, a)",
       "\\begin{cases} 1 & x > 0 \\\\ a e^{x} & x \\le 0 \\end{cases}",
       "torch.nn.functional.elu(x, {a})"},
      {"|x|^1.5", "|x|^{1.5}", "1.5 \\sqrt{|x|} \\operatorname{sign}(x)", "torch.abs(x) ** 1.5"},
  };
  for (const Written& row : table) {
    CAPTURE(row.text);
    const lab::Formula formula = parsed(row.text);
    CHECK(lab::formula_tex(formula) == row.tex);
    CHECK(lab::formula_derivative_tex(formula) == row.derivative);
    CHECK(lab::formula_pytorch(formula) == row.pytorch);
  }
}

TEST_CASE("the report finds kinks and jumps where they are") {
  CHECK(positions(report("max(0,x)"), false) == std::vector<double>{0});
  CHECK(positions(report("clamp(x,-1,2)"), false) == std::vector<double>{-1, 2});
  CHECK(positions(report("||x|-0.3|"), false) == std::vector<double>{-0.3, 0, 0.3});
  CHECK(positions(report("x > 0.7"), true) == std::vector<double>{0.7});
  CHECK(positions(report("x<1 ? x : 2*x"), true) == std::vector<double>{1});
  CHECK(positions(report("cbrt(x)"), false) == std::vector<double>{0});  // a vertical tangent
  CHECK(positions(report("1/x"), true) == std::vector<double>{0});
  CHECK(report("x<0 ? x*x : 0").kinks.empty());  // the slopes meet
  CHECK(report("x*|x|").kinks.empty());
  CHECK(report("tanh(x)").kinks.empty());
  CHECK(report("floor(x)").kinks.size() == 20);
  CHECK(report("floor(9*x)").more_kinks);
}

TEST_CASE("the report's derivative check sees a right derivative as right") {
  for (const char* text :
       {"x*tanh(ln(1+exp(x)))", "1/x", "ln(x)", "sin(20*x)", "x^x", "cbrt(x)", "tan(x)",
        "sqrt(1-x^2)", "floor(x)*x", "exp(x)", "asin(x)", "|x|^1.5", "0.5*x*(1+erf(x/sqrt(2)))"}) {
    CAPTURE(text);
    const lab::FormulaReport found = report(text);
    CHECK(found.compared > 100);
    CHECK(found.worst_disagreement < 1e-7);
  }
}

TEST_CASE("the report describes the function on its sample") {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const lab::FormulaReport sigmoid = report("1/(1+exp(-x))");
  CHECK(sigmoid.left_limit == 0);
  CHECK(sigmoid.right_limit == 1);
  CHECK(sigmoid.increasing);
  CHECK_FALSE(sigmoid.decreasing);
  CHECK_FALSE(sigmoid.odd);
  CHECK(sigmoid.bounded_below);
  CHECK(sigmoid.bounded_above);
  CHECK(sigmoid.saturates_left);
  CHECK(sigmoid.saturates_right);
  // Its values on the sample end before 0 and 1, its range does not.
  CHECK(sigmoid.infimum == 0);
  CHECK(sigmoid.supremum == 1);
  CHECK_FALSE(sigmoid.min_attained);
  CHECK_FALSE(sigmoid.max_attained);
  CHECK_FALSE(report("erf(x)").max_attained);
  CHECK(report("max(0, x)").min_attained);
  CHECK(report("max(0, x)").infimum == 0);

  const lab::FormulaReport silu = report("x/(1+exp(-x))");
  CHECK(silu.min == doctest::Approx(-0.2784645).epsilon(1e-4));
  CHECK(silu.min_at == doctest::Approx(-1.28).epsilon(0.01));
  CHECK(silu.min_attained);
  CHECK(silu.right_limit == kInfinity);
  CHECK_FALSE(silu.increasing);
  CHECK_FALSE(silu.bounded_above);
  CHECK_FALSE(silu.saturates_right);

  CHECK(report("tanh(x)").odd);
  CHECK(report("-x").decreasing);
  for (const char* pole : {"1/x", "x/(x*x-2)"}) {
    CAPTURE(pole);
    CHECK_FALSE(report(pole).bounded_above);
    CHECK_FALSE(report(pole).bounded_below);
  }
  const lab::FormulaReport square = report("1/(x*x)");
  CHECK_FALSE(square.bounded_above);
  CHECK(square.bounded_below);
  CHECK(square.infimum == 0);
  CHECK_FALSE(square.min_attained);
  CHECK_FALSE(report("ln(1+|x|)").bounded_above);

  const lab::FormulaReport logarithm = report("ln(x)");
  REQUIRE(logarithm.not_finite.size() == 1);
  CHECK(logarithm.not_finite[0].from == -10);
  CHECK(logarithm.not_finite[0].to == doctest::Approx(0).epsilon(1e-9));
  CHECK(report("sqrt(x-1)").not_finite[0].to == doctest::Approx(1).epsilon(1e-9));
}
