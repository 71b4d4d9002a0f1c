#include <cmath>
#include <optional>
#include <utility>

#include "core/formula/program.h"

namespace lab::formula {
namespace {

// The graph with powers of whole numbers as products and outputs that keep NaN.
class Lowering {
 public:
  explicit Lowering(const Graph& source) : source_(source) {}

  Graph graph;

  // The counterparts of the roots.
  std::vector<NodeId> run(std::span<const NodeId> roots) {
    std::vector<NodeId> twin(source_.size());
    const std::vector<NodeId> order = source_.reachable(roots);
    for (const NodeId id : order) twin[id] = convert(source_[id], twin);
    std::vector<NodeId> result;
    for (const NodeId root : roots) {
      const NodeId lowered = twin[root];
      result.push_back(carries_nan(lowered) ? lowered
                                            : graph.raw(Op::keep_nan, lowered, graph.variable()));
    }
    return result;
  }

 private:
  NodeId convert(const Node& node, const std::vector<NodeId>& twin) {
    if (node.op == Op::constant) return graph.number(node.number);
    if (node.op == Op::variable) return graph.variable();
    if (node.op == Op::parameter) return graph.parameter(static_cast<size_t>(node.number));
    std::array<NodeId, kMaxOperands> in{};
    for (size_t i = 0; i < arity(node.op); ++i) in[i] = twin[node.in[i]];
    if (node.op == Op::power && graph.is(in[1], Op::constant)) {
      if (const auto product = whole_power(in[0], graph[in[1]].number)) return *product;
    }
    if (node.op == Op::multiply && graph.is(in[0], Op::constant)) return scaled(in[0], in[1]);
    if (node.op == Op::minimum && graph.is(in[0], Op::maximum)) {
      const NodeId low = graph.in(in[0], 1);
      if (!graph[low].varies && !graph[in[1]].varies)
        return graph.raw(Op::clamp, graph.in(in[0]), low, in[1]);
    }
    if (node.op == Op::select) return choose(in[0], in[1], in[2]);
    return graph.raw(node.op, in[0], in[1], in[2], in[3]);
  }

  // c·(x·v) as x·(c·v): v is usually the smaller one, and x·v may overflow where the whole doesn't.
  NodeId scaled(NodeId constant, NodeId u) {
    if (!graph.is(u, Op::multiply)) return graph.raw(Op::multiply, constant, u);
    NodeId a = graph.in(u), b = graph.in(u, 1);
    if (graph.is(b, Op::variable)) std::swap(a, b);
    if (!graph.is(a, Op::variable)) return graph.raw(Op::multiply, constant, u);
    return graph.raw(Op::multiply, a, graph.raw(Op::multiply, constant, b));
  }

  // A selection joined with the comparisons that its condition consists of.
  NodeId choose(NodeId condition, NodeId yes, NodeId no) {
    const Node test = graph[condition];
    if (test.op == Op::less && graph.is_number(test.in[0], 0) && graph.is_number(yes, 1) &&
        graph.is_number(no, 0))
      return graph.raw(Op::step, test.in[1]);
    if (test.op == Op::less) return graph.raw(Op::select_less, test.in[0], test.in[1], yes, no);
    if (test.op == Op::less_equal)
      return graph.raw(Op::select_less_equal, test.in[0], test.in[1], yes, no);
    if (test.op == Op::logical_and && graph.is_number(yes, 1) && graph.is_number(no, 0)) {
      if (const auto both = inside(test.in[0], test.in[1])) return *both;
      if (const auto both = inside(test.in[1], test.in[0])) return *both;
    }
    const auto compares = [&](NodeId id) {
      return graph.is(id, Op::less) || graph.is(id, Op::less_equal);
    };
    if (test.op == Op::logical_and && compares(test.in[0]) && compares(test.in[1]))
      return choose(test.in[0], choose(test.in[1], yes, no), no);
    return graph.raw(Op::select, condition, yes, no);
  }

  // low < u and u < high, as a number.
  std::optional<NodeId> inside(NodeId above, NodeId below) {
    const NodeId u = graph.in(above, 1);
    if (!graph.is(above, Op::less) || !graph.is(below, Op::less) || graph.in(below) != u)
      return std::nullopt;
    return graph.raw(Op::inside, u, graph.in(above), graph.in(below, 1));
  }

  // u^n by squaring for whole and half n, which is faster and more accurate than the general power.
  std::optional<NodeId> whole_power(NodeId u, double n) {
    constexpr double kMost = 16;  // beyond it the roundings add up
    const double size = std::fabs(n), whole = std::floor(size);
    if (size > kMost || (size != whole && size != whole + 0.5)) return std::nullopt;
    if (n < 0) u = graph.raw(Op::divide, graph.number(1), u);  // before the power can overflow
    std::optional<NodeId> product;
    if (size != whole) product = graph.raw(Op::square_root, u);
    NodeId square = u;
    for (int left = static_cast<int>(whole); left > 0; left /= 2) {
      if (left % 2 == 1) product = product ? graph.raw(Op::multiply, *product, square) : square;
      if (left > 1) square = graph.raw(Op::multiply, square, square);
    }
    return *product;
  }

  // Whether the node is surely NaN where x is. A loop over its operands, which come before it.
  bool carries_nan(NodeId root) const {
    const std::vector<NodeId> order = graph.reachable({&root, 1});
    std::vector<bool> carries(root + 1);
    for (const NodeId id : order) {
      const Node& node = graph[id];
      const auto operand = [&](size_t i) -> bool { return carries[node.in[i]]; };
      switch (node.op) {
        case Op::variable:
          carries[id] = true;
          break;
        case Op::constant:
        case Op::parameter:
        case Op::less:
        case Op::less_equal:
        case Op::equal:
        case Op::inside:
        case Op::logical_and:
        case Op::logical_or:
        case Op::logical_not:
          break;
        case Op::chain:
          carries[id] = operand(0);
          break;
        case Op::select:
          carries[id] = operand(1) && operand(2);
          break;
        case Op::greater_of:
        case Op::select_less:
        case Op::select_less_equal:
          carries[id] = operand(2) && operand(3);
          break;
        default:
          carries[id] = operand(0) || (arity(node.op) > 1 && operand(1));
      }
    }
    return carries[root];
  }

  const Graph& source_;
};

// Gives every node its place and writes the instructions.
class Assembler {
 public:
  Assembler(const Graph& graph, std::span<const NodeId> roots)
      : graph_(graph), roots_(roots), order_(graph.reachable(roots)), place_(graph.size()) {
    for (size_t id = 0; id < graph.size(); ++id) nodes_.push_back(graph[static_cast<NodeId>(id)]);
  }

  Program run() {
    program_.outputs = roots_.size();
    count_uses();
    place_leaves();
    join_products();
    for (const NodeId id : order_)
      if (arity(nodes_[id].op) > 0 && uses_[id] > 0) emit(id);
    for (size_t i = 0; i < roots_.size(); ++i) {
      const Slot target{Slot::Kind::output, static_cast<uint16_t>(i)};
      const Slot source = place_[roots_[i]];
      if (source.kind != Slot::Kind::output || source.index != i)
        program_.per_block.push_back({Op::copy, target, {source}});
    }
    return std::move(program_);
  }

 private:
  void count_uses() {
    uses_.resize(graph_.size());
    for (const NodeId id : order_)
      for (size_t i = 0; i < arity(graph_[id].op); ++i) ++uses_[graph_[id].in[i]];
    for (const NodeId root : roots_) ++uses_[root];
  }

  Slot new_scalar() { return {Slot::Kind::scalar, static_cast<uint16_t>(program_.scalars++)}; }

  void place_leaves() {
    for (const NodeId id : order_) {
      if (graph_[id].op != Op::constant) continue;
      place_[id] = new_scalar();
      program_.constants.push_back(static_cast<float>(graph_[id].number));
    }
    for (const NodeId id : order_) {
      if (graph_[id].op != Op::parameter) continue;
      place_[id] = new_scalar();
      program_.parameters.push_back({Slot::Kind::scalar, static_cast<uint16_t>(graph_[id].number)});
    }
  }

  // The operation that does both, where there is one.
  static std::optional<Op> joined_op(Op inner, Op outer) {
    if (inner == Op::multiply && outer == Op::add) return Op::multiply_add;
    if (inner == Op::multiply && outer == Op::multiply) return Op::multiply_twice;
    if (inner == Op::multiply_add && outer == Op::multiply) return Op::multiply_add_multiply;
    return std::nullopt;
  }

  // A product that nothing else uses is made together with the sum or product it goes into. Each
  // step is still rounded, so that the bits stay the same.
  void join_products() {
    for (const NodeId id : order_) {
      Node& node = nodes_[id];
      if (node.op != Op::add && node.op != Op::multiply) continue;
      for (size_t i = 0; i < 2; ++i) {
        const NodeId inner = node.in[i], other = node.in[1 - i];
        const std::optional<Op> joined = joined_op(nodes_[inner].op, node.op);
        if (!joined || uses_[inner] > 1) continue;
        const auto [a, b, c, d] = nodes_[inner].in;
        node.op = *joined;
        node.in = arity(*joined) == 3 ? std::array{a, b, other, d} : std::array{a, b, c, other};
        uses_[inner] = 0;
        break;
      }
    }
  }

  void emit(NodeId id) {
    const Node& node = nodes_[id];
    Instruction instruction{node.op, {}, {}};
    for (size_t i = 0; i < arity(node.op); ++i) instruction.in[i] = place_[node.in[i]];
    if (!node.varies) {
      place_[id] = instruction.out = new_scalar();
      program_.once.push_back(instruction);
      return;
    }
    // An operand's register that is not needed again may take the result.
    for (size_t i = 0; i < arity(node.op); ++i) release(node.in[i]);
    place_[id] = instruction.out = target(id);
    program_.per_block.push_back(instruction);
  }

  void release(NodeId id) {
    if (--uses_[id] == 0 && place_[id].kind == Slot::Kind::scratch)
      free_.push_back(place_[id].index);
  }

  Slot target(NodeId id) {
    for (size_t i = 0; i < roots_.size(); ++i)
      if (roots_[i] == id) return {Slot::Kind::output, static_cast<uint16_t>(i)};
    if (free_.empty()) free_.push_back(static_cast<uint16_t>(program_.registers++));
    const uint16_t index = free_.back();
    free_.pop_back();
    return {Slot::Kind::scratch, index};
  }

  const Graph& graph_;
  std::span<const NodeId> roots_;
  std::vector<NodeId> order_;
  std::vector<Node> nodes_;
  std::vector<Slot> place_;  // by node; the variable's is the input
  std::vector<size_t> uses_;
  std::vector<uint16_t> free_;
  Program program_;
};

}  // namespace

Program compile(const Graph& graph, std::span<const NodeId> roots) {
  Lowering lowering(graph);
  const std::vector<NodeId> lowered = lowering.run(roots);
  return Assembler(lowering.graph, lowered).run();
}

}  // namespace lab::formula
