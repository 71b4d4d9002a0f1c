// The table of hashes in tests/golden/hashes.json: every document has them after 2,000 steps,
// whatever the instruction set, compiler, optimisation and machine.

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/experiment/share_link.h"
#include "core/train/trainer.h"

namespace {

using namespace lab;

nlohmann::json read_table() {
  std::ifstream file(LAB_GOLDEN_DIR "/hashes.json");
  REQUIRE(file.is_open());
  return nlohmann::json::parse(file);
}

}  // namespace

TEST_CASE("every document of the table trains to its bits on every instruction set") {
  const nlohmann::json table = read_table();
  const int64_t steps = table["steps"];
  REQUIRE(steps == 2000);
  REQUIRE(table["documents"].size() >= 58);
  for (const auto& row : table["documents"]) {
    CAPTURE(row["name"].get<std::string>());
    const Result<Experiment> experiment =
        experiment_from_share_text(row["link"].get<std::string>());
    REQUIRE(experiment.ok());
    for (const simd::Isa isa : simd::available_isas()) {
      CAPTURE(simd::isa_name(isa));
      const auto trainer = Trainer::create(experiment.value(), isa);
      REQUIRE(trainer.ok());
      trainer.value()->step(steps);
      CHECK(trainer.value()->hash() == row["hash"].get<std::string>());
      if (experiment.value().training.precision == "float64") break;  // uses none of them
    }
  }
}

TEST_CASE("the table has every activation, loss, optimizer, schedule and kind of data") {
  const nlohmann::json table = read_table();
  std::vector<Experiment> all;
  for (const auto& row : table["documents"]) {
    all.push_back(experiment_from_share_text(row["link"].get<std::string>()).value());
  }
  const auto check = [&](const auto& registry, auto matches) {
    for (const auto& entry : registry) {
      CAPTURE(entry.id);
      CHECK(std::ranges::any_of(all, [&](const Experiment& e) { return matches(e, entry.id); }));
    }
  };
  check(activations(), [](const Experiment& e, std::string_view id) {
    return std::ranges::any_of(e.network.hidden,
                               [&](auto& layer) { return layer.activation == id; });
  });
  check(losses(), [](const Experiment& e, auto id) { return e.training.loss == id; });
  check(optimizers(), [](const Experiment& e, auto id) { return e.training.optimizer.kind == id; });
  check(schedules(), [](const Experiment& e, auto id) { return e.training.schedule.kind == id; });
  check(data_set_kinds(), [](const Experiment& e, auto id) { return e.data.kind == id; });
  check(regularizations(),
        [](const Experiment& e, auto id) { return e.training.regularization.kind == id; });
}
