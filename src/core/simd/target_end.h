// Ends what avx2_begin.h or avx512_begin.h began. May be included once per such region.

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
