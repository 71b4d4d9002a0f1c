#include "core/formula/ast.h"
#include "core/formula/functions.h"

namespace lab::formula {
namespace {

NodeId lower_node(const AstNode& node, const std::vector<NodeId>& lowered, Graph& g) {
  std::vector<NodeId> args;
  for (const AstId arg : node.args) args.push_back(lowered[arg]);
  switch (node.kind) {
    case AstKind::number:
    case AstKind::named_number:
      return g.number(node.number);
    case AstKind::variable:
      return g.variable();
    case AstKind::parameter:
      return g.parameter(node.parameter);
    case AstKind::call:
      return node.function->build(g, args);
    case AstKind::negate:
      return g.make(Op::negate, args[0]);
    case AstKind::logical_not:
      return g.make(Op::logical_not, args[0]);
    case AstKind::add:
      return g.make(Op::add, args[0], args[1]);
    case AstKind::subtract:
      return g.make(Op::subtract, args[0], args[1]);
    case AstKind::multiply:
      return g.make(Op::multiply, args[0], args[1]);
    case AstKind::divide:
      return g.make(Op::divide, args[0], args[1]);
    case AstKind::power:
      return g.make(Op::power, args[0], args[1]);
    case AstKind::less:
      return g.make(Op::less, args[0], args[1]);
    case AstKind::less_equal:
      return g.make(Op::less_equal, args[0], args[1]);
    case AstKind::greater:
      return g.make(Op::less, args[1], args[0]);
    case AstKind::greater_equal:
      return g.make(Op::less_equal, args[1], args[0]);
    case AstKind::equal:
      return g.make(Op::equal, args[0], args[1]);
    case AstKind::not_equal:
      return g.make(Op::logical_not, g.make(Op::equal, args[0], args[1]));
    case AstKind::logical_and:
      return g.make(Op::logical_and, args[0], args[1]);
    case AstKind::logical_or:
      return g.make(Op::logical_or, args[0], args[1]);
    case AstKind::choose:
      return g.make(Op::select, args[0], args[1], args[2]);
  }
  return 0;
}

}  // namespace

NodeId lower(const Ast& ast, AstId root, Graph& graph) {
  std::vector<bool> used(root + 1);
  used[root] = true;
  for (AstId id = root + 1; id-- > 0;) {
    if (!used[id]) continue;
    for (const AstId arg : ast.nodes[id].args) used[arg] = true;
  }
  std::vector<NodeId> lowered(root + 1);
  for (AstId id = 0; id <= root; ++id)
    if (used[id]) lowered[id] = lower_node(ast.nodes[id], lowered, graph);
  return lowered[root];
}

double constant_value(const Ast& ast, AstId root) {
  Graph graph;
  return graph.evaluate(lower(ast, root, graph), {}, 0);
}

}  // namespace lab::formula
