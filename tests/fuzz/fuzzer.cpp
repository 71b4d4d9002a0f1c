// One target as a program for libFuzzer; LAB_FUZZ_TARGET is its name.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "targets.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const lab::fuzz::Target& target = *std::ranges::find(
      lab::fuzz::targets(), std::string_view(LAB_FUZZ_TARGET), &lab::fuzz::Target::name);
  try {
    target.run({reinterpret_cast<const char*>(data), size});
  } catch (const lab::fuzz::Finding& finding) {
    std::fprintf(stderr, "%s: %s\n", LAB_FUZZ_TARGET, finding.what);
    std::abort();
  }
  return 0;
}
