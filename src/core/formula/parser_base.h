#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/formula/ast.h"
#include "core/formula/lexer.h"

namespace lab::formula {

// What the grammar in parser.cpp stands on: a window on the tokens, the first error, the nodes and
// parameters that were read so far, and a bound on the recursion. Once an error is set the tokens
// are at their end, so that every loop over them stops.
class ParserBase {
 protected:
  explicit ParserBase(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  const Token& peek(size_t ahead) const;
  const Token& next() const { return peek(0); }
  const Token& previous() const { return tokens_[at_ - 1]; }
  Token take();
  bool accept(TokenKind kind);
  bool accept_word(std::string_view word);
  bool expect(TokenKind kind, std::string_view sign);

  // Sets the error, unless there is one. Returns a node that nobody looks at.
  AstId fail(std::string_view code, int column, std::vector<std::string> args = {});
  // The error for a token that cannot follow what was read.
  AstId unexpected();

  AstId add(AstNode node);
  AstId add(AstKind kind, std::vector<AstId> args) {
    return add({.kind = kind, .args = std::move(args)});
  }

  static bool is_operator_word(const Token& token);
  static bool begins_operand(const Token& token);
  static bool is_reserved(const std::string& name);
  bool parameter_exists(const std::string& name) const;
  // The parameter's index; a new one is added.
  size_t parameter_index(const Token& token);

  // Counts how deep the recursion is while it lives.
  class Nesting {
   public:
    explicit Nesting(ParserBase& parser);
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    ParserBase& parser_;
  };

  size_t at_ = 0;
  Ast ast_;
  std::optional<Error> error_;

 private:
  std::vector<Token> tokens_;
  int depth_ = 0;
};

}  // namespace lab::formula
