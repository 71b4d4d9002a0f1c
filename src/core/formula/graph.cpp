#include "core/formula/graph.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace lab::formula {

size_t Graph::Hash::operator()(const Node& node) const {
  uint64_t hash = std::bit_cast<uint64_t>(node.number) ^ static_cast<uint64_t>(node.op);
  for (const NodeId id : node.in) {
    hash = (hash ^ id) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
  }
  return std::hash<uint64_t>()(hash);
}

bool Graph::Same::operator()(const Node& a, const Node& b) const {
  return a.op == b.op && a.in == b.in &&
         std::bit_cast<uint64_t>(a.number) == std::bit_cast<uint64_t>(b.number);
}

NodeId Graph::insert(const Node& node) {
  if (const auto found = ids_.find(node); found != ids_.end()) return found->second;
  if (full()) return 0;  // whoever builds asks full() in the end
  const auto id = static_cast<NodeId>(nodes_.size());
  nodes_.push_back(node);
  ids_.emplace(node, id);
  return id;
}

NodeId Graph::number(double value) {
  return insert({.op = Op::constant, .constant = true, .number = value});
}
NodeId Graph::variable() {
  return insert({.op = Op::variable, .varies = true});
}
NodeId Graph::parameter(size_t index) {
  return insert({.op = Op::parameter, .number = static_cast<double>(index)});
}

NodeId Graph::raw(Op op, NodeId a, NodeId b, NodeId c, NodeId d) {
  Node node{.op = op, .constant = true, .in = {a, b, c, d}};
  for (size_t i = 0; i < arity(op); ++i) {
    node.varies = node.varies || nodes_[node.in[i]].varies;
    node.constant = node.constant && nodes_[node.in[i]].constant;
  }
  return insert(node);
}

NodeId Graph::make(Op op, NodeId a, NodeId b, NodeId c, NodeId d) {
  const std::array<NodeId, kMaxOperands> in = {a, b, c, d};
  std::array<double, kMaxOperands> numbers{};
  bool all_numbers = true;
  for (size_t i = 0; i < arity(op); ++i) {
    all_numbers = all_numbers && is(in[i], Op::constant);
    numbers[i] = nodes_[in[i]].number;
  }
  if (all_numbers) return number(evaluate_op(op, numbers));
  if (full()) return 0;
  if (const auto simpler = simplify(op, a, b, c, d)) return *simpler;
  return raw(op, a, b, c, d);
}

std::vector<NodeId> Graph::reachable(std::span<const NodeId> roots) const {
  std::vector<bool> used(nodes_.size());
  for (const NodeId root : roots) used[root] = true;
  std::vector<NodeId> order;
  for (size_t id = nodes_.size(); id-- > 0;) {
    if (!used[id]) continue;
    order.push_back(static_cast<NodeId>(id));
    const Node& node = nodes_[id];
    for (size_t i = 0; i < arity(node.op); ++i) used[node.in[i]] = true;
  }
  std::reverse(order.begin(), order.end());
  return order;
}

void Graph::evaluate(std::span<const NodeId> order, const ActivationParams& params, double x,
                     std::vector<double>& values) const {
  values.resize(nodes_.size());
  for (const NodeId id : order) {
    const Node& node = nodes_[id];
    switch (node.op) {
      case Op::constant:
        values[id] = node.number;
        break;
      case Op::variable:
        values[id] = x;
        break;
      case Op::parameter:
        values[id] = static_cast<double>(params[static_cast<size_t>(node.number)]);
        break;
      default: {
        std::array<double, kMaxOperands> in{};
        for (size_t i = 0; i < arity(node.op); ++i) in[i] = values[node.in[i]];
        values[id] = evaluate_op(node.op, in);
      }
    }
  }
}

double Graph::evaluate(NodeId root, const ActivationParams& params, double x) const {
  std::vector<double> values;
  evaluate(reachable({&root, 1}), params, x, values);
  return values[root];
}

}  // namespace lab::formula
