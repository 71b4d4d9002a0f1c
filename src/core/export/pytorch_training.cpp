#include "core/export/pytorch_training.h"

#include <string_view>

#include "core/export/python_text.h"
#include "core/export/state_dict.h"
#include "core/joined.h"
#include "core/pytorch_modules.h"

namespace lab {
namespace {

using train::Plan;

std::string_view criterion_text(const Plan& plan) {
  switch (plan.loss) {
    case Loss::mse:
      if (!plan.playground) return "criterion = nn.MSELoss()\n";
      return "\ndef criterion(output, target):  # half the squared error, as in TensorFlow "
             "Playground\n    return 0.5 * nn.functional.mse_loss(output, target)\n\n\n";
    case Loss::bce:
      return "criterion = nn.BCEWithLogitsLoss()\n";
    case Loss::cross_entropy:
      return "criterion = nn.CrossEntropyLoss()\n";
    case Loss::hinge:
      return "\ndef criterion(output, target):  # hinge loss\n"
             "    return torch.relu(1 - output * target).mean()\n\n\n";
    case Loss::huber:
      return "criterion = nn.HuberLoss()\n";
  }
  return "";
}

std::string optimizer_text(const Plan& plan) {
  static constexpr std::string_view kClasses[] = {"SGD",     "SGD",  "SGD",  "RMSprop",
                                                  "Adagrad", "Adam", "AdamW"};
  const OptimizerKind kind = plan.optimizer;
  const bool adam = kind == OptimizerKind::adam || kind == OptimizerKind::adamw;
  const bool nesterov = kind == OptimizerKind::nesterov;
  PythonCall call(joined({"torch.optim.", kClasses[static_cast<size_t>(kind)]}));
  call.argument("net.parameters()").argument("lr", python_number(plan.learning_rate));
  if (nesterov || kind == OptimizerKind::momentum) {
    call.argument("momentum", plan.momentum, 0);
    if (nesterov && plan.momentum > 0) call.argument("nesterov", "True");
  }
  if (kind == OptimizerKind::rmsprop) call.argument("alpha", plan.beta2, 0.99);
  if (adam && (plan.beta1 != 0.9 || plan.beta2 != 0.999)) {
    call.argument("betas",
                  joined({"(", python_number(plan.beta1), ", ", python_number(plan.beta2), ")"}));
  }
  if (adam || kind == OptimizerKind::rmsprop) call.argument("eps", plan.epsilon, 1e-8);
  if (kind == OptimizerKind::adagrad) call.argument("eps", plan.epsilon, 1e-10);
  call.argument("weight_decay", plan.weight_decay, kind == OptimizerKind::adamw ? 0.01 : 0);
  return joined({"optimizer = ", call.text(), "\n"});
}

std::string scheduler_text(const Plan& plan) {
  const std::string epochs = std::to_string(plan.schedule_epochs);
  const double factor = plan.schedule_factor;
  const auto line = [](std::string_view name, PythonCall& arguments) {
    return joined({"scheduler = torch.optim.lr_scheduler.", name, arguments.text(), "\n"});
  };
  PythonCall call("");
  call.argument("optimizer");
  switch (plan.schedule) {
    case ScheduleKind::constant:
      break;
    case ScheduleKind::step:
      return line("StepLR", call.argument("step_size", epochs).argument("gamma", factor, 0.1));
    case ScheduleKind::cosine:
      call.argument("T_max", epochs).argument("eta_min", plan.learning_rate * factor, 0);
      return line("CosineAnnealingLR", call);
    case ScheduleKind::warmup:
      if (factor == 0) {  // which LinearLR does not take
        call.argument(joined({"lambda epoch: min(epoch, ", epochs, ") / ", epochs}));
        return line("LambdaLR", call);
      }
      call.argument("start_factor", python_number(factor)).argument("total_iters", epochs);
      return line("LinearLR", call);
  }
  return "";
}

// What the optimizers of PyTorch don't do themselves.
bool regularizes(const Plan& plan) {
  return plan.regularization != RegularizationKind::none && plan.regularization_rate != 0;
}
// In TensorFlow Playground, a weight that L1 would carry over 0 stays there.
bool cuts(const Plan& plan) {
  return plan.playground && plan.regularization == RegularizationKind::l1 && regularizes(plan);
}
bool freezes(const Plan& plan) {
  return !plan.frozen.empty();
}

std::string frozen_text(const Plan& plan) {
  if (!freezes(plan)) return "";
  ItemLines frozen(4);
  for (const WeightIndex& index : plan.frozen) {
    const bool bias = index.input < 0;
    frozen.add(
        joined({"(net[", std::to_string(module_index(plan, static_cast<size_t>(index.layer))),
                bias ? "].bias, (" : "].weight, (", std::to_string(index.unit), ", ",
                bias ? "" : std::to_string(index.input), "))"}));
  }
  return joined({"# These keep their values.\nfrozen = [\n", frozen.text(),
                 "\n]\nkept = [parameter[index].item() for parameter, index in frozen]\n"});
}

std::string state_text(const Experiment& experiment, const Plan& plan) {
  std::string text;
  if (regularizes(plan)) {
    text = "weights = [module.weight for module in net if isinstance(module, nn.Linear)]\n";
  }
  if (cuts(plan)) {
    // In a network that begins with zeros, a 0 is not a weight that was cut.
    const bool zeros = experiment.playground->init_zero;
    text += zeros ? "cut = [torch.zeros_like(weight, dtype=torch.bool) for weight in weights]\n"
                  : "cut = [weight.detach() == 0 for weight in weights]  # these stay 0\n";
  }
  return text + frozen_text(plan);
}

std::string_view correct_text(const Plan& plan) {
  if (plan.outputs() == 1) {
    return plan.loss == Loss::bce ? "(output > 0) == (target > 0.5)"
                                  : "(output > 0) == (target > 0)";
  }
  return plan.loss == Loss::cross_entropy ? "output.argmax(1) == target"
                                          : "output.argmax(1) == target.argmax(1)";
}

std::string report_text(const Plan& plan, const DataSet& data) {
  std::string definition;
  std::string_view accuracy;
  if (data.problem == Problem::classification) {
    definition =
        joined({"\n\ndef correct(output, target):\n    return ", correct_text(plan), "\n"});
    accuracy =
        "            right = correct(output, target).double().mean().item()\n"
        "            text += f\", accuracy {right:.1%}\"\n";
  }
  const bool tests = data.train_count < data.points.size();
  return joined({definition,
                 "\n\ndef report(epoch):\n    net.eval()\n    text = f\"epoch {epoch}\"\n"
                 "    parts = {\"train\": slice(0, train_count)",
                 tests ? ", \"test\": slice(train_count, None)" : "",
                 "}\n    for name, part in parts.items():\n        with torch.no_grad():\n"
                 "            output, target = net(inputs[part]), targets[part]\n"
                 "            text += f\"; {name} loss {criterion(output, target).item():.6f}\"\n",
                 accuracy, "    print(text)\n    net.train()\n\n\n"});
}

// The lines that go through the batches of an epoch, down to the one that picks one.
std::string batches_text(const Plan& plan, const DataSet& data) {
  const std::string size = std::to_string(plan.batch_size);
  const size_t left = data.train_count % static_cast<size_t>(plan.batch_size);
  if (plan.playground && left > 0) {
    const std::string whole = std::to_string(data.train_count - left);
    return joined({"    for start in range(0, ", whole, ", ", size,
                   "):\n        batch = torch.arange(start, start + ", size,
                   ")\n        if start == 0 and epoch > 1:  # with what the last epoch left over\n"
                   "            batch = torch.cat([torch.arange(",
                   whole, ", train_count), batch])\n"});
  }
  return joined({"    for batch in torch.", plan.shuffle ? "randperm" : "arange",
                 "(train_count).split(", size, "):\n"});
}

std::string clipping_text(const Plan& plan) {
  if (plan.clip_norm == 0) return "";
  return joined({"        nn.utils.clip_grad_norm_(net.parameters(), ",
                 python_number(plan.clip_norm), ")\n"});
}

std::string regularization_text(const Plan& plan) {
  if (!regularizes(plan) || cuts(plan)) return "";
  const bool l1 = plan.regularization == RegularizationKind::l1;
  return joined(
      {"        for weight in weights:  # the slope of ",
       l1 ? "rate * |w|, L1" : "rate / 2 * w ** 2, L2",
       "; biases have none\n            weight.grad += ", python_number(plan.regularization_rate),
       " * weight.detach()", l1 ? ".sign()\n" : "\n"});
}

std::string step_text(const Plan& plan) {
  constexpr std::string_view step = "        optimizer.step()\n";
  if (cuts(plan)) {
    return joined(
        {"        before = [weight.detach().clone() for weight in weights]\n", step,
         "        # L1 as in TensorFlow Playground: weights that it carries over 0 stay there.\n"
         "        with torch.no_grad():\n"
         "            for weight, old, is_cut in zip(weights, before, cut):\n"
         "                shrunk = weight - ",
         python_number(plan.learning_rate), " * ", python_number(plan.regularization_rate),
         " * old.sign()\n"
         "                is_cut |= weight * shrunk < 0\n"
         "                weight.copy_(shrunk.masked_fill(is_cut, 0))\n"});
  }
  return joined({step, freezes(plan)
                           ? "        with torch.no_grad():\n"
                             "            for (parameter, index), value in zip(frozen, kept):\n"
                             "                parameter[index] = value\n"
                           : ""});
}

std::string loop_text(const Plan& plan, const DataSet& data) {
  return joined(
      {"epochs = int(sys.argv[1]) if len(sys.argv) > 1 else 10\nreport(0)\n"
       "for epoch in range(1, epochs + 1):\n",
       batches_text(plan, data),
       "        optimizer.zero_grad()\n"
       "        criterion(net(inputs[batch]), targets[batch]).backward()\n",
       clipping_text(plan), regularization_text(plan), step_text(plan),
       plan.schedule == ScheduleKind::constant ? "" : "    scheduler.step()\n",
       "    report(epoch)\n"});
}

}  // namespace

std::string pytorch_training(const Experiment& experiment, const Plan& plan, const DataSet& data) {
  return joined({criterion_text(plan), optimizer_text(plan), scheduler_text(plan),
                 state_text(experiment, plan), report_text(plan, data), loop_text(plan, data)});
}

}  // namespace lab
