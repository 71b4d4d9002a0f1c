#include "core/export/pytorch_script.h"

#include <algorithm>
#include <string_view>

#include "core/export/python_text.h"
#include "core/export/pytorch_training.h"
#include "core/export/state_dict.h"
#include "core/joined.h"
#include "core/pytorch_modules.h"

namespace lab {
namespace {

using train::LayerPlan;
using train::Plan;

std::string number(const Plan& plan, double value) {
  return plan.precision == Precision::float64 ? python_number(value)
                                              : python_number(static_cast<float>(value));
}

// The labels as the loss takes them: see train::make_samples().
std::string targets_text(const Plan& plan, Problem problem) {
  if (problem == Problem::regression) return "label.unsqueeze(1)";
  if (plan.loss == Loss::cross_entropy) return "label.long()";
  std::string each = "label.unsqueeze(1)";
  if (plan.outputs() > 1) {
    each = joined({"nn.functional.one_hot(label.long(), ", std::to_string(plan.outputs()),
                   ").to(label.dtype)"});
  }
  return plan.loss == Loss::bce ? each : joined({"2 * ", each, " - 1"});
}

std::string label_text(const Plan& plan, const DataSet& data, size_t index) {
  const double label = data.points[index].label;
  const bool classes = data.problem == Problem::classification;
  return classes ? std::to_string(static_cast<int>(label)) : number(plan, label);
}

// Points and the features made of them.
std::string points_text(const Experiment& experiment, const Plan& plan, const DataSet& data) {
  ItemLines points(4);
  for (size_t i = 0; i < data.points.size(); ++i) {
    const DataPoint& point = data.points[i];
    points.add(joined({"[", number(plan, point.x), ", ", number(plan, point.y), ", ",
                       label_text(plan, data, i), "]"}));
  }
  std::string columns;
  for (const std::string& feature : experiment.features) {
    if (!columns.empty()) columns += ", ";
    columns += find_feature(feature)->python;
  }
  return joined({"points = torch.tensor([\n", points.text(),
                 "\n])\nx, y, label = points.unbind(1)\ninputs = torch.stack([", columns,
                 "], dim=1)\n"});
}

// Inputs of the network that were given as they are.
std::string rows_text(const Plan& plan, const DataSet& data, const train::Samples& samples) {
  ItemLines rows(4);
  for (size_t i = 0; i < samples.count; ++i) {
    std::string row = "[";
    for (size_t k = 0; k < samples.inputs; ++k) {
      row += number(plan, samples.x[i * samples.inputs + k]);
      row += ", ";
    }
    rows.add(joined({row, label_text(plan, data, i), "]"}));
  }
  return joined({"rows = torch.tensor([\n", rows.text(),
                 "\n])\ninputs, label = rows[:, :-1], rows[:, -1]\n"});
}

std::string data_section(const Experiment& experiment, const Plan& plan, const DataSet& data,
                         const train::Samples& samples) {
  const bool points = train::make_samples(data, experiment, plan).x == samples.x;
  return joined({points ? "# x, y" : "# What the network is given",
                 data.problem == Problem::classification ? " and the class" : " and the value",
                 points ? " of each point" : " of each row", "; those in front are for training.\n",
                 points ? points_text(experiment, plan, data) : rows_text(plan, data, samples),
                 "targets = ", targets_text(plan, data.problem),
                 "\ntrain_count = ", std::to_string(data.train_count), "\n\n"});
}

// The activation of a layer. The output's slopes are neither learned nor drawn.
std::string activation_text(const Plan& plan, const LayerPlan& layer, PytorchModules& modules) {
  const std::string_view id = layer.activation->id;
  const bool last = &layer == &plan.layers.back();
  if (id == "prelu" && !last) return "nn.PReLU()";  // its slope is among the weights
  if (!last || (id != "prelu" && id != "rrelu")) {
    return modules.expression(*layer.activation, layer.params);
  }
  const double low = static_cast<double>(layer.params[0]);
  const double high = id == "prelu" ? low : static_cast<double>(layer.params[1]);
  return joined({"nn.LeakyReLU(", number(plan, (low + high) / 2), ")"});
}

std::string network_section(const Plan& plan, PytorchModules& modules) {
  std::string text = "net = nn.Sequential(\n", remark;
  for (const LayerPlan& layer : plan.layers) {
    const bool last = &layer == &plan.layers.back();
    text += joined({"    nn.Linear(", std::to_string(layer.inputs), ", ",
                    std::to_string(layer.units), plan.bias ? "),\n" : ", bias=False),\n"});
    if (last && layer.activation->id == "identity") break;
    const std::string activation = activation_text(plan, layer, modules);
    if (last && !plan.output_in_loss) {
      remark =
          joined({"# ", activation, " follows outside training: the loss takes the logits.\n"});
      break;
    }
    text += joined({"    ", activation, ",\n"});
    if (!last && plan.dropout > 0) {
      text += joined({"    nn.Dropout(", python_number(plan.dropout), "),\n"});
    }
  }
  return joined({text, ")\n", remark});
}

std::string weights_section(const Plan& plan, const train::Parameters& parameters) {
  std::string text =
      "# The weights as they are in Activation Lab; leave this out to begin with PyTorch's own.\n"
      "net.load_state_dict({\n";
  size_t array = 0;
  for (const StateDictEntry& entry : state_dict(plan)) {
    ItemLines lines(8);
    const std::vector<double>& values = parameters[array++];
    const size_t columns = entry.shape.size() > 1 ? entry.shape[1] : 0;
    for (size_t i = 0; i < values.size(); ++i) {
      const bool starts = columns > 0 && i % columns == 0;
      const bool ends = columns > 0 && i % columns == columns - 1;
      lines.add(joined({starts ? "[" : "", number(plan, values[i]), ends ? "]" : ""}), starts);
    }
    text += joined({"    \"", entry.name, "\": torch.tensor([\n", lines.text(), "\n    ]),\n"});
  }
  return text + "})\n\n";
}

// Whether PyTorch draws numbers in training, which are others than the engine's.
bool draws(const Plan& plan) {
  const auto random = [](const LayerPlan& layer) { return layer.random_slope; };
  return plan.shuffle || plan.dropout > 0 || std::ranges::any_of(plan.layers, random);
}

std::string head(const Plan& plan) {
  return joined(
      {"# A network from Activation Lab, for PyTorch 1.13 or later.\n"
       "# A number behind the name of this file says for how many epochs training goes on.\n",
       draws(plan)
           ? "# PyTorch draws other random numbers in training, so that results vary a little.\n"
           : "",
       "import sys\n\nimport torch\nfrom torch import nn\n\ntorch.manual_seed(",
       std::to_string(plan.seed), ")\n",
       plan.precision == Precision::float64 ? "torch.set_default_dtype(torch.float64)\n" : ""});
}

}  // namespace

std::string to_pytorch(const Experiment& experiment, const Plan& plan, const DataSet& data,
                       const train::Samples& samples, const train::Parameters& parameters) {
  PytorchModules modules(plan.precision == Precision::float64);
  const std::string network = network_section(plan, modules);
  const std::string definitions = modules.definitions();
  return joined({head(plan), definitions.empty() ? "\n" : "\n\n", definitions,
                 data_section(experiment, plan, data, samples), network,
                 weights_section(plan, parameters), pytorch_training(experiment, plan, data)});
}

}  // namespace lab
