#include "core/simd/isa.h"

#include <array>

namespace lab::simd {
namespace {

struct Available {
  std::array<Isa, kIsaCount> isas{};
  size_t count = 0;
  void add(Isa isa) { isas[count++] = isa; }
};

Available detect() {
  Available found;
#if !defined(LAB_WIDEST_ONLY)
  found.add(Isa::scalar);
#endif
#if defined(__x86_64__)
  found.add(Isa::sse2);
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) found.add(Isa::avx2);
  if (__builtin_cpu_supports("avx512f")) found.add(Isa::avx512);
#elif defined(__wasm_simd128__)
  found.add(Isa::wasm);
#endif
  return found;
}

}  // namespace

std::string_view isa_name(Isa isa) {
  constexpr std::string_view kNames[kIsaCount] = {"scalar", "sse2", "avx2", "avx512",
                                                  "wasm-simd128"};
  return kNames[static_cast<size_t>(isa)];
}

std::span<const Isa> available_isas() {
  static const Available found = detect();
  return {found.isas.data(), found.count};
}

Isa best_isa() {
  return available_isas().back();
}

std::string_view implementation() {
  return isa_name(best_isa());
}

}  // namespace lab::simd
