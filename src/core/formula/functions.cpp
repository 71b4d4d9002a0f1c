#include "core/formula/functions.h"

#include <algorithm>
#include <string>
#include <vector>

namespace lab::formula {
namespace {

using Args = std::span<const NodeId>;

template <Op op>
NodeId unary(Graph& g, Args a) {
  return g.make(op, a[0]);
}
template <Op op>
NodeId fold(Graph& g, Args a) {
  NodeId result = a[0];
  for (const NodeId next : a.subspan(1)) result = g.make(op, result, next);
  return result;
}
NodeId bounded(Graph& g, NodeId u, NodeId low, NodeId high) {
  return g.make(Op::minimum, g.make(Op::maximum, u, low), high);
}
NodeId clamp(Graph& g, Args a) {
  return bounded(g, a[0], a[1], a[2]);
}
NodeId choose(Graph& g, Args a) {
  return g.make(Op::select, a[0], a[1], a[2]);
}
NodeId power(Graph& g, Args a) {
  return g.make(Op::power, a[0], a[1]);
}
NodeId exp2(Graph& g, Args a) {
  return g.make(Op::power, g.number(2), a[0]);
}
NodeId ceil(Graph& g, Args a) {
  return g.make(Op::negate, g.make(Op::floor, g.make(Op::negate, a[0])));
}
NodeId erfc(Graph& g, Args a) {
  return g.make(Op::subtract, g.number(1), g.make(Op::erf, a[0]));
}
NodeId relu(Graph& g, Args a) {
  return g.make(Op::maximum, a[0], g.number(0));
}
NodeId relu6(Graph& g, Args a) {
  return bounded(g, a[0], g.number(0), g.number(6));
}
NodeId hardtanh(Graph& g, Args a) {
  return bounded(g, a[0], g.number(-1), g.number(1));
}
NodeId hardsigmoid(Graph& g, Args a) {
  const NodeId shifted = g.make(Op::add, a[0], g.number(3));
  return g.make(Op::divide, bounded(g, shifted, g.number(0), g.number(6)), g.number(6));
}
NodeId hardswish(Graph& g, Args a) {
  return g.make(Op::multiply, a[0], hardsigmoid(g, a));
}
// a[0] where it is positive, else `left`.
NodeId rising(Graph& g, NodeId u, NodeId left) {
  return g.make(Op::select, g.make(Op::less, g.number(0), u), u, left);
}
NodeId leaky_relu(Graph& g, Args a) {
  return rising(g, a[0], g.make(Op::multiply, a[1], a[0]));
}
NodeId elu(Graph& g, Args a) {
  return rising(g, a[0], g.make(Op::multiply, a[1], g.make(Op::expm1, a[0])));
}
NodeId celu(Graph& g, Args a) {
  const NodeId inner = g.make(Op::expm1, g.make(Op::divide, a[0], a[1]));
  return rising(g, a[0], g.make(Op::multiply, a[1], inner));
}
NodeId selu(Graph& g, Args a) {
  const NodeId alpha = g.number(1.6732632423543772848170429916717);
  const NodeId both[] = {a[0], alpha};
  return g.make(Op::multiply, g.number(1.0507009873554804934193349852946), elu(g, both));
}
NodeId hardshrink(Graph& g, Args a) {
  const NodeId inside = g.make(Op::less_equal, g.make(Op::absolute, a[0]), a[1]);
  return g.make(Op::select, inside, g.number(0), a[0]);
}
NodeId softshrink(Graph& g, Args a) {
  const NodeId low = g.make(Op::negate, a[1]);
  const NodeId left =
      g.make(Op::select, g.make(Op::less, a[0], low), g.make(Op::add, a[0], a[1]), g.number(0));
  return g.make(Op::select, g.make(Op::less, a[1], a[0]), g.make(Op::subtract, a[0], a[1]), left);
}
NodeId threshold(Graph& g, Args a) {
  return g.make(Op::select, g.make(Op::less, a[1], a[0]), a[0], a[2]);
}
NodeId logsigmoid(Graph& g, Args a) {
  return g.make(Op::ln, g.make(Op::sigmoid, a[0]));
}
NodeId quick_gelu(Graph& g, Args a) {
  const NodeId v = g.make(Op::multiply, g.number(1.702), a[0]);
  return g.make(Op::multiply, a[0], g.make(Op::sigmoid, v));
}
NodeId gelu_tanh(Graph& g, Args a) {
  const NodeId cube = g.make(Op::power, a[0], g.number(3));
  const NodeId inner = g.make(Op::add, a[0], g.make(Op::multiply, g.number(0.044715), cube));
  const NodeId v = g.make(Op::multiply, g.number(1.5957691216057307118), inner);
  return g.make(Op::multiply, a[0], g.make(Op::sigmoid, v));
}

#define LAB_F "torch.nn.functional."
constexpr FunctionRow kRows[] = {
    {"abs", 1, 1, "|{0}|", "torch.abs({0})", unary<Op::absolute>},
    {"sign sgn", 1, 1, "\\operatorname{sign}({0})", "torch.sign({0})", unary<Op::sign>},
    {"step heaviside", 1, 1, "\\operatorname{step}({0})", "torch.where({0} > 0, 1.0, 0.0)",
     unary<Op::step>},
    {"floor", 1, 1, "\\operatorname{floor}({0})", "torch.floor({0})", unary<Op::floor>},
    {"ceil", 1, 1, "\\operatorname{ceil}({0})", "torch.ceil({0})", ceil},
    {"round", 1, 1, "\\operatorname{round}({0})", "torch.round({0})", unary<Op::round>},
    {"max maximum", 2, 8, "\\max", "", fold<Op::maximum>, Form::maximum},
    {"min minimum", 2, 8, "\\min", "", fold<Op::minimum>, Form::minimum},
    {"clamp clip", 3, 3, "\\min(\\max({0}, {1}), {2})", "", clamp, Form::clamp},
    {"if where", 3, 3, "", "", choose, Form::choose},
    {"pow power", 2, 2, "", "", power, Form::power},
    {"sqrt", 1, 1, "\\sqrt{{0}}", "torch.sqrt({0})", unary<Op::square_root>},
    {"cbrt", 1, 1, "\\operatorname{cbrt}({0})",
     "(lambda u: torch.sign(u) * torch.abs(u) ** (1 / 3))({0})", unary<Op::cube_root>},
    {"exp", 1, 1, "e^{{0}}", "torch.exp({0})", unary<Op::exp>},
    {"exp2", 1, 1, "2^{{0}}", "torch.exp2({0})", exp2},
    {"expm1", 1, 1, "\\operatorname{expm1}({0})", "torch.expm1({0})", unary<Op::expm1>},
    {"ln log", 1, 1, "\\ln({0})", "torch.log({0})", unary<Op::ln>},
    {"log2", 1, 1, "\\operatorname{log}_{2}({0})", "torch.log2({0})", unary<Op::log2>},
    {"log10", 1, 1, "\\operatorname{log}_{10}({0})", "torch.log10({0})", unary<Op::log10>},
    {"log1p", 1, 1, "\\operatorname{log1p}({0})", "torch.log1p({0})", unary<Op::log1p>},
    {"sin", 1, 1, "\\sin({0})", "torch.sin({0})", unary<Op::sin>},
    {"cos", 1, 1, "\\cos({0})", "torch.cos({0})", unary<Op::cos>},
    {"tan", 1, 1, "\\operatorname{tan}({0})", "torch.tan({0})", unary<Op::tan>},
    {"asin arcsin", 1, 1, "\\operatorname{arcsin}({0})", "torch.asin({0})", unary<Op::asin>},
    {"acos arccos", 1, 1, "\\operatorname{arccos}({0})", "torch.acos({0})", unary<Op::acos>},
    {"atan arctan", 1, 1, "\\arctan({0})", "torch.atan({0})", unary<Op::atan>},
    {"sinh", 1, 1, "\\operatorname{sinh}({0})", "torch.sinh({0})", unary<Op::sinh>},
    {"cosh", 1, 1, "\\operatorname{cosh}({0})", "torch.cosh({0})", unary<Op::cosh>},
    {"tanh", 1, 1, "\\tanh({0})", "torch.tanh({0})", unary<Op::tanh>},
    {"asinh arcsinh", 1, 1, "\\operatorname{arsinh}({0})", "torch.asinh({0})", unary<Op::asinh>},
    {"erf", 1, 1, "\\operatorname{erf}({0})", "torch.erf({0})", unary<Op::erf>},
    {"erfc", 1, 1, "\\operatorname{erfc}({0})", "torch.erfc({0})", erfc},
    {"normal_cdf ndtr", 1, 1, "\\Phi({0})", "torch.special.ndtr({0})", unary<Op::normal_cdf>},
    {"gaussian", 1, 1, "\\operatorname{gaussian}({0})", "(lambda u: torch.exp(-u * u))({0})",
     unary<Op::gaussian>},
    {"sigmoid sigma logistic", 1, 1, "\\sigma({0})", "torch.sigmoid({0})", unary<Op::sigmoid>},
    {"logsigmoid log_sigmoid", 1, 1, "\\ln(\\sigma({0}))", LAB_F "logsigmoid({0})", logsigmoid},
    {"softplus", 1, 1, "\\operatorname{softplus}({0})", LAB_F "softplus({0})", unary<Op::softplus>},
    {"softsign", 1, 1, "\\operatorname{softsign}({0})", LAB_F "softsign({0})", unary<Op::softsign>},
    {"tanhshrink", 1, 1, "\\operatorname{tanhshrink}({0})", LAB_F "tanhshrink({0})",
     unary<Op::tanhshrink>},
    {"relu", 1, 1, "\\operatorname{ReLU}({0})", "torch.relu({0})", relu},
    {"relu6", 1, 1, "\\operatorname{ReLU6}({0})", LAB_F "relu6({0})", relu6},
    {"leaky_relu leakyrelu", 1, 2, "\\operatorname{LeakyReLU}({0}, {1})",
     LAB_F "leaky_relu({0}, {1})", leaky_relu, Form::plain, 0.01f},
    {"elu", 1, 2, "\\operatorname{ELU}({0}, {1})", LAB_F "elu({0}, {1})", elu},
    {"celu", 1, 2, "\\operatorname{CELU}({0}, {1})", LAB_F "celu({0}, {1})", celu},
    {"selu", 1, 1, "\\operatorname{SELU}({0})", "torch.selu({0})", selu},
    {"gelu", 1, 1, "\\operatorname{GELU}({0})", LAB_F "gelu({0})", unary<Op::gelu>},
    {"gelu_tanh", 1, 1, "\\operatorname{GELUtanh}({0})", LAB_F "gelu({0}, approximate='tanh')",
     gelu_tanh},
    {"quick_gelu", 1, 1, "\\operatorname{QuickGELU}({0})",
     "(lambda u: u * torch.sigmoid(1.702 * u))({0})", quick_gelu},
    {"silu swish", 1, 1, "\\operatorname{SiLU}({0})", LAB_F "silu({0})", unary<Op::silu>},
    {"mish", 1, 1, "\\operatorname{Mish}({0})", LAB_F "mish({0})", unary<Op::mish>},
    {"hardtanh", 1, 1, "\\operatorname{hardtanh}({0})", LAB_F "hardtanh({0})", hardtanh},
    {"hardsigmoid", 1, 1, "\\operatorname{hardsigmoid}({0})", LAB_F "hardsigmoid({0})",
     hardsigmoid},
    {"hardswish", 1, 1, "\\operatorname{hardswish}({0})", LAB_F "hardswish({0})", hardswish},
    {"hardshrink", 1, 2, "\\operatorname{hardshrink}({0}, {1})", LAB_F "hardshrink({0}, {1})",
     hardshrink, Form::plain, 0.5f},
    {"softshrink", 1, 2, "\\operatorname{softshrink}({0}, {1})", LAB_F "softshrink({0}, {1})",
     softshrink, Form::plain, 0.5f},
    {"threshold", 3, 3, "\\operatorname{threshold}({0}, {1}, {2})",
     LAB_F "threshold({0}, {1}, {2})", threshold},
};
#undef LAB_F

std::string lower_case(std::string_view name) {
  std::string lower(name);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

// Calls `visit` with each of the row's names.
template <class Visit>
void for_each_name(const FunctionRow& row, Visit visit) {
  std::string_view names = row.names;
  while (!names.empty()) {
    const size_t end = std::min(names.find(' '), names.size());
    visit(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
}

// The least number of letters to insert, delete, replace or swap with their neighbour.
size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> cost(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const size_t replace = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::span<const FunctionRow> functions() {
  return kRows;
}

const FunctionRow* find_function(std::string_view name) {
  const std::string wanted = lower_case(name);
  const FunctionRow* found = nullptr;
  for (const FunctionRow& row : kRows) {
    for_each_name(row, [&](std::string_view known) {
      if (known == wanted) found = &row;
    });
  }
  return found;
}

std::string_view nearest_function(std::string_view name) {
  constexpr size_t kLongestName = 24;  // no function's name is nearly as long
  const std::string wanted = lower_case(name.substr(0, kLongestName));
  std::string_view nearest;
  size_t least = 2 * kLongestName;
  for (const FunctionRow& row : kRows) {
    for_each_name(row, [&](std::string_view known) {
      const size_t distance = edit_distance(wanted, known);
      if (distance >= least) return;
      least = distance;
      nearest = known;
    });
  }
  return nearest;
}

std::string_view usual_name(const FunctionRow& row) {
  return row.names.substr(0, row.names.find(' '));
}

}  // namespace lab::formula
