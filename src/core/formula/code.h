#pragma once

#include <string>
#include <vector>

#include "core/formula/ast.h"
#include "core/formula/formula.h"
#include "core/formula/graph.h"
#include "core/formula/program.h"

namespace lab::formula {

// What a formula's text was turned into.
struct Code {
  std::string text;
  Ast ast;
  std::vector<FormulaParam> params;
  Graph graph;
  NodeId value = 0, derivative = 0, second = 0;
  // Everything that each of the three consists of, as Graph::reachable() gives it.
  std::vector<NodeId> value_order, derivative_order, second_order;
  Program value_program, derivative_program, both_program, second_program;
};

// One of the three in double precision, with the values at ±∞ that formula.h promises.
double reference(const Code& code, NodeId root, const std::vector<NodeId>& order,
                 const ActivationParams& params, double x);

}  // namespace lab::formula
