// Parameters as JSON with the names and shapes of a PyTorch state_dict, both ways.

#include "core/export/parameters_json.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/experiment/document.h"
#include "core/export/state_dict.h"
#include "core/formula/formula_activation.h"

namespace {

using namespace lab;
using nlohmann::json;

struct Network {
  FormulaLibrary formulas;
  Experiment experiment;
  train::Plan plan;
  train::Parameters parameters;

  explicit Network(const char* text) {
    auto document = experiment_from_json(text);
    REQUIRE(document.ok());
    experiment = document.value();
    auto made = train::make_plan(experiment, formulas);
    REQUIRE(made.ok());
    plan = made.value();
    parameters = train::initial_parameters(experiment, plan);
  }
};

constexpr const char* kPrelu =
    R"({"network": {"hidden": [{"units": 3, "activation": "prelu"}, {"units": 2, "activation": "relu"}]}})";

std::vector<std::string> names(const train::Plan& plan) {
  std::vector<std::string> all;
  for (const StateDictEntry& entry : state_dict(plan)) all.push_back(entry.name);
  return all;
}

Error refused(const Network& network, const json& file) {
  const auto read = parameters_from_json(network.plan, file.dump());
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().line == 1);
  CHECK(read.error().column >= 1);
  CHECK(read.error().message(Language::en) != read.error().code);
  return read.error();
}

}  // namespace

TEST_CASE("parameters have the names and shapes of nn.Sequential's state_dict") {
  Network network(kPrelu);
  CHECK(names(network.plan) == std::vector<std::string>{"0.weight", "0.bias", "1.weight",
                                                        "2.weight", "2.bias", "4.weight",
                                                        "4.bias"});
  network.plan.bias = false;
  network.plan.dropout = 0.5;
  CHECK(names(network.plan) ==
        std::vector<std::string>{"0.weight", "1.weight", "3.weight", "6.weight"});

  const auto entries = state_dict(Network(kPrelu).plan);
  CHECK(entries[0].shape == std::vector<size_t>{3, 2});
  CHECK(entries[1].shape == std::vector<size_t>{3});
  CHECK(entries[2].shape == std::vector<size_t>{1});
  CHECK(entries[5].size() == 2);
}

TEST_CASE("parameters come back from JSON bit for bit") {
  Network network(kPrelu);
  network.parameters[0][0] = 0.1;
  network.parameters[0][1] = std::numeric_limits<double>::denorm_min();
  network.parameters[0][2] = -std::numeric_limits<double>::max();
  network.parameters[0][3] = -0.0;
  const std::string text = parameters_to_json(network.plan, network.parameters);
  const auto read = parameters_from_json(network.plan, text);
  REQUIRE(read.ok());
  CHECK(read.value() == network.parameters);
  CHECK(std::signbit(read.value()[0][3]));

  const json file = json::parse(text);
  CHECK(file["version"] == 1);
  CHECK(file["parameters"].size() == network.parameters.size());
  CHECK(file["parameters"][0]["name"] == "0.weight");
  CHECK(file["parameters"][0]["shape"] == json::array({3, 2}));
  CHECK(file["parameters"][2]["data"] == json::array({0.25}));
}

TEST_CASE("a file made with dropout fits the network without it") {
  Network network(kPrelu);
  network.plan.dropout = 0.5;
  const std::string text = parameters_to_json(network.plan, network.parameters);
  CHECK(text.find("\"3.weight\"") != std::string::npos);
  network.plan.dropout = 0;
  const auto read = parameters_from_json(network.plan, text);
  REQUIRE(read.ok());
  CHECK(read.value() == network.parameters);
}

TEST_CASE("parameters that do not fit are refused by name") {
  const Network network(kPrelu);
  const json good = json::parse(parameters_to_json(network.plan, network.parameters));
  const auto changed = [&](const char* pointer, json value) {
    json file = good;
    file[json::json_pointer(pointer)] = std::move(value);
    return refused(network, file);
  };
  const auto without = [&](const char* parent, const char* name) {
    json file = good;
    file[json::json_pointer(parent)].erase(name);
    return refused(network, file).code;
  };

  CHECK(refused(network, json::array()).code == "parameters.form");
  CHECK(changed("/version", 2).code == "parameters.version");
  CHECK(without("", "version") == "parameters.version");
  CHECK(changed("/parameters", 3).code == "parameters.form");
  CHECK(without("", "parameters") == "parameters.form");
  CHECK(changed("/parameters/0", nullptr).code == "parameters.form");
  CHECK(changed("/parameters/0/name", "0.bias").code == "parameters.name");
  CHECK(changed("/parameters/0/name", 7).code == "parameters.name");
  CHECK(without("/parameters/0", "name") == "parameters.name");
  CHECK(changed("/parameters/0/shape", {2, 3}).code == "parameters.shape");
  CHECK(changed("/parameters/0/shape", {3, 2, 1}).code == "parameters.shape");
  CHECK(changed("/parameters/0/shape", {"3", 2}).code == "parameters.shape");
  CHECK(without("/parameters/0", "shape") == "parameters.shape");
  CHECK(changed("/parameters/1/data", {1, 2}).code == "parameters.data");
  CHECK(changed("/parameters/1/data", "1, 2, 3").code == "parameters.data");
  CHECK(without("/parameters/1", "data") == "parameters.data");
  CHECK(changed("/parameters/1/data/2", "nan").code == "parameters.number");

  json shorter = good;
  shorter["parameters"].erase(6);
  const Error error = refused(network, shorter);
  CHECK(error.code == "parameters.count");
  CHECK(error.args == std::vector<std::string>{"6", "7"});
  const auto broken = parameters_from_json(network.plan, "{");
  REQUIRE_FALSE(broken.ok());
  CHECK(broken.error().code == "json.unfinished");
}

TEST_CASE("parameters that are not finite are written but not read back") {
  Network network(kPrelu);
  network.parameters[1][0] = std::numeric_limits<double>::quiet_NaN();
  const auto read =
      parameters_from_json(network.plan, parameters_to_json(network.plan, network.parameters));
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().code == "parameters.number");
}
