#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>

#include "core/formula/functions.h"
#include "core/formula/parser_base.h"
#include "core/text_number.h"

namespace lab::formula {
namespace {

struct BinaryOperator {
  TokenKind token;
  AstKind kind;
};
constexpr BinaryOperator kComparisons[] = {
    {TokenKind::less, AstKind::less},       {TokenKind::less_equal, AstKind::less_equal},
    {TokenKind::greater, AstKind::greater}, {TokenKind::greater_equal, AstKind::greater_equal},
    {TokenKind::equal, AstKind::equal},     {TokenKind::not_equal, AstKind::not_equal},
};

// Numbers as Python writes them: no zeros in front, a digit on both sides of the point.
std::string python_number(std::string text) {
  size_t zeros = 0;
  while (zeros + 1 < text.size() && text[zeros] == '0' && text[zeros + 1] >= '0' &&
         text[zeros + 1] <= '9')
    ++zeros;
  text.erase(0, zeros);
  if (text[0] == '.') text.insert(0, "0");
  const size_t point = text.find('.');
  if (point != std::string::npos &&
      (point + 1 == text.size() || text[point + 1] < '0' || text[point + 1] > '9'))
    text.insert(point + 1, "0");
  return text;
}

// Recursive descent. Once an error is set every function returns at once, whatever it returns.
class Parser : ParserBase {
 public:
  explicit Parser(std::vector<Token> tokens) : ParserBase(std::move(tokens)) {}

  Result<Ast> run() {
    if (next().kind == TokenKind::end) return formula_error("formula.empty", 1);
    while (!error_ && next().kind == TokenKind::name && peek(1).kind == TokenKind::assign)
      declaration();
    ast_.root = expression();
    if (!error_ && next().kind != TokenKind::end) unexpected();
    if (error_) return *error_;
    return std::move(ast_);
  }

 private:
  // --- grammar ---
  // name = constant expression ;
  void declaration() {
    const Token name = take();
    take();
    if (is_reserved(name.text)) {
      fail("formula.reserved_name", name.column, {name.text});
      return;
    }
    const int column = next().column;
    const AstId value = expression();
    if (error_) return;
    if (!ast_.nodes[value].constant) {
      fail("formula.declaration_not_constant", column, {name.text});
      return;
    }
    const double number = constant_value(ast_, value);
    if (!(std::fabs(number) <= static_cast<double>(std::numeric_limits<float>::max()))) {
      fail("formula.declaration_not_constant", column, {name.text});
      return;
    }
    if (!expect(TokenKind::semicolon, ";")) return;
    const size_t index = parameter_index(name);
    if (error_) return;
    AstParam& param = ast_.params[index];
    if (param.declared) fail("formula.declared_twice", name.column, {name.text});
    param.fallback = number;
    param.declared = true;
  }

  // or-expression [? expression : expression]
  AstId expression() {
    const Nesting nesting(*this);
    if (error_) return 0;
    const AstId condition = either();
    if (!accept(TokenKind::question)) return condition;
    const AstId yes = expression();
    if (!expect(TokenKind::colon, ":")) return 0;
    const AstId no = expression();
    return add(AstKind::choose, {condition, yes, no});
  }

  bool accept_or() {
    if (accept_word("or")) return true;
    const bool bars = next().kind == TokenKind::bar && peek(1).kind == TokenKind::bar &&
                      peek(1).column == next().column + 1;
    if (!bars || inside_bars_) return false;
    take();
    take();
    return true;
  }
  AstId either() {
    AstId left = both();
    while (!error_ && accept_or()) left = add(AstKind::logical_or, {left, both()});
    return left;
  }
  AstId both() {
    AstId left = negation();
    while (!error_ && (accept_word("and") || accept(TokenKind::logical_and)))
      left = add(AstKind::logical_and, {left, negation()});
    return left;
  }
  AstId negation() {
    const Nesting nesting(*this);
    if (error_) return 0;
    if (accept_word("not")) return add(AstKind::logical_not, {negation()});
    return comparison();
  }

  const BinaryOperator* accept_comparison() {
    for (const BinaryOperator& candidate : kComparisons)
      if (accept(candidate.token)) return &candidate;
    return nullptr;
  }
  // a < b, or a < b < c where b is so simple that it may stand in both comparisons.
  AstId comparison() {
    AstId left = sum();
    std::optional<AstId> chain;
    while (!error_) {
      const int column = next().column;
      const BinaryOperator* found = accept_comparison();
      if (!found) break;
      if (chain && !ast_.nodes[left].args.empty())
        return fail("formula.chained_comparison", column);
      const AstId right = sum();
      const AstId link = add(found->kind, {left, right});
      chain = chain ? add(AstKind::logical_and, {*chain, link}) : link;
      left = right;
    }
    return chain.value_or(left);
  }

  AstId sum() {
    AstId left = product();
    while (!error_) {
      if (accept(TokenKind::plus)) {
        left = add(AstKind::add, {left, product()});
      } else if (accept(TokenKind::minus)) {
        left = add(AstKind::subtract, {left, product()});
      } else {
        break;
      }
    }
    return left;
  }

  // 2x, 2(x+1), (x+1)(x−1), (x+1)x: a number or a bracket before a name or a bracket.
  bool implicit_product() const {
    const TokenKind last = previous().kind;
    const bool left =
        last == TokenKind::number || last == TokenKind::close || last == TokenKind::bar;
    return left && begins_operand(next()) && next().kind != TokenKind::number;
  }

  AstId product() {
    AstId left = unary();
    bool open_end = false;  // whether the last factor was a divisor or a power
    while (!error_) {
      const size_t start = at_;
      if (accept(TokenKind::times)) {
        left = add(AstKind::multiply, {left, unary()});
        open_end = false;
      } else if (accept(TokenKind::divide)) {
        left = add(AstKind::divide, {left, unary()});
        open_end = true;
      } else if (implicit_product()) {
        if (open_end || powered_)
          return fail("formula.ambiguous_product", next().column, {previous().text, next().text});
        left = add(AstKind::multiply, {left, unary()});
      } else {
        break;
      }
      if (at_ == start) break;
    }
    return left;
  }

  AstId unary() {
    const Nesting nesting(*this);
    if (error_) return 0;
    powered_ = false;
    if (accept(TokenKind::minus)) {
      const AstId operand = unary();
      return add(AstKind::negate, {operand});
    }
    if (accept(TokenKind::plus)) return unary();
    if (accept(TokenKind::logical_not)) return add(AstKind::logical_not, {unary()});
    const AstId base = primary();
    powered_ = false;
    if (!accept(TokenKind::power)) return base;
    const bool superscript = previous().column == next().column;
    const AstId exponent = unary();
    powered_ = !superscript && previous().kind == TokenKind::number;
    return add(AstKind::power, {base, exponent});
  }

  AstId primary() {
    const Token token = take();
    switch (token.kind) {
      case TokenKind::number:
        return add(
            {.kind = AstKind::number, .number = token.value, .text = python_number(token.text)});
      case TokenKind::open:
        return bracketed(TokenKind::close, ")", false);
      case TokenKind::bar: {
        const AstId inside = bracketed(TokenKind::bar, "|", true);
        return add({.kind = AstKind::call, .args = {inside}, .function = find_function("abs")});
      }
      case TokenKind::name:
        if (!is_operator_word(token)) return name(token);
        [[fallthrough]];
      default:
        if (token.kind == TokenKind::end) return fail("formula.unexpected_end", token.column);
        return fail("formula.expected_operand", token.column, {token.text});
    }
  }

  AstId bracketed(TokenKind closing, std::string_view sign, bool bars) {
    const bool outside = std::exchange(inside_bars_, bars);
    const AstId inside = expression();
    expect(closing, sign);
    inside_bars_ = outside;
    return inside;
  }

  AstId name(const Token& token) {
    const bool called = next().kind == TokenKind::open;
    const FunctionRow* function = find_function(token.text);
    if (called && function) return call(*function, token);
    const bool greek = token.text == "sigma";  // also a name for the logistic function
    if (function && !greek)
      return fail("formula.function_without_arguments", token.column, {token.text});
    const std::string& text = token.text;
    const bool number = text == "pi" || text == "PI" || text == "Pi" || text == "e";
    const bool known = text == "x" || text == "X" || number || parameter_exists(text);
    if (called && !known && text.size() > 1)
      return fail("formula.unknown_function", token.column,
                  {text, std::string(nearest_function(text))});
    if (called) return fail("formula.value_called", next().column, {text});
    if (text == "x" || text == "X") return add({.kind = AstKind::variable});
    if (text == "e")
      return add({.kind = AstKind::named_number, .number = std::numbers::e, .text = "e"});
    if (number)
      return add({.kind = AstKind::named_number, .number = std::numbers::pi, .text = "pi"});
    const size_t index = parameter_index(token);
    return add({.kind = AstKind::parameter, .parameter = index});
  }

  AstId call(const FunctionRow& row, const Token& token) {
    take();  // the bracket
    const bool outside = std::exchange(inside_bars_, false);
    std::vector<AstId> args;
    if (next().kind != TokenKind::close) {
      do {
        args.push_back(expression());
      } while (!error_ && accept(TokenKind::comma));
    }
    expect(TokenKind::close, ")");
    inside_bars_ = outside;
    if (error_) return 0;
    if (args.size() < row.min_args || args.size() > row.max_args) {
      const std::string least = std::to_string(row.min_args), most = std::to_string(row.max_args);
      return fail(
          "formula.argument_count", token.column,
          {token.text, least == most ? least : least + "–" + most, std::to_string(args.size())});
    }
    return finish_call(row, token, std::move(args));
  }

  AstId finish_call(const FunctionRow& row, const Token& token, std::vector<AstId> args) {
    if (row.form == Form::choose) return add(AstKind::choose, std::move(args));
    if (row.form == Form::power) return add(AstKind::power, std::move(args));
    if (row.form == Form::plain) {
      for (size_t i = 1; i < args.size(); ++i)
        if (ast_.nodes[args[i]].varies)
          return fail("formula.argument_varies", token.column, {token.text, std::to_string(i + 1)});
      if (args.size() < row.max_args) {
        args.push_back(add({.kind = AstKind::number,
                            .number = static_cast<double>(row.fallback),
                            .text = shortest_text(row.fallback)}));
      }
    }
    return add({.kind = AstKind::call, .args = std::move(args), .function = &row});
  }

  bool inside_bars_ = false;
  bool powered_ = false;  // whether the last factor ended in an exponent that is a plain number
};

}  // namespace

Result<Ast> parse(std::string_view text) {
  Result<std::vector<Token>> tokens = tokenize(text);
  if (!tokens) return tokens.error();
  return Parser(std::move(tokens.value())).run();
}

}  // namespace lab::formula
