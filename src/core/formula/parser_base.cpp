#include "core/formula/parser_base.h"

#include <algorithm>
#include <utility>

#include "core/formula/functions.h"

namespace lab::formula {
namespace {

constexpr size_t kMaxOperations = 256;
constexpr int kMaxDepth = 48;
constexpr int kLevelsPerBracket = 3;
constexpr size_t kLongestName = 32;

// Words that neither a parameter nor an attribute of a Python class can be called, and what a
// torch.nn.Module uses itself.
constexpr std::string_view kPythonWords[] = {
    "as",    "assert", "async",    "await",   "break", "class",   "continue", "def",     "del",
    "elif",  "else",   "except",   "finally", "for",   "from",    "global",   "import",  "in",
    "is",    "lambda", "nonlocal", "pass",    "raise", "return",  "try",      "while",   "with",
    "yield", "None",   "True",     "False",   "self",  "forward", "train",    "training"};

bool is_word(const Token& token, std::string_view word) {
  return token.kind == TokenKind::name && token.text == word;
}
// How the parameter is called in Python and everywhere else.
std::string attribute_name(const std::string& text) {
  const bool taken = std::ranges::find(kPythonWords, text) != std::end(kPythonWords);
  return taken ? text + "_" : text;
}

}  // namespace

const Token& ParserBase::peek(size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

Token ParserBase::take() {
  Token token = next();
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}

bool ParserBase::accept(TokenKind kind) {
  if (next().kind != kind) return false;
  take();
  return true;
}

bool ParserBase::accept_word(std::string_view word) {
  if (!is_word(next(), word)) return false;
  take();
  return true;
}

bool ParserBase::expect(TokenKind kind, std::string_view sign) {
  if (error_ || accept(kind)) return !error_;
  if (next().kind == TokenKind::assign) {
    unexpected();
  } else if (next().kind == TokenKind::end) {
    fail("formula.unclosed", next().column, {std::string(sign)});
  } else {
    fail("formula.expected", next().column, {std::string(sign), next().text});
  }
  return false;
}

AstId ParserBase::fail(std::string_view code, int column, std::vector<std::string> args) {
  if (!error_) error_ = formula_error(code, column, std::move(args));
  at_ = tokens_.size() - 1;
  return 0;
}

AstId ParserBase::unexpected() {
  const Token& token = next();
  if (token.kind == TokenKind::assign) return fail("formula.single_equals", token.column);
  if (begins_operand(token))
    return fail("formula.missing_operator", token.column, {previous().text, token.text});
  return fail("formula.unexpected", token.column, {token.text});
}

AstId ParserBase::add(AstNode node) {
  if (error_) return 0;
  if (ast_.nodes.size() >= kMaxOperations)
    return fail("formula.too_large", next().column, {std::to_string(kMaxOperations)});
  node.varies = node.kind == AstKind::variable;
  node.constant = node.kind != AstKind::variable && node.kind != AstKind::parameter;
  for (const AstId arg : node.args) {
    node.varies = node.varies || ast_.nodes[arg].varies;
    node.constant = node.constant && ast_.nodes[arg].constant;
  }
  ast_.nodes.push_back(std::move(node));
  return static_cast<AstId>(ast_.nodes.size() - 1);
}

bool ParserBase::is_operator_word(const Token& token) {
  return is_word(token, "and") || is_word(token, "or") || is_word(token, "not");
}

bool ParserBase::begins_operand(const Token& token) {
  return token.kind == TokenKind::number || token.kind == TokenKind::open ||
         (token.kind == TokenKind::name && !is_operator_word(token));
}

bool ParserBase::is_reserved(const std::string& name) {
  constexpr std::string_view kTaken[] = {"x", "X", "e", "pi", "Pi", "PI", "and", "or", "not"};
  return std::ranges::find(kTaken, name) != std::end(kTaken) ||
         (find_function(name) && name != "sigma");
}

bool ParserBase::parameter_exists(const std::string& name) const {
  return std::ranges::any_of(
      ast_.params, [&](const AstParam& param) { return param.name == attribute_name(name); });
}

size_t ParserBase::parameter_index(const Token& token) {
  const std::string name = attribute_name(token.text);
  for (size_t i = 0; i < ast_.params.size(); ++i)
    if (ast_.params[i].name == name) return i;
  if (name.size() > kLongestName) {
    fail("formula.name_too_long", token.column, {std::to_string(kLongestName)});
  } else if (ast_.params.size() == kMaxActivationParams) {
    fail("formula.too_many_parameters", token.column,
         {token.text, std::to_string(kMaxActivationParams)});
  } else {
    ast_.params.push_back({name});
  }
  return ast_.params.size() - 1;
}

ParserBase::Nesting::Nesting(ParserBase& parser) : parser_(parser) {
  if (++parser_.depth_ > kLevelsPerBracket * kMaxDepth)
    parser_.fail("formula.too_deep", parser_.next().column, {std::to_string(kMaxDepth)});
}

}  // namespace lab::formula
