// The scripts of networks as text. What they compute is checked by
// tests/python/pytorch_script_test.py with PyTorch, on the scripts that the last test case here
// writes.

#include "core/export/pytorch_script.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/experiment/document.h"
#include "core/train/trainer.h"
#include "random_experiment.h"

namespace {

using namespace lab;
using nlohmann::json;

std::unique_ptr<Trainer> open(const json& document) {
  const auto experiment = experiment_from_json(document.dump());
  REQUIRE(experiment.ok());
  auto trainer = Trainer::create(experiment.value());
  REQUIRE(trainer.ok());
  return std::move(trainer.value());
}

std::string script(const Trainer& trainer) {
  return to_pytorch(trainer.experiment(), trainer.plan(), trainer.data(), trainer.samples(),
                    trainer.parameters());
}
std::string script(const json& document) {
  return script(*open(document));
}

bool contains(const std::string& text, std::string_view piece) {
  return text.find(piece) != std::string::npos;
}

// The small documents below, with a part of them changed.
json changed(json document, const json& patch) {
  document.merge_patch(patch);
  return document;
}

json small(const json& patch = json::object()) {
  const json document = {
      {"data", {{"kind", "xor"}, {"samples", 40}, {"noise", 0.2}, {"trainFraction", 0.6}}},
      {"network",
       {{"hidden",
         {{{"units", 4}, {"activation", "tanh"}}, {{"units", 3}, {"activation", "silu"}}}},
        {"init", {{"seed", 5}}}}},
      {"training", {{"batchSize", 7}, {"precision", "float64"}}}};
  return changed(document, patch);
}

json training(const json& fields) {
  return small({{"training", fields}});
}
json optimizer(const char* kind, json fields = json::object()) {
  fields["kind"] = kind;
  return training({{"optimizer", fields}});
}
json activation(std::string_view id, const json& params = json::object()) {
  const json layer = {{"units", 4}, {"activation", id}, {"params", params}};
  const double scale = id == "exponential" ? 0.25 : 1;  // its square explodes
  return small({{"network", {{"hidden", {layer, layer}}, {"init", {{"scale", scale}}}}}});
}
// For the loss mse, whose targets are ±1.
json playground(const json& patch) {
  return changed({{"data", {{"kind", "spiral"}, {"noise", 0.1}}},
                  {"network",
                   {{"hidden", {{{"units", 4}, {"activation", "tanh"}}}},
                    {"output", "tanh"},
                    {"init", {{"scheme", "playground"}}}}},
                  {"training", {{"loss", "mse"}, {"batchSize", 12}, {"precision", "float64"}}},
                  {"playground", {{"seed", "0.25"}, {"initZero", false}}}},
                 patch);
}

struct Case {
  std::string name;
  json document;
  bool draws = false;     // in training
  bool own_rows = false;  // instead of the document's data
};

void add_losses(std::vector<Case>& all) {
  const auto classes = [](const char* loss, int outputs, const char* output) {
    return small({{"data", {{"kind", "rings3"}}},
                  {"network", {{"outputs", outputs}, {"output", output}}},
                  {"training", {{"loss", loss}}}});
  };
  all.push_back({"bce", training({{"loss", "bce"}})});
  all.push_back({"mse", training({{"loss", "mse"}})});
  all.push_back({"hinge", training({{"loss", "hinge"}})});
  all.push_back({"huber", training({{"loss", "huber"}})});
  for (const char* loss : {"cross_entropy", "bce", "mse", "hinge", "huber"}) {
    all.push_back({loss + std::string(" of three"), classes(loss, 3, "identity")});
  }
  all.push_back({"tanh behind mse", classes("mse", 3, "tanh")});
  all.push_back({"sigmoid behind logits", classes("cross_entropy", 3, "sigmoid")});
  all.push_back({"prelu at the output", classes("mse", 3, "prelu")});
  all.push_back({"rrelu at the output", classes("mse", 3, "rrelu")});
  all.push_back({"regression", small({{"data", {{"kind", "reg_gauss"}}},
                                      {"features", {"x", "y", "x2", "y2", "xy", "sin_x", "sin_y"}},
                                      {"training", {{"loss", "huber"}}}})});
  all.push_back({"points", small({{"data",
                                   {{"kind", "custom"},
                                    {"trainFraction", 1},
                                    {"points", {{0, 1, 1}, {1, 0, -1}, {2, 3, 1}, {-1, 2, -1}}}}},
                                  {"training", {{"loss", "hinge"}, {"batchSize", 3}}}})});
  all.push_back({"linear", small({{"network", {{"hidden", json::array()}, {"bias", false}}}})});
  json deep = small();
  deep["network"]["hidden"] = json(5, {{"units", 3}, {"activation", "tanh"}});
  all.push_back({"deep", deep});
}

void add_optimizers(std::vector<Case>& all) {
  for (const auto& row : optimizers()) {
    const std::string id(row.id);
    all.push_back({id, optimizer(id.c_str())});
    all.push_back({id + " set", optimizer(id.c_str(), {{"learningRate", 0.02},
                                                       {"momentum", 0.8},
                                                       {"beta1", 0.85},
                                                       {"beta2", 0.95},
                                                       {"epsilon", 1e-3},
                                                       {"weightDecay", 0.05}})});
    all.push_back(
        {id + " with L2",
         changed(optimizer(id.c_str()),
                 {{"training", {{"regularization", {{"kind", "l2"}, {"rate", 0.03}}}}}})});
  }
  all.push_back({"nesterov without momentum", optimizer("nesterov", {{"momentum", 0}})});
  all.push_back({"L1", training({{"regularization", {{"kind", "l1"}, {"rate", 0.03}}}})});
  all.push_back({"L1, clipped", training({{"regularization", {{"kind", "l1"}, {"rate", 0.03}}},
                                          {"clipNorm", 0.05}})});
  all.push_back(
      {"L1 without bias", changed(training({{"regularization", {{"kind", "l1"}, {"rate", 0.03}}}}),
                                  {{"network", {{"bias", false}}}})});
  all.push_back(
      {"frozen", changed(optimizer("adamw"),
                         {{"network", {{"frozen", {{0, 1, 0}, {2, 0, -1}, {1, 2, 3}}}}}})});
}

void add_schedules(std::vector<Case>& all) {
  for (const auto& row : schedules()) {
    for (const double factor : {0.0, 0.3, 1.0}) {
      all.push_back({std::string(row.id) + " " + json(factor).dump(),
                     training({{"schedule", {{"kind", row.id}, {"epochs", 2}, {"factor", factor}}},
                               {"optimizer", {{"kind", "momentum"}}}})});
    }
  }
}

void add_playground(std::vector<Case>& all) {
  const auto regularization = [](const char* kind, double rate, int batch) {
    return json{
        {"training", {{"regularization", {{"kind", kind}, {"rate", rate}}}, {"batchSize", batch}}}};
  };
  all.push_back({"Playground", playground(json::object())});
  all.push_back({"Playground, L2", playground(regularization("l2", 0.01, 12))});
  all.push_back({"Playground, L1", playground(regularization("l1", 0.3, 12))});
  all.push_back({"Playground, L1, no left over", playground(regularization("l1", 0.1, 10))});
  all.push_back({"Playground, L1 from zeros", changed(playground(regularization("l1", 0.01, 12)),
                                                      {{"playground", {{"initZero", true}}}})});
  all.push_back({"Playground, large batch", playground({{"training", {{"batchSize", 1000}}}})});
}

// Any fields at all, but numbers with which rounding is not blown up.
void add_random(std::vector<Case>& all) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Experiment e = test::RandomExperiment(seed).draw();
    e.data.samples = std::min(e.data.samples, 300);
    e.network.init.scale = 1;
    e.network.parameters.clear();
    Experiment::Training& t = e.training;
    t.optimizer.learning_rate = std::min(t.optimizer.learning_rate, 0.02);
    t.optimizer.epsilon = std::max(t.optimizer.epsilon.value_or(1e-6), 1e-6);
    t.optimizer.weight_decay = std::min(t.optimizer.weight_decay.value_or(0), 0.1);
    t.regularization.rate = std::min(t.regularization.rate, 0.1);
    t.precision = "float64";
    all.push_back(
        {"random " + std::to_string(seed), json::parse(to_json(e)), t.shuffle || t.dropout > 0});
  }
}

std::vector<Case> cases() {
  std::vector<Case> all;
  add_losses(all);
  add_optimizers(all);
  add_schedules(all);
  add_playground(all);
  add_random(all);
  for (const Activation& row : activations()) {
    all.push_back({std::string(row.id), activation(row.id), row.id == "rrelu"});
    json params = json::object();
    for (const ActivationParamSpec& spec : row.params) {
      params[std::string(spec.id)] = 0.75 * spec.fallback + 0.123;
    }
    if (row.params.empty()) continue;
    all.push_back({std::string(row.id) + " set", activation(row.id, params), row.id == "rrelu"});
  }
  all.push_back({"formula", activation("formula:a=0.3; x * tanh(a * x)", {{"a", 0.7}})});
  all.push_back({"constants", activation("formula:x * tanh(sqrt(2 / pi) * x) + 1/3")});
  all.push_back({"names of a module", activation("formula:self * x + train * forward - training")});
  json two = activation("formula:max(x, x / 4)");
  two["network"]["hidden"][1]["activation"] = "formula:x / (1 + |x|)";
  all.push_back({"two formulas", two});
  all.push_back({"shuffled", training({{"shuffle", true}}), true});
  all.push_back({"dropout", training({{"dropout", 0.2}}), true});
  json three = small();
  three["features"] = {"x", "y", "xy"};
  all.push_back({.name = "rows", .document = three, .own_rows = true});
  all.push_back({"float32", small({{"features", {"x", "y", "sin_x"}},
                                   {"training", {{"precision", "float32"}}}})});
  return all;
}

// Losses and accuracies, those that there are, in the order that scripts print them.
json printed(Trainer& trainer) {
  const Metrics m = trainer.metrics();
  json all = json::array();
  const auto add = [&](const char* name, double number) {
    if (!std::isnan(number)) all.push_back({name, number});
  };
  add("loss", m.train_loss);
  add("accuracy", m.train_accuracy);
  add("loss", m.test_loss);
  add("accuracy", m.test_accuracy);
  return all;
}

// What a script must print before and behind some epochs, and the parameters then.
json expectation(const Case& each, Trainer& trainer, int epochs) {
  const json before = printed(trainer);
  trainer.epoch(epochs);
  REQUIRE_FALSE(trainer.divergence());
  return {{"name", each.name},
          {"draws", each.draws},
          {"float32", trainer.plan().precision == Precision::float32},
          {"epochs", epochs},
          {"before", before},
          {"after", printed(trainer)},
          {"parameters", trainer.parameters()}};
}

}  // namespace

TEST_CASE("the script of a small network") {
  const json document = {{"data",
                          {{"kind", "custom"},
                           {"points", {{0.5, -1, 1}, {0.1, 2, 0}, {3, -4.25, 1}}},
                           {"trainFraction", 0.7}}},
                         {"features", {"x", "y", "xy"}},
                         {"network",
                          {{"hidden", {{{"units", 2}, {"activation", "squared_relu"}}}},
                           {"parameters", {{1, 2, 3, 4, 5, 6}, {0.1, -0.1}, {7, 8}, {9}}}}},
                         {"training",
                          {{"optimizer", {{"kind", "adam"}, {"learningRate", 0.01}}},
                           {"schedule", {{"kind", "step"}, {"epochs", 20}, {"factor", 0.5}}},
                           {"batchSize", 2}}}};
  CHECK(script(document) == R"(# A network from Activation Lab, for PyTorch 1.13 or later.
# A number behind the name of this file says for how many epochs training goes on.
import sys

import torch
from torch import nn

torch.manual_seed(1)


class SquaredRelu(nn.Module):
    def forward(self, x):
        return torch.relu(x).square()


# x, y and the class of each point; those in front are for training.
points = torch.tensor([
    [0.5, -1.0, 1], [3.0, -4.25, 1], [0.1, 2.0, 0],
])
x, y, label = points.unbind(1)
inputs = torch.stack([x, y, x * y], dim=1)
targets = label.unsqueeze(1)
train_count = 2

net = nn.Sequential(
    nn.Linear(3, 2),
    SquaredRelu(),
    nn.Linear(2, 1),
)
# The weights as they are in Activation Lab; leave this out to begin with PyTorch's own.
net.load_state_dict({
    "0.weight": torch.tensor([
        [1.0, 2.0, 3.0],
        [4.0, 5.0, 6.0],
    ]),
    "0.bias": torch.tensor([
        0.1, -0.1,
    ]),
    "2.weight": torch.tensor([
        [7.0, 8.0],
    ]),
    "2.bias": torch.tensor([
        9.0,
    ]),
})

criterion = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=20, gamma=0.5)


def correct(output, target):
    return (output > 0) == (target > 0.5)


def report(epoch):
    net.eval()
    text = f"epoch {epoch}"
    parts = {"train": slice(0, train_count), "test": slice(train_count, None)}
    for name, part in parts.items():
        with torch.no_grad():
            output, target = net(inputs[part]), targets[part]
            text += f"; {name} loss {criterion(output, target).item():.6f}"
            right = correct(output, target).double().mean().item()
            text += f", accuracy {right:.1%}"
    print(text)
    net.train()


epochs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
report(0)
for epoch in range(1, epochs + 1):
    for batch in torch.arange(train_count).split(2):
        optimizer.zero_grad()
        criterion(net(inputs[batch]), targets[batch]).backward()
        optimizer.step()
    scheduler.step()
    report(epoch)
)");
}

TEST_CASE("a script names what differs from PyTorch's defaults, and nothing else") {
  CHECK(contains(script(optimizer("sgd")), "SGD(net.parameters(), lr=0.03)\n"));
  CHECK(contains(script(optimizer("nesterov")), "lr=0.03, momentum=0.9, nesterov=True)\n"));
  CHECK(contains(script(optimizer("rmsprop", {{"beta2", 0.9}})), "lr=0.03, alpha=0.9)\n"));
  CHECK(contains(script(optimizer("adamw", {{"beta1", 0.5}})), "lr=0.03, betas=(0.5, 0.999))\n"));
  CHECK(contains(script(optimizer("adamw", {{"weightDecay", 0}})), "lr=0.03, weight_decay=0.0)\n"));
  CHECK(contains(script(training({{"dropout", 0.25}})), "    nn.Dropout(0.25),\n"));
  CHECK(contains(script(training({{"clipNorm", 0.5}})), "clip_grad_norm_(net.parameters(), 0.5)"));
  CHECK_FALSE(contains(script(small()), "clip_grad_norm_"));
  CHECK_FALSE(contains(script(small()), "scheduler"));
  CHECK(contains(script(training({{"shuffle", true}})), "torch.randperm(train_count)"));
  CHECK(contains(script(training({{"shuffle", true}})), "# PyTorch draws other random numbers"));
  CHECK_FALSE(contains(script(small()), "# PyTorch draws other random numbers"));
}

TEST_CASE("parameters of activations are exact in the script's precision") {
  json document = activation("leaky_relu");
  CHECK(contains(script(document), "nn.LeakyReLU(negative_slope=0.009999999776482582)"));
  document["training"]["precision"] = "float32";
  CHECK(contains(script(document), "nn.LeakyReLU(),"));
}

TEST_CASE("scripts and what they should give, for PyTorch" *
          doctest::skip(std::getenv("LAB_PYTORCH_CASES") == nullptr)) {
  const std::filesystem::path folder = std::getenv("LAB_PYTORCH_CASES");
  json list = json::array();
  for (const Case& each : cases()) {
    CAPTURE(each.name);
    const auto trainer = open(each.document);
    if (each.own_rows) {
      std::vector<float> x, y;
      for (int i = 0; i < 30; ++i) {
        for (int k = 0; k < 3; ++k) x.push_back(static_cast<float>((i * 7 + k * 5) % 11) / 7);
        y.push_back(static_cast<float>(i % 2));
      }
      REQUIRE_FALSE(trainer->set_data(x, y));
    }
    const std::string text = script(*trainer);
    json row = expectation(each, *trainer, 5);
    row["file"] = std::to_string(list.size()) + ".py";
    std::ofstream(folder / row["file"].get<std::string>()) << text;
    list.push_back(row);
  }
  std::ofstream(folder / "cases.json") << list;
  CHECK(list.size() > activations().size());
}
