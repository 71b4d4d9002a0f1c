// The rules of Graph::make() for sums, products and quotients. Constant factors are kept in front,
// so that the forms behind them are seen whatever they are multiplied by.

#include <cmath>
#include <numbers>
#include <utility>

#include "core/formula/graph.h"

namespace lab::formula {
namespace {

bool is_power_of_two(double c) {
  int exponent = 0;
  return std::fabs(std::frexp(c, &exponent)) == 0.5;
}

// √2·(1/√2) is 1 but for rounding: a factor next to a whole number becomes it.
double snapped(double factor) {
  const double whole = std::round(factor);
  return std::fabs(factor - whole) <= 4e-16 * std::fabs(whole) ? whole : factor;
}

}  // namespace

Graph::Scaled Graph::split(NodeId u) const {
  if (is(u, Op::negate)) {
    const Scaled inside = split(in(u));
    return {-inside.factor, inside.core};
  }
  if (is(u, Op::multiply) && is(in(u), Op::constant)) return {nodes_[in(u)].number, in(u, 1)};
  if (is(u, Op::divide) && is(in(u, 1), Op::constant)) return {1 / nodes_[in(u, 1)].number, in(u)};
  return {1, u};
}

NodeId Graph::scaled(double factor, NodeId u) {
  factor = snapped(factor);
  if (factor == 0) return number(0);
  if (is(u, Op::constant)) return number(factor * nodes_[u].number);
  if (factor == 1) return u;
  if (factor == -1) return is(u, Op::subtract) ? make(Op::negate, u) : raw(Op::negate, u);
  return raw(Op::multiply, number(factor), u);
}

// constant + u where the sum is a function of its own.
std::optional<NodeId> Graph::simplify_sum_of(double constant, NodeId u) {
  if (constant == 0) return u;
  if (is(u, Op::add) && is(in(u), Op::constant))
    return make(Op::add, number(constant + nodes_[in(u)].number), in(u, 1));
  if (is(u, Op::subtract) && is(in(u), Op::constant))
    return make(Op::subtract, number(constant + nodes_[in(u)].number), in(u, 1));

  const auto [factor, core] = split(u);
  const NodeId v = in(core);
  const double side = factor > 0 ? 1 : -1;
  if (is(core, Op::exp) && factor == -constant) return scaled(factor, make(Op::expm1, v));
  if (is(core, Op::tanh) && std::fabs(factor) == std::fabs(constant) && side * factor == constant)
    return scaled(2 * constant, make(Op::sigmoid, make(Op::multiply, number(2 * side), v)));
  if (is(core, Op::erf) && std::fabs(factor) == std::fabs(constant) && side * factor == constant) {
    const NodeId z = make(Op::multiply, number(side * std::numbers::sqrt2), v);
    return scaled(2 * constant, make(Op::normal_cdf, z));
  }
  if (is(core, Op::sigmoid) && factor == -constant)
    return scaled(constant, make(Op::sigmoid, make(Op::negate, v)));
  if (is(core, Op::normal_cdf) && factor == -constant)
    return scaled(constant, make(Op::normal_cdf, make(Op::negate, v)));
  if (is(core, Op::sigmoid) && factor == -2 * constant)
    return scaled(-constant, make(Op::tanh, make(Op::multiply, number(0.5), v)));
  return std::nullopt;
}

std::optional<NodeId> Graph::simplify_add(NodeId a, NodeId b) {
  if (is(b, Op::constant) || (!is(a, Op::constant) && b < a)) std::swap(a, b);
  if (is(b, Op::negate)) return make(Op::subtract, a, in(b));
  if (is(a, Op::constant)) {
    if (const auto known = simplify_sum_of(nodes_[a].number, b)) return known;
    return raw(Op::add, a, b);
  }
  if (is(a, Op::negate)) return make(Op::subtract, b, in(a));
  const Scaled left = split(a), right = split(b);
  if (left.core == right.core) return scaled(left.factor + right.factor, left.core);
  if (is(a, Op::exp) && is(b, Op::exp) && is_negative_of(in(a), in(b)))
    return scaled(2, make(Op::cosh, in(a)));
  return raw(Op::add, a, b);
}

std::optional<NodeId> Graph::simplify_subtract(NodeId a, NodeId b) {
  if (is(b, Op::constant)) return make(Op::add, number(-nodes_[b].number), a);
  if (is(b, Op::negate)) return make(Op::add, a, in(b));
  if (is(a, Op::constant)) {
    if (nodes_[a].number == 0) return make(Op::negate, b);
    return simplify_sum_of(nodes_[a].number, make(Op::negate, b));
  }
  const Scaled left = split(a), right = split(b);
  if (left.core == right.core) return scaled(left.factor - right.factor, left.core);
  if (is(a, Op::exp) && is(b, Op::exp) && is_negative_of(in(a), in(b)))
    return scaled(2, make(Op::sinh, in(a)));
  if (is(b, Op::tanh) && in(b) == a) return raw(Op::tanhshrink, a);
  return std::nullopt;
}

std::optional<NodeId> Graph::simplify_multiply(NodeId a, NodeId b) {
  const Scaled left = split(a), right = split(b);
  const double factor = left.factor * right.factor;
  if (is(left.core, Op::constant)) return scaled(factor * nodes_[left.core].number, right.core);
  if (is(right.core, Op::constant)) return scaled(factor * nodes_[right.core].number, left.core);
  return scaled(factor, product(left.core, right.core));
}

// a·b where neither has a constant factor.
NodeId Graph::product(NodeId a, NodeId b) {
  if (a == b) return make(Op::power, a, number(2));
  const auto whole_power_of = [&](NodeId u, NodeId base) -> std::optional<double> {
    if (u == base) return 1;
    if (!is(u, Op::power) || in(u) != base || !is(in(u, 1), Op::constant)) return std::nullopt;
    const double n = nodes_[in(u, 1)].number;
    return n == std::floor(n) && n > 0 ? std::optional(n) : std::nullopt;
  };
  const NodeId base = is(a, Op::power) ? in(a) : a;
  const auto m = whole_power_of(a, base), n = whole_power_of(b, base);
  if (m && n) return make(Op::power, base, number(*m + *n));

  for (int side = 0; side < 2; ++side, std::swap(a, b)) {
    const NodeId u = in(b);
    if (is(b, Op::sigmoid) && u == a) return raw(Op::silu, a);
    if (is(b, Op::normal_cdf) && u == a) return raw(Op::gelu, a);
    if (is(b, Op::tanh) && is(u, Op::softplus) && in(u) == a) return raw(Op::mish, a);
    // (p·u)·gate(u), as people write 0.5*a*x*(1+erf(…)).
    const bool gate = is(b, Op::sigmoid) || is(b, Op::normal_cdf);
    if (gate && is(a, Op::multiply) && in(a, 1) == u && !nodes_[in(a)].varies)
      return make(Op::multiply, in(a), product(u, b));
  }
  const bool swap = nodes_[a].varies == nodes_[b].varies ? b < a : nodes_[a].varies;
  if (swap) std::swap(a, b);
  return raw(Op::multiply, a, b);
}

std::optional<NodeId> Graph::simplify_divide(NodeId a, NodeId b) {
  if (is(b, Op::constant)) {
    const double c = nodes_[b].number;
    const Scaled left = split(a);
    if (left.core != a || is_power_of_two(c)) return scaled(left.factor / c, left.core);
    return std::nullopt;
  }
  const Scaled right = split(b);
  if (is(a, Op::constant)) {
    if (nodes_[a].number == 0) return a;
    return scaled(nodes_[a].number / right.factor, quotient(number(1), right.core));
  }
  const Scaled left = split(a);
  return scaled(left.factor / right.factor, quotient(left.core, right.core));
}

// a/b where neither has a constant factor but a may be 1.
NodeId Graph::quotient(NodeId a, NodeId b) {
  if (is(b, Op::add) && is_number(in(b), 1)) {
    const NodeId term = in(b, 1), v = in(term);
    if (is(term, Op::exp)) {
      if (is(a, Op::exp) && in(a) == v) return make(Op::sigmoid, v);
      if (is(a, Op::expm1) && in(a) == v) return make(Op::tanh, make(Op::multiply, number(0.5), v));
      return make(Op::multiply, a, make(Op::sigmoid, make(Op::negate, v)));
    }
    if (is(term, Op::absolute) && v == a) return raw(Op::softsign, a);
  }
  if (is(b, Op::cosh) && is(a, Op::sinh) && in(a) == in(b)) return make(Op::tanh, in(a));
  if (is(b, Op::cosh) && is(a, Op::exp) && in(a) == in(b))
    return scaled(2, make(Op::sigmoid, make(Op::multiply, number(2), in(a))));
  if (is(b, Op::cos) && is(a, Op::sin) && in(a) == in(b)) return make(Op::tan, in(a));
  return raw(Op::divide, a, b);
}

}  // namespace lab::formula
