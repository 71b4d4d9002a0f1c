#include "core/export/onnx_model.h"

#include <vector>

#include "core/export/onnx_expression.h"
#include "core/export/state_dict.h"

namespace lab {

std::string to_onnx(const train::Plan& plan, const train::Parameters& parameters) {
  OnnxGraph graph;
  OnnxValue x = graph.input("input", plan.inputs());
  const std::vector<StateDictEntry> entries = state_dict(plan);
  size_t next = 0;
  const auto add_parameter = [&] {
    const StateDictEntry& entry = entries[next];
    return graph.tensor(entry.name, entry.shape, parameters[next++]);
  };
  for (const train::LayerPlan& layer : plan.layers) {
    const bool last = &layer == &plan.layers.back();
    std::vector<OnnxValue> inputs = {x, add_parameter()};
    if (plan.bias) inputs.push_back(add_parameter());
    const OnnxGraph::Attribute transposed = {"transB", 1, true};
    x = graph.node("Gemm", inputs, {&transposed, 1}, last ? "logits" : "");
    if (layer.learns_slope) {
      x = graph.node("PRelu", std::vector{x, add_parameter()});
    } else {
      x = add_activation(graph, *layer.activation, layer.params, x);
    }
  }
  graph.node("Identity", {&x, 1}, {}, "output");
  graph.output("logits", plan.outputs());
  graph.output("output", plan.outputs());
  return graph.model("Activation Lab");
}

}  // namespace lab
