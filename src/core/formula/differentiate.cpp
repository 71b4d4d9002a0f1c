#include <cmath>
#include <numbers>
#include <vector>

#include "core/formula/graph.h"

namespace lab::formula {
namespace {

constexpr double kNormalDensity = 0.39894228040143267794;  // 1/√(2π)

// One step of the differentiation: what stands in the derivative for one node.
class Rules {
 public:
  explicit Rules(Graph& graph) : g_(graph) {}

  // d node/dx from the derivatives of its operands.
  NodeId derivative(NodeId id, const std::vector<NodeId>& d) {
    const Node node = g_[id];  // a copy: building grows the graph
    if (!node.varies) return number(0);
    if (node.op == Op::variable) return number(1);
    const NodeId a = node.in[0], b = node.in[1];
    if (arity(node.op) == 1) return is_zero(d[a]) ? d[a] : unary(node.op, id, a, d[a]);
    switch (node.op) {
      case Op::add:
        return make(Op::add, d[a], d[b]);
      case Op::subtract:
        return make(Op::subtract, d[a], d[b]);
      case Op::multiply:
        return make(Op::add, times(d[a], b), times(a, d[b]));
      case Op::divide:
        return quotient(id, a, b, d);
      case Op::power:
        return power(id, a, b, d);
      case Op::maximum:
        return larger(a, b, d[a], d[b], Op::less);
      case Op::minimum:
        return g_[b].varies ? make(Op::greater_of, b, a, d[a], d[b])
                            : make(Op::select, make(Op::less, a, b), d[a], number(0));
      case Op::select:
        return make(Op::select, a, d[b], d[node.in[2]]);
      case Op::greater_of:
        return make(Op::greater_of, a, b, d[node.in[2]], d[node.in[3]]);
      case Op::chain:
        return make(Op::add, make(Op::chain, d[a], b), make(Op::chain, a, d[b]));
      default:  // comparisons and truth values are constant between their jumps
        return number(0);
    }
  }

 private:
  NodeId number(double value) { return g_.number(value); }
  NodeId make(Op op, NodeId a, NodeId b = 0, NodeId c = 0, NodeId d = 0) {
    return g_.make(op, a, b, c, d);
  }
  NodeId times(NodeId a, NodeId b) { return make(Op::multiply, a, b); }
  NodeId scale(double factor, NodeId a) { return times(number(factor), a); }
  NodeId square(NodeId a) { return make(Op::power, a, number(2)); }
  bool is_zero(NodeId id) const { return g_.is_number(id, 0); }

  // At a tie of two that depend on x the mean of both slopes, as torch.maximum; where one doesn't,
  // its slope 0, as ReLU, ReLU6 and Hardtanh.
  NodeId larger(NodeId a, NodeId b, NodeId da, NodeId db, Op less) {
    if (g_[b].varies) return make(Op::greater_of, a, b, da, db);
    return make(Op::select, make(less, b, a), da, number(0));
  }

  NodeId quotient(NodeId id, NodeId a, NodeId b, const std::vector<NodeId>& d) {
    if (!g_[b].varies) return make(Op::divide, d[a], b);
    const NodeId shrink = times(id, d[b]);
    return make(Op::divide, make(Op::subtract, d[a], shrink), b);
  }

  NodeId power(NodeId id, NodeId a, NodeId b, const std::vector<NodeId>& d) {
    NodeId sum = number(0);
    if (g_[a].varies) {
      const NodeId lower = make(Op::power, a, make(Op::subtract, b, number(1)));
      sum = make(Op::chain, d[a], times(b, lower));
    }
    if (g_[b].varies) sum = make(Op::add, sum, make(Op::chain, d[b], times(make(Op::ln, a), id)));
    return sum;
  }

  // What f'(a) is multiplied by da with. Slopes that may be infinite end where da is 0.
  NodeId unary(Op op, NodeId id, NodeId a, NodeId da) {
    const NodeId slope = slope_of(op, id, a);
    const bool unbounded = op == Op::square_root || op == Op::cube_root || op == Op::ln ||
                           op == Op::log1p || op == Op::log2 || op == Op::log10 || op == Op::asin ||
                           op == Op::acos || op == Op::exp || op == Op::expm1 || op == Op::sinh ||
                           op == Op::cosh;
    return unbounded ? make(Op::chain, da, slope) : times(slope, da);
  }

  NodeId one_over(NodeId a) { return make(Op::divide, number(1), a); }
  NodeId normal_density(NodeId a) {
    return scale(kNormalDensity, make(Op::gaussian, scale(std::numbers::sqrt2 / 2, a)));
  }

  NodeId slope_of(Op op, NodeId id, NodeId a) {
    switch (op) {
      case Op::negate:
        return number(-1);
      case Op::absolute:
        return make(Op::sign, a);
      case Op::square_root:
        return make(Op::divide, number(0.5), id);
      case Op::cube_root:
        return make(Op::divide, number(1.0 / 3), square(id));
      case Op::exp:
        return id;
      case Op::expm1:
        return make(Op::exp, a);
      case Op::ln:
        return one_over(a);
      case Op::log1p:
        return one_over(make(Op::add, number(1), a));
      case Op::log2:
        return make(Op::divide, number(std::numbers::log2e), a);
      case Op::log10:
        return make(Op::divide, number(std::numbers::log10e), a);
      default:
        return circular_slope(op, id, a);
    }
  }

  NodeId circular_slope(Op op, NodeId id, NodeId a) {
    switch (op) {
      case Op::sin:
        return make(Op::cos, a);
      case Op::cos:
        return make(Op::negate, make(Op::sin, a));
      case Op::tan:
        return make(Op::add, number(1), square(id));
      case Op::asin:
        return one_over(semicircle(a));
      case Op::acos:
        return make(Op::negate, one_over(semicircle(a)));
      case Op::atan:
        return make(Op::atan_slope, a);
      case Op::atan_slope:
        return scale(-2, times(a, square(id)));
      case Op::sinh:
        return make(Op::cosh, a);
      case Op::cosh:
        return make(Op::sinh, a);
      case Op::asinh:
        return one_over(make(Op::square_root, make(Op::add, number(1), square(a))));
      case Op::tanh:
        return make(Op::tanh_slope, a);
      case Op::tanh_slope:
        return scale(-2, times(make(Op::tanh, a), id));
      default:
        return gate_slope(op, id, a);
    }
  }
  NodeId semicircle(NodeId a) {  // √(1−a²) without cancellation at ±1
    const NodeId one = number(1);
    return make(Op::square_root, times(make(Op::subtract, one, a), make(Op::add, one, a)));
  }

  NodeId gate_slope(Op op, NodeId id, NodeId a) {
    const NodeId half_tanh =
        op == Op::sigmoid_slope || op == Op::silu_slope ? make(Op::tanh, scale(0.5, a)) : number(0);
    switch (op) {
      case Op::sigmoid:
        return make(Op::sigmoid_slope, a);
      case Op::sigmoid_slope:
        return make(Op::negate, times(half_tanh, id));
      case Op::softplus:
        return make(Op::sigmoid, a);
      case Op::silu:
        return make(Op::silu_slope, a);
      case Op::silu_slope:  // σ'·(2 − a·tanh(a/2))
        return times(make(Op::sigmoid_slope, a),
                     make(Op::subtract, number(2), times(a, half_tanh)));
      case Op::mish:
        return make(Op::mish_slope, a);
      case Op::mish_slope:
        return mish_curvature(a);
      default:
        return normal_slope(op, id, a);
    }
  }

  NodeId normal_slope(Op op, NodeId id, NodeId a) {
    switch (op) {
      case Op::erf:
        return scale(2 * std::numbers::inv_sqrtpi, make(Op::gaussian, a));
      case Op::normal_cdf:
        return normal_density(a);
      case Op::gelu:
        return make(Op::gelu_slope, a);
      case Op::gelu_slope:  // φ·(2 − a²)
        return times(normal_density(a), make(Op::subtract, number(2), square(a)));
      case Op::gaussian:
        return make(Op::gaussian_slope, a);
      case Op::gaussian_slope:  // (4a² − 2)·e^−a²
        return times(make(Op::add, number(-2), scale(4, square(a))), make(Op::gaussian, a));
      case Op::softsign:
        return make(Op::softsign_slope, a);
      case Op::softsign_slope: {  // −2·sign(a)/(1+|a|)³
        const NodeId size = make(Op::add, number(1), make(Op::absolute, a));
        return scale(-2, make(Op::divide, times(make(Op::sign, a), id), size));
      }
      case Op::tanhshrink:
        return square(make(Op::tanh, a));
      default:  // sign, step, floor, round, logical_not: constant between their jumps
        return number(0);
    }
  }

  // mish'' = T·(2σ + a·(σ' − 2tσ²)) with t = tanh(softplus(a)), T = 1 − t², σ = sigmoid(a).
  NodeId mish_curvature(NodeId a) {
    const NodeId soft = make(Op::softplus, a), sigma = make(Op::sigmoid, a);
    const NodeId bend = scale(2, times(make(Op::tanh, soft), square(sigma)));
    const NodeId rest = times(a, make(Op::subtract, make(Op::sigmoid_slope, a), bend));
    return times(make(Op::tanh_slope, soft), make(Op::add, scale(2, sigma), rest));
  }

  Graph& g_;
};

}  // namespace

NodeId differentiate(Graph& graph, NodeId root) {
  const std::vector<NodeId> order = graph.reachable({&root, 1});
  std::vector<NodeId> derivative(root + 1);
  Rules rules(graph);
  for (const NodeId id : order) derivative[id] = rules.derivative(id, derivative);
  return derivative[root];
}

}  // namespace lab::formula
