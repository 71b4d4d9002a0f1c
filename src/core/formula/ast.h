#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/formula/graph.h"

namespace lab::formula {

using AstId = uint32_t;
struct FunctionRow;

enum class AstKind : uint8_t {
  number,
  named_number,  // pi, e
  variable,
  parameter,
  call,
  negate,
  logical_not,
  add,
  subtract,
  multiply,
  divide,
  power,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  logical_and,
  logical_or,
  choose,  // condition ? then : else
};

// A part of a formula as it was typed, which is what TeX and PyTorch code are written from.
struct AstNode {
  AstKind kind = AstKind::number;
  std::vector<AstId> args = {};  // ids smaller than its own
  double number = 0;
  std::string text = {};  // of a number or constant, in Python's spelling
  size_t parameter = 0;
  const FunctionRow* function = nullptr;
  bool varies = false;    // depends on x
  bool constant = false;  // depends neither on x nor on a parameter
};

struct AstParam {
  std::string name;
  double fallback = 1;
  bool declared = false;
};

struct Ast {
  std::vector<AstNode> nodes;
  AstId root = 0;
  std::vector<AstParam> params;
};

Result<Ast> parse(std::string_view text);

// The expression in the graph, simplified.
NodeId lower(const Ast& ast, AstId root, Graph& graph);

// The value of an expression without x and parameters.
double constant_value(const Ast& ast, AstId root);

}  // namespace lab::formula
