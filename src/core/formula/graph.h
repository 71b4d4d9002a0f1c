#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/activation/activation.h"
#include "core/formula/op.h"

namespace lab::formula {

using NodeId = uint32_t;

// One operation of an expression. Its operands have smaller ids than itself.
struct Node {
  Op op = Op::constant;
  bool varies = false;    // depends on x
  bool constant = false;  // depends neither on x nor on a parameter
  std::array<NodeId, kMaxOperands> in{};
  double number = 0;  // value of a constant, index of a parameter
};

// Expressions in x and parameters that share their common parts. Equal expressions have the same
// id. Ids are in topological order, so that a loop over them replaces any recursion.
class Graph {
 public:
  // A bound on what hostile input can cost: a formula of the longest text stays far below it.
  static constexpr size_t kMaxNodes = 40000;

  NodeId number(double value);
  NodeId variable();
  NodeId parameter(size_t index);
  // op of the operands, simplified: constants are folded, and forms that lose accuracy are replaced
  // by the operation they stand for (simplify_*.cpp).
  NodeId make(Op op, NodeId a, NodeId b = 0, NodeId c = 0, NodeId d = 0);

  const Node& operator[](NodeId id) const { return nodes_[id]; }
  size_t size() const { return nodes_.size(); }
  bool full() const { return nodes_.size() >= kMaxNodes; }

  // Ids of everything that the roots consist of, ascending: operands first.
  std::vector<NodeId> reachable(std::span<const NodeId> roots) const;
  // The root in double precision.
  double evaluate(NodeId root, const ActivationParams& params, double x) const;
  // Values of all nodes of `order` (as reachable() gives it), indexed by node id.
  void evaluate(std::span<const NodeId> order, const ActivationParams& params, double x,
                std::vector<double>& values) const;

  // Queries for the rules.
  bool is(NodeId id, Op op) const { return nodes_[id].op == op; }
  bool is_number(NodeId id, double value) const {
    return is(id, Op::constant) && nodes_[id].number == value;
  }
  NodeId in(NodeId id, size_t operand = 0) const { return nodes_[id].in[operand]; }

  // The node as it is, without any rule.
  NodeId raw(Op op, NodeId a, NodeId b = 0, NodeId c = 0, NodeId d = 0);

 private:
  struct Hash {
    size_t operator()(const Node& node) const;
  };
  struct Same {
    bool operator()(const Node& a, const Node& b) const;
  };
  NodeId insert(const Node& node);

  // Each gives the replacement of op(a, b, …), or nothing where no rule applies.
  std::optional<NodeId> simplify(Op op, NodeId a, NodeId b, NodeId c, NodeId d);
  std::optional<NodeId> simplify_unary(Op op, NodeId a);
  std::optional<NodeId> simplify_add(NodeId a, NodeId b);
  std::optional<NodeId> simplify_sum_of(double constant, NodeId u);
  std::optional<NodeId> simplify_subtract(NodeId a, NodeId b);
  std::optional<NodeId> simplify_multiply(NodeId a, NodeId b);
  std::optional<NodeId> simplify_divide(NodeId a, NodeId b);
  std::optional<NodeId> simplify_power(NodeId a, NodeId b);
  NodeId product(NodeId a, NodeId b);
  NodeId quotient(NodeId a, NodeId b);
  NodeId scaled(double factor, NodeId u);

  // u = factor·core.
  struct Scaled {
    double factor;
    NodeId core;
  };
  Scaled split(NodeId u) const;
  bool is_negative_of(NodeId a, NodeId b) const;

  std::vector<Node> nodes_;
  std::unordered_map<Node, NodeId, Hash, Same> ids_;
};

// d root / dx, built into the same graph. Conventions at kinks are PyTorch's: see formula.h.
NodeId differentiate(Graph& graph, NodeId root);

}  // namespace lab::formula
