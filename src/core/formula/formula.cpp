#include "core/formula/formula.h"

#include <algorithm>
#include <cmath>

#include "core/formula/code.h"
#include "core/formula/lexer.h"
#include "core/formula/tex.h"

namespace lab {
namespace {

using formula::Code;

void run_program(const formula::Program& program, const ActivationParams& params,
                 std::span<const float> x, std::span<float* const> outputs) {
  formula::run(program, formula::op_table(simd::best_isa()), params, x, outputs);
}

std::vector<FormulaParam> describe_params(const formula::Ast& ast) {
  std::vector<FormulaParam> params;
  for (const formula::AstParam& param : ast.params) {
    const auto fallback = static_cast<float>(param.fallback);
    const float reach = 4 * std::max(1.0f, std::fabs(fallback));
    params.push_back({param.name, formula::parameter_tex(param.name), fallback, -reach, reach});
  }
  return params;
}

void build_expressions(Code& code) {
  formula::Graph& graph = code.graph;
  code.value = formula::lower(code.ast, code.ast.root, graph);
  code.derivative = formula::differentiate(graph, code.value);
  code.second = formula::differentiate(graph, code.derivative);
}

void build_programs(Code& code) {
  const auto program = [&](std::vector<formula::NodeId> roots) {
    return formula::compile(code.graph, roots);
  };
  code.value_program = program({code.value});
  code.derivative_program = program({code.derivative});
  code.both_program = program({code.value, code.derivative});
  code.second_program = program({code.second});
  code.value_order = code.graph.reachable({&code.value, 1});
  code.derivative_order = code.graph.reachable({&code.derivative, 1});
  code.second_order = code.graph.reachable({&code.second, 1});
}

}  // namespace

namespace formula {

double reference(const Code& code, NodeId root, const std::vector<NodeId>& order,
                 const ActivationParams& params, double x) {
  if (std::isnan(x)) return x;
  std::vector<double> values;
  code.graph.evaluate(order, params, x, values);
  if (!std::isinf(x)) return values[root];
  for (size_t i = 0; i < kStandIns.size() && std::isnan(values[root]); ++i)
    code.graph.evaluate(order, params, std::copysign(static_cast<double>(kStandIns[i]), x), values);
  return values[root];
}

}  // namespace formula

Result<Formula> parse_formula(std::string_view text) {
  Result<formula::Ast> ast = formula::parse(text);
  if (!ast) return ast.error();
  auto code = std::make_shared<Code>();
  code->text = text;
  code->ast = std::move(ast.value());
  code->params = describe_params(code->ast);
  build_expressions(*code);
  if (code->graph.full()) {
    return formula::formula_error("formula.too_large", 1,
                                  {std::to_string(formula::Graph::kMaxNodes)});
  }
  build_programs(*code);
  return Formula(std::move(code));
}

const std::string& Formula::text() const {
  return code_->text;
}

std::span<const FormulaParam> Formula::params() const {
  return code_->params;
}

ActivationParams Formula::default_params() const {
  ActivationParams values{};
  for (size_t i = 0; i < code_->params.size(); ++i) values[i] = code_->params[i].fallback;
  return values;
}

void Formula::value(const ActivationParams& params, std::span<const float> x,
                    std::span<float> y) const {
  float* const outputs[] = {y.data()};
  run_program(code_->value_program, params, x, outputs);
}

void Formula::derivative(const ActivationParams& params, std::span<const float> x,
                         std::span<float> d) const {
  float* const outputs[] = {d.data()};
  run_program(code_->derivative_program, params, x, outputs);
}

void Formula::value_and_derivative(const ActivationParams& params, std::span<const float> x,
                                   std::span<float> y, std::span<float> d) const {
  float* const outputs[] = {y.data(), d.data()};
  run_program(code_->both_program, params, x, outputs);
}

void Formula::second_derivative(const ActivationParams& params, std::span<const float> x,
                                std::span<float> dd) const {
  float* const outputs[] = {dd.data()};
  run_program(code_->second_program, params, x, outputs);
}

double Formula::reference_value(const ActivationParams& params, double x) const {
  return reference(*code_, code_->value, code_->value_order, params, x);
}

double Formula::reference_derivative(const ActivationParams& params, double x) const {
  return reference(*code_, code_->derivative, code_->derivative_order, params, x);
}

double Formula::reference_second_derivative(const ActivationParams& params, double x) const {
  return reference(*code_, code_->second, code_->second_order, params, x);
}

}  // namespace lab
