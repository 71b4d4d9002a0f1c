#pragma once

#include <span>
#include <string_view>

#include "core/activation/activation.h"
#include "core/export/onnx_graph.h"

namespace lab {

// How a row of the registry is expressed with ONNX's operators: nested calls of operators, with x
// for the input, a and b for the values of the row's parameters, and name=value for attributes:
// "LeakyRelu(x,alpha=a)". Empty for a formula.
std::string_view onnx_expression(const Activation& activation);

// Adds the nodes of f(x) to a graph, for a row of the registry or a formula.
OnnxValue add_activation(OnnxGraph& graph, const Activation& activation,
                         const ActivationParams& params, OnnxValue x);

// Adds the nodes of an expression with these values of x, a, b, …
OnnxValue add_expression(OnnxGraph& graph, std::string_view text, std::span<const OnnxValue> args);

}  // namespace lab
