#include <string>
#include <vector>

#include "core/fill_placeholders.h"
#include "core/formula/code.h"
#include "core/formula/functions.h"
#include "core/pytorch_modules.h"

namespace lab {
namespace {

using formula::Ast;
using formula::AstId;
using formula::AstKind;
using formula::AstNode;
using formula::Form;

// How tightly an expression is bound, as Python's grammar has it.
enum Binding {
  kLambda,
  kOr,
  kAnd,
  kNot,
  kCompare,
  kBitOr,
  kBitAnd,
  kSum,
  kProduct,
  kSign,
  kPower,
  kAtom
};

struct Piece {
  std::string text;
  Binding binding = kAtom;
  bool truth = false;  // a bool, or a tensor of them
};

std::string at_least(const Piece& piece, Binding binding) {
  return piece.binding < binding ? "(" + piece.text + ")" : piece.text;
}

class PythonWriter {
 public:
  explicit PythonWriter(const Ast& ast) : ast_(ast), pieces_(ast.nodes.size()) {}

  std::string run() {
    for (AstId id = 0; id <= ast_.root; ++id) pieces_[id] = write(id);
    const AstNode& root = ast_.nodes[ast_.root];
    const Piece whole = as_number(ast_.root);
    return root.varies ? whole.text : "torch.full_like(x, " + whole.text + ")";
  }

 private:
  Piece write(AstId id) {
    const AstNode& node = ast_.nodes[id];
    if (node.kind == AstKind::number) return {node.text};
    if (node.constant) return folded(id);
    switch (node.kind) {
      case AstKind::variable:
        return {"x"};
      case AstKind::parameter:
        return {"{" + ast_.params[node.parameter].name + "}"};
      case AstKind::call:
        return call(node);
      case AstKind::negate:
        return {"-" + at_least(as_number(node.args[0]), kSign), kSign};
      case AstKind::add:
        return binary(node, " + ", kSum, kSum, kSum);
      case AstKind::subtract:
        return binary(node, " - ", kSum, kSum, kProduct);
      case AstKind::multiply:
        return binary(node, " * ", kProduct, kProduct, kSign);
      case AstKind::divide:
        return binary(node, " / ", kProduct, kProduct, kSign);
      case AstKind::power:
        return binary(node, " ** ", kPower, kAtom, kSign);
      case AstKind::choose:
        return choose(node);
      default:
        return condition(node);
    }
  }

  // An expression of numbers alone is one number, with all digits that double precision needs.
  Piece folded(AstId id) {
    const std::string text = python_number(formula::constant_value(ast_, id));
    return {text, text[0] == '-' ? kSign : kAtom};
  }

  // A truth value as the number 0 or 1.
  Piece as_number(AstId id) {
    const Piece& piece = pieces_[id];
    if (!piece.truth) return piece;
    if (ast_.nodes[id].varies) return {"(" + piece.text + ").to(x.dtype)"};
    return {"float(" + piece.text + ")"};
  }
  Piece as_truth(AstId id) {
    const Piece& piece = pieces_[id];
    if (piece.truth) return piece;
    return {at_least(piece, kBitOr) + " != 0", kCompare, true};
  }

  Piece binary(const AstNode& node, const char* sign, Binding own, Binding left, Binding right) {
    return {
        at_least(as_number(node.args[0]), left) + sign + at_least(as_number(node.args[1]), right),
        own};
  }

  Piece condition(const AstNode& node) {
    const auto compare = [&](const char* sign) {
      Piece piece = binary(node, sign, kCompare, kBitOr, kBitOr);
      piece.truth = true;
      return piece;
    };
    switch (node.kind) {
      case AstKind::less:
        return compare(" < ");
      case AstKind::less_equal:
        return compare(" <= ");
      case AstKind::greater:
        return compare(" > ");
      case AstKind::greater_equal:
        return compare(" >= ");
      case AstKind::equal:
        return compare(" == ");
      case AstKind::not_equal:
        return compare(" != ");
      default:
        return logical(node);
    }
  }

  // Tensors of truth values take & | ~, Python's own take and, or, not.
  Piece logical(const AstNode& node) {
    const Piece left = as_truth(node.args[0]);
    if (node.kind == AstKind::logical_not) {
      if (!node.varies) return {"not " + at_least(left, kNot), kNot, true};
      return {"~" + at_least(left, kAtom), kSign, true};
    }
    const Piece right = as_truth(node.args[1]);
    const bool both = node.kind == AstKind::logical_and;
    const Binding own = node.varies ? (both ? kBitAnd : kBitOr) : (both ? kAnd : kOr);
    const std::string sign = node.varies ? (both ? " & " : " | ") : (both ? " and " : " or ");
    const auto inner = static_cast<Binding>(own + 1);
    return {at_least(left, own) + sign + at_least(right, inner), own, true};
  }

  Piece choose(const AstNode& node) {
    const Piece condition = as_truth(node.args[0]);
    const Piece yes = as_number(node.args[1]), no = as_number(node.args[2]);
    if (ast_.nodes[node.args[0]].varies)
      return {"torch.where(" + condition.text + ", " + yes.text + ", " + no.text + ")"};
    return {at_least(yes, kOr) + " if " + at_least(condition, kOr) + " else " + no.text, kLambda};
  }

  Piece call(const AstNode& node) {
    if (node.function->form == Form::maximum || node.function->form == Form::minimum)
      return bounds(node);
    if (node.function->form == Form::clamp) {
      const Piece low = larger(tensor(node.args[0]), node.args[1], true);
      return larger(low.text, node.args[2], false);
    }
    std::vector<std::string> args = {tensor(node.args[0])};
    for (size_t i = 1; i < node.args.size(); ++i) args.push_back(as_number(node.args[i]).text);
    // An argument that an operator of the template touches needs its brackets.
    const bool enclosed = node.function->python.find("({0}") != std::string_view::npos &&
                          node.function->python.find("({0} ") == std::string_view::npos;
    if (!enclosed) args[0] = "(" + args[0] + ")";
    const std::vector<std::string_view> views(args.begin(), args.end());
    return {fill_placeholders(node.function->python, views)};
  }

  // Functions of torch take tensors only, so a parameter is made one.
  std::string tensor(AstId id) {
    const std::string text = as_number(id).text;
    return ast_.nodes[id].varies ? text : "torch.as_tensor(" + text + ")";
  }

  Piece bounds(const AstNode& node) {
    // One that depends on x goes first, if there is any.
    std::vector<AstId> args = node.args;
    for (size_t i = 0; i < args.size(); ++i) {
      if (!ast_.nodes[args[i]].varies) continue;
      std::swap(args[0], args[i]);
      break;
    }
    Piece result{tensor(args[0])};
    for (size_t i = 1; i < args.size(); ++i)
      result = larger(result.text, args[i], node.function->form == Form::maximum);
    return result;
  }

  // max(tensor, bound) or min of them. Against a number, torch.relu and threshold have the slope 0
  // at a tie, which torch.clamp has not.
  Piece larger(const std::string& tensor_text, AstId bound, bool upper) {
    const std::string text = as_number(bound).text;
    if (ast_.nodes[bound].varies)
      return {(upper ? "torch.maximum(" : "torch.minimum(") + tensor_text + ", " + text + ")"};
    if (upper && (text == "0" || text == "0.0")) return {"torch.relu(" + tensor_text + ")"};
    const std::string call = "torch.nn.functional.threshold(";
    if (upper) return {call + tensor_text + ", " + text + ", " + text + ")"};
    const std::string minus = "-(" + text + ")";
    return {"-" + call + "-(" + tensor_text + "), " + minus + ", " + minus + ")", kSign};
  }

  const Ast& ast_;
  std::vector<Piece> pieces_;
};

}  // namespace

std::string formula_pytorch(const Formula& formula) {
  return PythonWriter(formula.code().ast).run();
}

}  // namespace lab
