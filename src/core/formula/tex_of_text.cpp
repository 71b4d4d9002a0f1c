#include <string>
#include <vector>

#include "core/fill_placeholders.h"
#include "core/formula/code.h"
#include "core/formula/functions.h"
#include "core/formula/tex.h"

namespace lab::formula {
namespace {

constexpr std::string_view kElse = "\\text{else}";

// What holds where the comparison doesn't (NaN aside), to be read as the other case.
std::string otherwise(const AstNode& condition, const std::vector<Tex>& parts) {
  const auto opposite = [&](std::string_view sign) {
    return tex_relation(parts[condition.args[0]], sign, parts[condition.args[1]]).text;
  };
  switch (condition.kind) {
    case AstKind::less:
      return opposite("\\ge");
    case AstKind::less_equal:
      return opposite(">");
    case AstKind::greater:
      return opposite("\\le");
    case AstKind::greater_equal:
      return opposite("<");
    case AstKind::equal:
      return opposite("\\ne");
    case AstKind::not_equal:
      return opposite("=");
    default:
      return std::string(kElse);
  }
}

// The formula as it was typed.
class AstWriter {
 public:
  explicit AstWriter(const Ast& ast) : ast_(ast), parts_(ast.nodes.size()) {}

  std::string run() {
    for (AstId id = 0; id <= ast_.root; ++id) parts_[id] = tex_limited(write(ast_.nodes[id]));
    return parts_[ast_.root].text;
  }

 private:
  const Tex& arg(const AstNode& node, size_t index) const { return parts_[node.args[index]]; }

  Tex write(const AstNode& node) {
    switch (node.kind) {
      case AstKind::number:
        return tex_number(node.number);
      case AstKind::named_number:
        return {node.text == "e" ? "e" : "\\pi"};
      case AstKind::variable:
        return {"x"};
      case AstKind::parameter:
        return {parameter_tex(ast_.params[node.parameter].name)};
      case AstKind::call:
        return call(node);
      case AstKind::negate:
        return tex_negative(arg(node, 0));
      case AstKind::add:
        return tex_sum(arg(node, 0), arg(node, 1));
      case AstKind::subtract:
        return tex_difference(arg(node, 0), arg(node, 1));
      case AstKind::multiply:
        return tex_product(arg(node, 0), arg(node, 1));
      case AstKind::divide:
        return tex_fraction(arg(node, 0), arg(node, 1));
      case AstKind::power:
        return power(node);
      case AstKind::choose:
        return tex_cases(arg(node, 1), arg(node, 0), arg(node, 2),
                         otherwise(ast_.nodes[node.args[0]], parts_));
      default:
        return condition(node);
    }
  }

  Tex power(const AstNode& node) {
    const AstNode& exponent = ast_.nodes[node.args[1]];
    if (exponent.kind == AstKind::number && exponent.number == 0.5)
      return {"\\sqrt{" + arg(node, 0).text + "}"};
    return tex_power(arg(node, 0), arg(node, 1));
  }

  Tex condition(const AstNode& node) {
    switch (node.kind) {
      case AstKind::less:
        return tex_relation(arg(node, 0), "<", arg(node, 1));
      case AstKind::less_equal:
        return tex_relation(arg(node, 0), "\\le", arg(node, 1));
      case AstKind::greater:
        return tex_relation(arg(node, 0), ">", arg(node, 1));
      case AstKind::greater_equal:
        return tex_relation(arg(node, 0), "\\ge", arg(node, 1));
      case AstKind::equal:
        return tex_relation(arg(node, 0), "=", arg(node, 1));
      case AstKind::not_equal:
        return tex_relation(arg(node, 0), "\\ne", arg(node, 1));
      case AstKind::logical_and:
        return tex_joined(arg(node, 0), "and", arg(node, 1));
      case AstKind::logical_or:
        return tex_joined(arg(node, 0), "or", arg(node, 1));
      default:
        return tex_not(arg(node, 0));
    }
  }

  Tex call(const AstNode& node) {
    const FunctionRow& row = *node.function;
    if (row.form == Form::maximum || row.form == Form::minimum) {
      std::string list;
      for (size_t i = 0; i < node.args.size(); ++i) list += (i ? ", " : "") + arg(node, i).text;
      return tex_call(std::string(row.tex) + "({0})", {list});
    }
    if (node.args.size() == 1) return tex_call(row.tex, arg(node, 0));
    std::vector<std::string_view> texts;
    for (size_t i = 0; i < node.args.size(); ++i) texts.push_back(arg(node, i).text);
    return {fill_placeholders(row.tex, texts)};
  }

  const Ast& ast_;
  std::vector<Tex> parts_;
};

}  // namespace
}  // namespace lab::formula

namespace lab {

std::string formula_tex(const Formula& formula) {
  return formula::AstWriter(formula.code().ast).run();
}

}  // namespace lab
