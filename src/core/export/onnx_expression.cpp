#include "core/export/onnx_expression.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "core/formula/code.h"
#include "core/formula/formula_activation.h"
#include "core/json/json_value.h"

namespace lab {
namespace {

using formula::Op;

// What activations and operations of formulas have in common.
constexpr std::string_view kSilu = "Mul(x,Sigmoid(x))", kMish = "Mul(x,Tanh(Softplus(x)))",
                           kGelu = "Mul(Mul(x,0.5),Add(Erf(Mul(x,0.7071067811865476)),1))",
                           kGaussian = "Exp(Neg(Mul(x,x)))", kTanhshrink = "Sub(x,Tanh(x))",
                           kStep = "Cast(Greater(x,0))";

struct ActivationRow {
  std::string_view id, text;
};
constexpr ActivationRow kActivations[] = {
    {"identity", "Identity(x)"},
    {"relu", "Relu(x)"},
    {"leaky_relu", "LeakyRelu(x,alpha=a)"},
    {"prelu", "PRelu(x,a)"},
    {"rrelu", "PRelu(x,Mul(Add(a,b),0.5))"},
    {"relu6", "Clip(x,0,6)"},
    {"squared_relu", "Pow(Relu(x),2)"},
    {"threshold", "Where(Greater(x,a),x,b)"},
    {"elu", "Elu(x,alpha=a)"},
    {"celu", "Celu(x,alpha=a)"},
    {"selu", "Selu(x)"},
    {"sigmoid", "Sigmoid(x)"},
    {"logsigmoid", "Neg(Softplus(Neg(x)))"},
    {"tanh", "Tanh(x)"},
    {"arctan", "Atan(x)"},
    {"softsign", "Softsign(x)"},
    {"hardsigmoid", "HardSigmoid(x,alpha=0.16666666666666666)"},
    {"hardtanh", "Clip(x,a,b)"},
    {"sparse_sigmoid", "Clip(Mul(Add(x,1),0.5),0,1)"},
    {"step", kStep},
    {"silu", kSilu},
    {"mish", kMish},
    {"gelu", kGelu},
    {"gelu_tanh",
     "Mul(Mul(x,0.5),Add(Tanh(Mul(Add(x,Mul(Pow(x,3),0.044715)),0.7978845608028654)),1))"},
    {"quick_gelu", "Mul(x,Sigmoid(Mul(x,1.702)))"},
    {"hardswish", "HardSwish(x)"},
    {"softplus", "Where(Greater(Mul(x,a),b),x,Div(Softplus(Mul(x,a)),a))"},
    {"squareplus", "Mul(Add(x,Sqrt(Add(Mul(x,x),a))),0.5)"},
    {"sparse_plus", "Where(Less(x,1),Mul(Pow(Relu(Add(x,1)),2),0.25),x)"},
    {"exponential", "Exp(x)"},
    {"hardshrink", "Shrink(x,lambd=a)"},
    {"softshrink", "Shrink(x,lambd=a,bias=a)"},
    {"tanhshrink", kTanhshrink},
    {"sin", "Sin(x)"},
    {"snake", "Add(x,Div(Pow(Sin(Mul(x,a)),2),a))"},
    {"gaussian", kGaussian},
};

struct OpRow {
  Op op;
  std::string_view text;
};
// Without those that only derivatives and compiled programs consist of.
constexpr OpRow kOps[] = {
    {Op::absolute, "Abs(x)"},
    {Op::sign, "Sign(x)"},
    {Op::step, kStep},
    {Op::floor, "Floor(x)"},
    {Op::round, "Round(x)"},
    {Op::negate, "Neg(x)"},
    {Op::square_root, "Sqrt(x)"},
    {Op::cube_root, "Mul(Sign(x),Pow(Abs(x),0.3333333333333333))"},
    {Op::exp, "Exp(x)"},
    {Op::expm1, "Sub(Exp(x),1)"},
    {Op::ln, "Log(x)"},
    {Op::log1p, "Log(Add(x,1))"},
    {Op::log2, "Mul(Log(x),1.4426950408889634)"},
    {Op::log10, "Mul(Log(x),0.4342944819032518)"},
    {Op::sin, "Sin(x)"},
    {Op::cos, "Cos(x)"},
    {Op::tan, "Tan(x)"},
    {Op::asin, "Asin(x)"},
    {Op::acos, "Acos(x)"},
    {Op::atan, "Atan(x)"},
    {Op::sinh, "Sinh(x)"},
    {Op::cosh, "Cosh(x)"},
    {Op::asinh, "Asinh(x)"},
    {Op::tanh, "Tanh(x)"},
    {Op::sigmoid, "Sigmoid(x)"},
    {Op::softplus, "Softplus(x)"},
    {Op::silu, kSilu},
    {Op::mish, kMish},
    {Op::erf, "Erf(x)"},
    {Op::normal_cdf, "Mul(Add(Erf(Mul(x,0.7071067811865476)),1),0.5)"},
    {Op::gelu, kGelu},
    {Op::gaussian, kGaussian},
    {Op::softsign, "Softsign(x)"},
    {Op::tanhshrink, kTanhshrink},
    {Op::logical_not, "Cast(Equal(x,0))"},
    {Op::add, "Add(x,a)"},
    {Op::subtract, "Sub(x,a)"},
    {Op::multiply, "Mul(x,a)"},
    {Op::divide, "Div(x,a)"},
    {Op::power, "Pow(x,a)"},
    {Op::maximum, "Max(x,a)"},
    {Op::minimum, "Min(x,a)"},
    {Op::less, "Cast(Less(x,a))"},
    {Op::less_equal, "Cast(LessOrEqual(x,a))"},
    {Op::equal, "Cast(Equal(x,a))"},
    {Op::logical_and, "Cast(And(Not(Equal(x,0)),Not(Equal(a,0))))"},
    {Op::logical_or, "Cast(Or(Not(Equal(x,0)),Not(Equal(a,0))))"},
    {Op::select, "Where(Equal(x,0),b,a)"},
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Reads an expression of the tables above; they have no mistakes, so that none is looked for.
class ExpressionReader {
 public:
  ExpressionReader(OnnxGraph& graph, std::string_view text, std::span<const OnnxValue> args)
      : graph_(graph), rest_(text), args_(args) {}

  OnnxValue value() {
    if (const size_t length = json_number_length(rest_); length > 0) {
      return {static_cast<float>(*json_number(take(length)))};
    }
    const std::string_view name = take_name();
    if (name.size() > 1) return call(name);
    return args_[name[0] == 'x' ? 0 : static_cast<size_t>(name[0] - 'a') + 1];
  }

 private:
  // "(…)" behind an operator's name.
  OnnxValue call(std::string_view op) {
    std::vector<OnnxValue> inputs;
    std::vector<OnnxGraph::Attribute> attributes;
    for (char c = '('; c != ')'; c = rest_[0]) {
      take(1);
      const size_t equals = rest_.find_first_of("=,()");
      if (rest_[equals] == '=') {
        const std::string_view name = take(equals);
        take(1);
        attributes.push_back({name, value().number});
      } else {
        inputs.push_back(value());
      }
    }
    take(1);
    // Truth values become float32 (1 in TensorProto.DataType).
    if (op == "Cast") attributes.push_back({"to", 1, true});
    return graph_.node(op, inputs, attributes);
  }

  std::string_view take_name() {
    size_t length = 0;
    while (length < rest_.size() && is_letter(rest_[length])) ++length;
    return take(length);
  }
  std::string_view take(size_t length) {
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return taken;
  }

  OnnxGraph& graph_;
  std::string_view rest_;
  std::span<const OnnxValue> args_;
};

// A formula operation by operation.
OnnxValue add_formula(OnnxGraph& graph, const formula::Code& code, const ActivationParams& params,
                      OnnxValue x) {
  std::vector<OnnxValue> values(code.graph.size());
  for (const formula::NodeId id : code.value_order) {
    const formula::Node& node = code.graph[id];
    if (node.op == Op::variable) {
      values[id] = x;
    } else if (node.op == Op::constant) {
      values[id].number = static_cast<float>(node.number);
    } else if (node.op == Op::parameter) {
      values[id].number = params[static_cast<size_t>(node.number)];
    } else {
      std::vector<OnnxValue> operands;
      for (size_t i = 0; i < formula::arity(node.op); ++i) operands.push_back(values[node.in[i]]);
      values[id] =
          add_expression(graph, std::ranges::find(kOps, node.op, &OpRow::op)->text, operands);
    }
  }
  const OnnxValue result = values[code.value];
  if (code.graph[code.value].varies) return result;
  const OnnxValue both[] = {result, x};
  return add_expression(graph, "Expand(x,Shape(a))", both);
}

}  // namespace

std::string_view onnx_expression(const Activation& activation) {
  const auto* row = std::ranges::find(kActivations, activation.id, &ActivationRow::id);
  return row == std::end(kActivations) ? std::string_view() : row->text;
}

OnnxValue add_expression(OnnxGraph& graph, std::string_view text, std::span<const OnnxValue> args) {
  return ExpressionReader(graph, text, args).value();
}

OnnxValue add_activation(OnnxGraph& graph, const Activation& activation,
                         const ActivationParams& params, OnnxValue x) {
  if (activation.custom) {
    // The only rows made at run time are those of formulas.
    const auto& custom = static_cast<const FormulaActivation&>(*activation.custom);
    return add_formula(graph, custom.formula().code(), params, x);
  }
  std::vector<OnnxValue> args = {x};
  for (const float param : params) args.push_back({param});
  return add_expression(graph, onnx_expression(activation), args);
}

}  // namespace lab
