#pragma once

// From here to target_end.h every function may use AVX2, whatever the command line allows.
// Include the standard headers first: code between the two must call no inline function from
// outside, or the linker could hand an AVX2 copy of it to a machine that has none.

#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif
