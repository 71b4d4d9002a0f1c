#pragma once

// From here to target_end.h every function may use AVX-512 F; see avx2_begin.h for the rules.
// No function may be contracted to fused multiply-add: the build sets -ffp-contract=off.

#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f")
// GCC 12's own intrinsics start from an uninitialised register (_mm512_undefined_ps).
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
