// The rules of Graph::make() that don't concern sums or products; simplify_arithmetic.cpp has
// those. They replace what people type by the operation that computes it without overflow and
// cancellation: ln(1+exp(u)) by softplus(u), 1/(1+exp(−u)) by sigmoid(u), exp(u)−1 by expm1(u), …

#include <cmath>
#include <numbers>

#include "core/formula/graph.h"

namespace lab::formula {
namespace {

bool is_odd_function(Op op) {
  switch (op) {
    case Op::sign:
    case Op::cube_root:
    case Op::sin:
    case Op::tan:
    case Op::asin:
    case Op::atan:
    case Op::sinh:
    case Op::asinh:
    case Op::tanh:
    case Op::erf:
    case Op::softsign:
    case Op::tanhshrink:
    case Op::gaussian_slope:
      return true;
    default:
      return false;
  }
}

bool is_even_function(Op op) {
  switch (op) {
    case Op::absolute:
    case Op::cos:
    case Op::cosh:
    case Op::gaussian:
    case Op::atan_slope:
    case Op::tanh_slope:
    case Op::sigmoid_slope:
    case Op::softsign_slope:
      return true;
    default:
      return false;
  }
}

bool is_even_integer(double n) {
  return n == 2 * std::floor(n / 2) && std::fabs(n) < 1e9;
}
bool is_integer(double n) {
  return n == std::floor(n) && std::fabs(n) < 1e9;
}

}  // namespace

bool Graph::is_negative_of(NodeId a, NodeId b) const {
  const Scaled left = split(a), right = split(b);
  return left.core == right.core && left.factor == -right.factor;
}

std::optional<NodeId> Graph::simplify_unary(Op op, NodeId a) {
  const NodeId inner = in(a);
  if (is(a, Op::negate) && is_odd_function(op)) return make(Op::negate, make(op, inner));
  if (is(a, Op::negate) && is_even_function(op)) return make(op, inner);
  switch (op) {
    case Op::negate:
      if (is(a, Op::subtract)) return make(Op::subtract, in(a, 1), inner);
      if (const Scaled s = split(a); s.core != a) return scaled(-s.factor, s.core);
      break;
    case Op::absolute:
      if (is(a, Op::absolute)) return a;
      break;
    case Op::exp:
      if (is(a, Op::negate) && is(inner, Op::power) && is_number(in(inner, 1), 2))
        return make(Op::gaussian, in(inner));
      break;
    case Op::ln:
      if (is(a, Op::exp)) return inner;
      if (is(a, Op::add) && is_number(inner, 1)) return make(Op::log1p, in(a, 1));
      if (is(a, Op::subtract) && is_number(inner, 1))
        return make(Op::log1p, make(Op::negate, in(a, 1)));
      if (is(a, Op::sigmoid)) return make(Op::negate, make(Op::softplus, make(Op::negate, inner)));
      break;
    case Op::log1p:
      if (is(a, Op::exp)) return make(Op::softplus, inner);
      break;
    case Op::square_root:
      if (is(a, Op::power) && is_number(in(a, 1), 2)) return make(Op::absolute, inner);
      break;
    default:
      break;
  }
  return std::nullopt;
}

std::optional<NodeId> Graph::simplify_power(NodeId a, NodeId b) {
  if (is_number(a, std::numbers::e)) return make(Op::exp, b);
  if (is_number(a, 1)) return a;
  if (!is(b, Op::constant)) return std::nullopt;
  const double n = nodes_[b].number;
  if (n == 0) return number(1);
  if (n == 1) return a;
  if (n == 0.5) return make(Op::square_root, a);
  if (n == -1) return make(Op::divide, number(1), a);
  if (is_even_integer(n) && (is(a, Op::negate) || is(a, Op::absolute)))
    return make(Op::power, in(a), b);
  if (is(a, Op::power) && is(in(a, 1), Op::constant) && is_integer(n)) {
    const double m = nodes_[in(a, 1)].number;
    if (is_integer(m)) return make(Op::power, in(a), number(m * n));
  }
  return std::nullopt;
}

std::optional<NodeId> Graph::simplify(Op op, NodeId a, NodeId b, NodeId c, NodeId d) {
  switch (op) {
    case Op::add:
      return simplify_add(a, b);
    case Op::subtract:
      return simplify_subtract(a, b);
    case Op::multiply:
      return simplify_multiply(a, b);
    case Op::divide:
      return simplify_divide(a, b);
    case Op::power:
      return simplify_power(a, b);
    case Op::maximum:
    case Op::minimum:  // what doesn't depend on x stands last
      if (a == b) return a;
      if (!nodes_[a].varies && nodes_[b].varies) return raw(op, b, a);
      return std::nullopt;
    case Op::select:
      if (is(a, Op::constant)) return nodes_[a].number != 0 ? b : c;
      if (b == c) return b;
      if (is(a, Op::logical_not)) return make(Op::select, in(a), c, b);
      if (is(b, Op::select) && in(b, 2) == c)
        return make(Op::select, make(Op::logical_and, in(b), a), in(b, 1), c);
      return std::nullopt;
    case Op::less:  // max(u, 0) < 6 is u < 6
      if (is(a, Op::maximum) && is(b, Op::constant) && is(in(a, 1), Op::constant) &&
          nodes_[in(a, 1)].number < nodes_[b].number)
        return make(Op::less, in(a), b);
      return std::nullopt;
    case Op::greater_of:
      return c == d ? std::optional<NodeId>(c) : std::nullopt;
    case Op::chain:
      if (is(a, Op::constant) || is(b, Op::constant)) return make(Op::multiply, a, b);
      return std::nullopt;
    default:
      return arity(op) == 1 ? simplify_unary(op, a) : std::nullopt;
  }
}

}  // namespace lab::formula
