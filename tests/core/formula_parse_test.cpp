// Reading formulas: what is accepted and what it means, and every error with its column.

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <set>
#include <string>
#include <string_view>

#include "core/formula/code.h"
#include "core/formula/formula.h"

namespace {

lab::Formula parsed(std::string_view text) {
  lab::Result<lab::Formula> result = lab::parse_formula(text);
  REQUIRE_MESSAGE(result.ok(), text);
  return result.value();
}

double value_at(std::string_view text, double x) {
  const lab::Formula formula = parsed(text);
  return formula.reference_value(formula.default_params(), x);
}

struct Meaning {
  std::string_view text;
  double x, value;
};

struct Fault {
  std::string_view text, code;
  int column;
};

}  // namespace

TEST_CASE("formulas mean what mathematics and Python mean by them") {
  constexpr double e = std::numbers::e, pi = std::numbers::pi;
  const Meaning table[] = {
      {"x", 3, 3},
      {"1+2*3", 0, 7},
      {"1 - 2 - 3", 0, -4},
      {"8/4/2", 0, 1},
      {"-x^2", 3, -9},
      {"2^-x", 2, 0.25},
      {"2^3^2", 0, 512},
      {"2**3", 0, 8},
      {".5x", 4, 2},
      {"1e-3", 0, 0.001},
      {"1.5E2", 0, 150},
      {"2e", 0, 2 * e},
      {"2x", 5, 10},
      {"2(x+1)", 5, 12},
      {"(x+1)(x-1)", 3, 8},
      {"(x+1)x", 3, 12},
      {"2x^2", 3, 18},
      {"3x²", 2, 12},
      {"x³x", 2, 16},
      {"2 pi", 0, 2 * pi},
      {"π", 0, pi},
      {"X", 7, 7},
      {"|x|", -3, 3},
      {"||x|-1|", 0.25, 0.75},
      {"|x|x", -3, -9},
      {"x<1", 0, 1},
      {"x<1", 1, 0},
      {"x<=1", 1, 1},
      {"x≤1", 1, 1},
      {"x>1", 2, 1},
      {"x≥2", 2, 1},
      {"x==2", 2, 1},
      {"x!=2", 2, 0},
      {"x≠2", 3, 1},
      {"0<x<1", 0.5, 1},
      {"0<x<1", 2, 0},
      {"x>0 and x<1", 0.5, 1},
      {"x>0 && x<1", 3, 0},
      {"x<0 or x>1", 3, 1},
      {"x<0 || x>1", 0.5, 0},
      {"not x<0", 1, 1},
      {"!(x<0)", -1, 0},
      {"x<0 ? 0.1*x : x", -2, -0.2},
      {"x<-1 ? 1 : x<1 ? 2 : 3", 0, 2},
      {"if(x<0, 1, 2)", -1, 1},
      {"where(x<0, 1, 2)", 1, 2},
      {"max(0, x)", -1, 0},
      {"max(x, 2, 5, 3)", 1, 5},
      {"Max(x, 2)", 1, 2},
      {"min(x, 2)", 1, 1},
      {"clamp(x, -1, 1)", 3, 1},
      {"clip(x, -1, 1)", -3, -1},
      {"pow(x, 3)", 2, 8},
      {"log(x)", e, 1},
      {"ln(x)", e, 1},
      {"ReLU(x)", -2, 0},
      {"leaky_relu(x)", -2, -0.02},
      {"leaky_relu(x, 0.25)", -2, -0.5},
      {"erfc(x)", 0.5, std::erfc(0.5)},
      {"floor(x)", -1.5, -2},
      {"ceil(x)", -1.5, -1},
      {"round(x)", 2.5, 2},
      {"√(x)", 9, 3},
      {"σ(x)", 0, 0.5},
      {"2−x·3÷6", 4, 0},
      {"2×x", 4, 8},
      {"（x＋1）／2", 3, 2},
      {"max（0，x）", 3, 3},
      {"x＜0？1：2", 3, 2},
      {"a=0.1； a*x", 2, 0.1 * 2},
      {"alpha=1/4; beta = -2; alpha*x + beta", 4, -1},
      {"a*x", 4, 4},
      {"sin(pi*x)", 0.5, 1},
      {"+x", 2, 2},
      {"--x", 2, 2},
      {"x\n+ 1", 2, 3},
  };
  for (const Meaning& row : table) {
    CAPTURE(row.text);
    CHECK(value_at(row.text, row.x) == doctest::Approx(row.value).epsilon(1e-7));
  }
}

TEST_CASE("every error of formulas is reported where it is") {
  const Fault table[] = {
      {"", "formula.empty", 1},
      {"  ", "formula.empty", 1},
      {"x + #", "formula.bad_character", 5},
      {"π·x + 好", "formula.bad_character", 7},
      {"1 + 2..3", "formula.bad_number", 5},
      {"x*.", "formula.bad_number", 3},
      {"x + 1e99", "formula.number_range", 5},
      {"x + * 2", "formula.expected_operand", 5},
      {"max(0, )", "formula.expected_operand", 8},
      {"x and", "formula.unexpected_end", 6},
      {"x +", "formula.unexpected_end", 4},
      {"x)", "formula.unexpected", 2},
      {"x, 2", "formula.unexpected", 2},
      {"(x; 2)", "formula.expected", 3},
      {"|x", "formula.unclosed", 3},
      {"(x", "formula.unclosed", 3},
      {"x ? 1", "formula.unclosed", 6},
      {"x x", "formula.missing_operator", 3},
      {"2 3", "formula.missing_operator", 3},
      {"x 2", "formula.missing_operator", 3},
      {"x(x+1)", "formula.value_called", 2},
      {"a(x+1)", "formula.value_called", 2},
      {"1 + sigmiod(x)", "formula.unknown_function", 5},
      {"tanh x", "formula.function_without_arguments", 1},
      {"x + sin", "formula.function_without_arguments", 5},
      {"max(x)", "formula.argument_count", 1},
      {"1+tanh(x, 2)", "formula.argument_count", 3},
      {"elu(x, x)", "formula.argument_varies", 1},
      {"1/2x", "formula.ambiguous_product", 4},
      {"x/(2)(x)", "formula.ambiguous_product", 6},
      {"2^3x", "formula.ambiguous_product", 4},
      {"0 < 2x < 1", "formula.chained_comparison", 8},
      {"x = 2", "formula.reserved_name", 1},
      {"tanh = 2; x", "formula.reserved_name", 1},
      {"x < 0 ? y = 1 : 2", "formula.single_equals", 11},
      {"a=1; a=2; x", "formula.declared_twice", 6},
      {"a=x; a", "formula.declaration_not_constant", 3},
      {"a=1/0; a", "formula.declaration_not_constant", 3},
      {"a*b*c*d*f*x", "formula.too_many_parameters", 9},
      {"αβγδε", "formula.missing_operator", 2},
      {"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", "formula.name_too_long", 1},
  };
  std::set<std::string> reported;
  for (const Fault& row : table) {
    CAPTURE(row.text);
    const lab::Result<lab::Formula> result = lab::parse_formula(row.text);
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().code == row.code);
    CHECK(result.error().column == row.column);
    CHECK(result.error().message(lab::Language::en).find('{') == std::string::npos);
    reported.insert(result.error().code);
  }
  reported.insert({"formula.too_long", "formula.too_large", "formula.too_deep"});  // below
  for (const lab::ErrorKind& kind : lab::error_kinds()) {
    if (kind.code.starts_with("formula."))
      CHECK_MESSAGE(reported.contains(std::string(kind.code)), kind.code);
  }
}

TEST_CASE("an unknown function's error names the nearest known one") {
  const auto suggestion = [](std::string_view text) {
    return lab::parse_formula(text).error().args.at(1);
  };
  CHECK(suggestion("sigmiod(x)") == "sigmoid");
  CHECK(suggestion("thanh(x)") == "tanh");
  CHECK(suggestion("logg(x)") == "log");
  CHECK(suggestion("Softpluss(x)") == "softplus");
}

TEST_CASE("parameters have names, defaults and ranges") {
  const lab::Formula formula = parsed("slope=0.25; slope*x + lambda + w_in + α2");
  REQUIRE(formula.params().size() == 4);
  CHECK(formula.params()[0].id == "slope");
  CHECK(formula.params()[0].fallback == 0.25f);
  CHECK(formula.params()[0].symbol == "\\mathrm{slope}");
  CHECK(formula.params()[1].id == "lambda_");  // Python keeps “lambda” to itself
  CHECK(formula.params()[1].fallback == 1.0f);
  CHECK(formula.params()[1].symbol == "\\lambda");
  CHECK(formula.params()[2].symbol == "w_{\\mathrm{in}}");
  CHECK(formula.params()[3].id == "alpha2");
  CHECK(formula.params()[3].symbol == "\\alpha_{\\mathrm{2}}");
  for (const lab::FormulaParam& param : formula.params()) {
    CHECK(param.min < param.fallback);
    CHECK(param.fallback < param.max);
  }
}

TEST_CASE("hostile text is refused at a bounded size") {
  const auto code_of = [](const std::string& text) {
    const lab::Result<lab::Formula> result = lab::parse_formula(text);
    return result.ok() ? std::string("accepted") : result.error().code;
  };
  const auto repeated = [](std::string_view part, size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) text += part;
    return text;
  };
  CHECK(code_of(std::string(5'000'000, '(')) == "formula.too_long");
  CHECK(code_of(std::string(2000, '(')) == "formula.too_deep");
  CHECK(code_of(std::string(2000, '-')) == "formula.too_deep");
  CHECK(code_of(std::string(2000, '!')) == "formula.too_deep");
  CHECK(code_of(std::string(2000, '|')) == "formula.too_deep");
  CHECK(code_of(repeated("x?", 900)) == "formula.too_deep");
  CHECK(code_of(repeated("2^", 900)) == "formula.too_deep");
  CHECK(code_of(repeated("not ", 450)) == "formula.too_deep");
  CHECK(code_of(repeated("x+", 900) + "x") == "formula.too_large");
  CHECK(code_of(repeated("x<", 900) + "x") == "formula.too_large");
  CHECK(code_of(std::string(2000, '9')) == "formula.number_range");
  CHECK(code_of("1e" + std::string(1900, '9')) == "formula.number_range");
  CHECK(code_of(repeated("p=1;", 450)) == "formula.declared_twice");
  CHECK(code_of(std::string(1000, '\0')) == "formula.bad_character");
  CHECK(code_of(repeated("\xff\xc0", 900)) == "formula.bad_character");
}

TEST_CASE("the deepest formulas that are accepted stay small") {
  const auto nested = [](std::string_view open, std::string_view close, int depth) {
    std::string text = "x";
    for (int i = 0; i < depth; ++i) text = std::string(open) + text + std::string(close);
    return text;
  };
  const std::string hostile[] = {
      nested("tanh(", ")", 40),     nested("softsign(", ")", 40), nested("sin(x*", ")", 40),
      nested("cbrt(x+", ")", 40),   nested("mish(x+", ")", 40),   nested("max(-x,", ")", 40),
      nested("(", ")^2", 40),       nested("(x^", ")", 30),       nested("gelu(silu(", "))", 20),
      nested("x<0?x:(", ")*2", 30), nested("1/(1+x*", ")", 40),
  };
  for (const std::string& text : hostile) {
    CAPTURE(text);
    const lab::Formula formula = parsed(text);
    CHECK(formula.code().graph.size() < 8000);
    CHECK(formula.code().second_program.per_block.size() < 6000);
    CHECK(lab::formula_tex(formula).size() < 20'000);
    CHECK(lab::formula_derivative_tex(formula).size() < 20'000);
    CHECK(lab::formula_pytorch(formula).size() < 10'000);
  }
}
