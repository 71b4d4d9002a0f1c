// Everything that fuzzing has found worth keeping, and every finding, in each ordinary test run.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "../fuzz/targets.h"

using namespace lab;

TEST_CASE("what is kept of fuzzing is read without a finding") {
  const std::filesystem::path corpus = std::string(LAB_SOURCE_DIR) + "/tests/fuzz/corpus";
  for (const fuzz::Target& target : fuzz::targets()) {
    CAPTURE(target.name);
    size_t inputs = 0;
    for (const auto& entry : std::filesystem::directory_iterator(corpus / target.name)) {
      CAPTURE(entry.path().filename().string());
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string input(std::istreambuf_iterator<char>(file), {});
      const char* found = nullptr;
      try {
        target.run(input);
      } catch (const fuzz::Finding& finding) {
        found = finding.what;
      }
      CHECK_MESSAGE(found == nullptr, (found ? found : ""));
      ++inputs;
    }
    CHECK(inputs > 0);
  }
}
