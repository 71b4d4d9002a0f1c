// to[j][i] = from[i][j] for 4×4 floats, with the instructions that every x86-64 machine has. Include
// it once per backend, inside its namespace and target region.

inline void transpose4(const float* from, size_t from_row, float* to, size_t to_row) {
  const __m128 a = _mm_loadu_ps(from), b = _mm_loadu_ps(from + from_row);
  const __m128 c = _mm_loadu_ps(from + 2 * from_row), d = _mm_loadu_ps(from + 3 * from_row);
  const __m128 ab_low = _mm_unpacklo_ps(a, b), ab_high = _mm_unpackhi_ps(a, b);
  const __m128 cd_low = _mm_unpacklo_ps(c, d), cd_high = _mm_unpackhi_ps(c, d);
  _mm_storeu_ps(to, _mm_movelh_ps(ab_low, cd_low));
  _mm_storeu_ps(to + to_row, _mm_movehl_ps(cd_low, ab_low));
  _mm_storeu_ps(to + 2 * to_row, _mm_movelh_ps(ab_high, cd_high));
  _mm_storeu_ps(to + 3 * to_row, _mm_movehl_ps(cd_high, ab_high));
}
