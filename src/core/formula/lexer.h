#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace lab::formula {

inline constexpr size_t kMaxTextBytes = 2000;

enum class TokenKind {
  number,
  name,
  plus,
  minus,
  times,
  divide,
  power,
  open,
  close,
  comma,
  semicolon,
  question,
  colon,
  bar,  // |; two in a row are “or” where an operator may stand
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  assign,
  logical_not,
  logical_and,
  end
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;  // as typed; names of Greek letters spelled out
  double value = 0;  // of a number
  int column = 1;    // 1-based, in code points
};

// The text's tokens, the last of kind `end`. Accepts what keyboards and pages write for operators:
// − × · ÷ ≤ ≥ ≠ π ² ³ √, Greek letters and full-width punctuation.
Result<std::vector<Token>> tokenize(std::string_view text);

Error formula_error(std::string_view code, int column, std::vector<std::string> args = {});

}  // namespace lab::formula
