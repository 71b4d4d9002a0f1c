// Everything that fuzzing has found worth keeping, and every finding, in each ordinary test run; and a
// short run of fuzzing that is the same on every machine.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "../fuzz/targets.h"

using namespace lab;

namespace {

std::vector<std::string> corpus_of(const fuzz::Target& target) {
  const auto folder = std::filesystem::path(LAB_SOURCE_DIR) / "tests/fuzz/corpus" / target.name;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<std::string> inputs;
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

void check(const fuzz::Target& target, const std::string& input) {
  const char* found = nullptr;
  try {
    target.run(input);
  } catch (const fuzz::Finding& finding) {
    found = finding.what;
  }
  if (!found) return;
  CAPTURE(input);
  FAIL_CHECK(found);
}

// Changes an input as fuzzers do: bytes, ranges, numbers that are hard to bear, pieces of others.
class Mutator {
 public:
  std::string mutate(std::string text, const std::vector<std::string>& others) {
    for (int changes = 1 + below(4); changes > 0; --changes) change(text, others);
    text.resize(std::min<size_t>(text.size(), 4096));
    return text;
  }

 private:
  int below(size_t end) { return static_cast<int>(random_() % end); }
  size_t place(const std::string& text) { return random_() % (text.size() + 1); }

  void change(std::string& text, const std::vector<std::string>& others) {
    static constexpr std::array kHard = {"nan",  "-inf", "1e309", "-0",      "4294967296", "1e-320",
                                         "{",    "]",    "\"",    "\\u0000", "%",          "=",
                                         "&",    "\xff", "\n",    "((((",    ",",          "0.1",
                                         "9e99", "-",    "\t",    "你",      "\xe4\xbd",   "null"};
    const size_t at = place(text), length = random_() % 16;
    switch (below(6)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(random_());
        return;
      case 1:
        text.erase(at, length);
        return;
      case 2:
        text.insert(at, text.substr(place(text), length));
        return;
      case 3: {
        const std::string& other = others[random_() % others.size()];
        text.replace(at, length, other.substr(place(other), random_() % 64));
        return;
      }
      case 4:
        text.insert(at, kHard[random_() % kHard.size()]);
        return;
      default: {  // a number
        const size_t from = text.find_first_of("0123456789", at);
        if (from == text.npos) return;
        const size_t to = std::min(text.find_first_not_of("0123456789.", from), text.size());
        text.replace(from, to - from, kHard[random_() % kHard.size()]);
      }
    }
  }

  std::mt19937 random_{20261127};
};

}  // namespace

TEST_CASE("what is kept of fuzzing is read without a finding") {
  for (const fuzz::Target& target : fuzz::targets()) {
    CAPTURE(target.name);
    const std::vector<std::string> inputs = corpus_of(target);
    CHECK(inputs.size() > 0);
    for (const std::string& input : inputs) check(target, input);
  }
}

TEST_CASE("a short run of fuzzing makes no finding") {
  for (const fuzz::Target& target : fuzz::targets()) {
    CAPTURE(target.name);
    Mutator mutator;
    const std::vector<std::string> inputs = corpus_of(target);
    const int count = target.name == "training" ? 400 : 20000;  // which takes 50 steps each
    for (int i = 0; i < count; ++i) {
      check(target, mutator.mutate(inputs[static_cast<size_t>(i) % inputs.size()], inputs));
    }
  }
}
