// Trains every document of tests/golden/hashes.json on every instruction set that this machine has,
// and prints a line for each: instruction set, number of the document, hash.

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/experiment/share_link.h"
#include "core/train/trainer.h"

int main() {
  using namespace lab;
  std::ifstream file(LAB_GOLDEN_DIR "/hashes.json");
  const nlohmann::json table = nlohmann::json::parse(file);
  for (const simd::Isa isa : simd::available_isas()) {
    const std::string name(simd::isa_name(isa));
    for (size_t i = 0; i < table["documents"].size(); ++i) {
      const auto link = table["documents"][i]["link"].get<std::string>();
      const auto trainer = Trainer::create(experiment_from_share_text(link).value(), isa);
      trainer.value()->step(table["steps"]);
      std::printf("%s %zu %s\n", name.c_str(), i, trainer.value()->hash().c_str());
    }
  }
}
