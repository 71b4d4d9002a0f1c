#pragma once

#include <span>
#include <string_view>

namespace lab::fuzz {

// What reads text from elsewhere. `run` takes any bytes and throws Finding where something that
// must hold of them does not: an accepted text reads back as the same value, a refused one gets an
// error that says something in both languages.
struct Target {
  std::string_view name;  // also of its folder in tests/fuzz/corpus
  void (*run)(std::string_view input);
};

struct Finding {
  const char* what;
};

std::span<const Target> targets();

}  // namespace lab::fuzz
