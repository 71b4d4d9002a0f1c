#pragma once

#include <span>
#include <string_view>

namespace lab::simd {

// The instruction sets there are kernels for. All of them give the same bits; wider is faster.
enum class Isa { scalar, sse2, avx2, avx512, wasm };
inline constexpr int kIsaCount = 5;

// Stable name for people and reports: "scalar", "sse2", "avx2", "avx512", "wasm-simd128".
std::string_view isa_name(Isa isa);

// What this program was built with and this machine can run, slowest first. Never empty.
std::span<const Isa> available_isas();

// The fastest available one; what every public function of the core uses.
Isa best_isa();

// What the getter of an instruction set gives; `getters` are in the order of Isa.
template <class Table>
Table of_isa(Isa isa, Table (*const (&getters)[kIsaCount])()) {
  return getters[static_cast<int>(isa)]();
}

// isa_name(best_isa()).
std::string_view implementation();

}  // namespace lab::simd
