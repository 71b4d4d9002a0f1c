#include <string>
#include <vector>

#include "core/formula/code.h"
#include "core/formula/tex.h"

namespace lab::formula {
namespace {

constexpr std::string_view kElse = "\\text{else}";

// What an operation of one operand looks like; empty for those written otherwise.
std::string_view unary_template(Op op) {
  switch (op) {
    case Op::absolute:
      return "|{0}|";
    case Op::sign:
      return "\\operatorname{sign}({0})";
    case Op::step:
      return "\\operatorname{step}({0})";
    case Op::floor:
      return "\\operatorname{floor}({0})";
    case Op::round:
      return "\\operatorname{round}({0})";
    case Op::square_root:
      return "\\sqrt{{0}}";
    case Op::cube_root:
      return "\\operatorname{cbrt}({0})";
    case Op::exp:
      return "e^{{0}}";
    case Op::ln:
      return "\\ln({0})";
    case Op::log2:
      return "\\operatorname{log}_{2}({0})";
    case Op::log10:
      return "\\operatorname{log}_{10}({0})";
    case Op::sin:
      return "\\sin({0})";
    case Op::cos:
      return "\\cos({0})";
    case Op::tan:
      return "\\operatorname{tan}({0})";
    case Op::asin:
      return "\\operatorname{arcsin}({0})";
    case Op::acos:
      return "\\operatorname{arccos}({0})";
    case Op::atan:
      return "\\arctan({0})";
    case Op::sinh:
      return "\\operatorname{sinh}({0})";
    case Op::cosh:
      return "\\operatorname{cosh}({0})";
    case Op::asinh:
      return "\\operatorname{arsinh}({0})";
    case Op::tanh:
      return "\\tanh({0})";
    case Op::sigmoid:
      return "\\sigma({0})";
    case Op::softplus:
      return "\\ln(1 + e^{{0}})";
    case Op::erf:
      return "\\operatorname{erf}({0})";
    case Op::normal_cdf:
      return "\\Phi({0})";
    case Op::mish:
      return "\\operatorname{Mish}({0})";
    case Op::mish_slope:
      return "\\operatorname{Mish}'({0})";
    default:
      return {};
  }
}

// A simplified expression, as the derivative is one.
class GraphWriter {
 public:
  explicit GraphWriter(const Code& code) : code_(code), g_(code.graph), parts_(g_.size()) {}

  std::string run(NodeId root, const std::vector<NodeId>& order) {
    for (const NodeId id : order) parts_[id] = tex_limited(write(g_[id]));
    return parts_[root].text;
  }

 private:
  Tex write(const Node& node) {
    const Tex& a = parts_[node.in[0]];
    const Tex& b = parts_[node.in[1]];
    if (const std::string_view text = unary_template(node.op); !text.empty())
      return tex_call(text, a);
    switch (node.op) {
      case Op::constant:
        return tex_number(node.number);
      case Op::variable:
        return {"x"};
      case Op::parameter:
        return {code_.params[static_cast<size_t>(node.number)].symbol};
      case Op::negate:
        return tex_negative(a);
      case Op::add:
        return g_.is(node.in[0], Op::constant) ? tex_sum(b, a) : tex_sum(a, b);
      case Op::subtract:
        return tex_difference(a, b);
      case Op::multiply:
        return tex_product(a, b);
      case Op::chain:
        return tex_product(b, a);
      case Op::divide:
        return fraction(node.in[0], node.in[1]);
      case Op::power:
        return tex_power(a, b);
      case Op::maximum:
        return {"\\max(" + a.text + ", " + b.text + ")"};
      case Op::minimum:
        return {"\\min(" + a.text + ", " + b.text + ")"};
      default:
        return composed(node, a, b);
    }
  }

  Tex fraction(NodeId a, NodeId b) {
    if (g_.is(a, Op::divide) && g_.in(a, 1) == b)
      return tex_fraction(parts_[g_.in(a)], tex_power(parts_[b], {"2"}));
    return tex_fraction(parts_[a], parts_[b]);
  }

  // a < b, with what depends on x on the left.
  Tex relation(const Node& node, std::string_view sign, std::string_view mirrored) {
    const NodeId a = node.in[0], b = node.in[1];
    if (g_[a].varies || !g_[b].varies) return tex_relation(parts_[a], sign, parts_[b]);
    return tex_relation(parts_[b], mirrored, parts_[a]);
  }

  // Operations that stand for a longer expression.
  Tex composed(const Node& node, const Tex& u, const Tex& b) {
    const Tex one{"1"}, two{"2"};
    const auto call = [&](std::string_view text) { return tex_call(text, u); };
    const auto squared = [&](const Tex& base) { return tex_power(base, two); };
    const Tex sigma = call("\\sigma({0})");
    Tex gauss = tex_power({"e"}, tex_negative(squared(u)));
    const Tex size = tex_sum(one, call("|{0}|"));
    switch (node.op) {
      case Op::expm1:
        return tex_difference(call("e^{{0}}"), one);
      case Op::log1p:
        return tex_call("\\ln({0})", tex_sum(one, u));
      case Op::atan_slope:
        return tex_fraction(one, tex_sum(one, squared(u)));
      case Op::tanh_slope:
        return tex_difference(one, squared(call("\\tanh({0})")));
      case Op::sigmoid_slope:
        return tex_product(sigma, tex_difference(one, sigma));
      case Op::silu:
        return tex_product(u, sigma);
      case Op::silu_slope:
        return tex_product(sigma, tex_sum(one, tex_product(u, tex_difference(one, sigma))));
      case Op::gelu:
        return tex_product(u, call("\\Phi({0})"));
      case Op::gelu_slope:
        return tex_sum(call("\\Phi({0})"), tex_product(u, call("\\varphi({0})")));
      case Op::gaussian:
        return gauss;
      case Op::gaussian_slope:
        return tex_negative(tex_product(two, tex_product(u, gauss)));
      case Op::softsign:
        return tex_fraction(u, size);
      case Op::softsign_slope:
        return tex_fraction(one, squared(size));
      case Op::tanhshrink:
        return tex_difference(u, call("\\tanh({0})"));
      default:
        return conditional(node, u, b);
    }
  }

  Tex conditional(const Node& node, const Tex& a, const Tex& b) {
    switch (node.op) {
      case Op::less:
        return relation(node, "<", ">");
      case Op::less_equal:
        return relation(node, "\\le", "\\ge");
      case Op::equal:
        return tex_relation(a, "=", b);
      case Op::logical_and:
        return tex_joined(a, "and", b);
      case Op::logical_or:
        return tex_joined(a, "or", b);
      case Op::logical_not:
        return tex_not(a);
      case Op::greater_of: {
        const Tex& p = parts_[node.in[2]];
        const Tex& q = parts_[node.in[3]];
        const std::string rest =
            tex_fraction(tex_sum(p, q), {"2"}).text + " & " + tex_relation(a, "=", b).text;
        return tex_cases(p, tex_relation(a, ">", b), q,
                         tex_relation(a, "<", b).text + " \\\\ " + rest);
      }
      default:
        return choice(node, a, b);
    }
  }

  Tex choice(const Node& node, const Tex& condition, const Tex& yes) {
    const Node& test = g_[node.in[0]];
    std::string rest(kElse);
    if (test.op == Op::less) rest = relation(test, "\\ge", "\\le").text;
    if (test.op == Op::less_equal) rest = relation(test, ">", "<").text;
    if (test.op == Op::equal) rest = relation(test, "\\ne", "\\ne").text;
    return tex_cases(yes, condition, parts_[node.in[2]], rest);
  }

  const Code& code_;
  const Graph& g_;
  std::vector<Tex> parts_;
};

}  // namespace

}  // namespace lab::formula

namespace lab {

std::string formula_derivative_tex(const Formula& formula) {
  const formula::Code& code = formula.code();
  return formula::GraphWriter(code).run(code.derivative, code.derivative_order);
}

}  // namespace lab
