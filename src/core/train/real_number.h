#pragma once

#include <cmath>

namespace lab::train {

// One double with the interface of simd/vec_*.h, so that the float64 reference runs the same bodies
// as the vector engine.
struct Real {
  static constexpr int lanes = 1;
  double v;
  static Real load(const double* p) { return {*p}; }
  void store(double* p) const { *p = v; }
  static Real set(double x) { return {x}; }
};
inline Real operator+(Real a, Real b) {
  return {a.v + b.v};
}
inline Real operator-(Real a, Real b) {
  return {a.v - b.v};
}
inline Real operator*(Real a, Real b) {
  return {a.v * b.v};
}
inline Real operator/(Real a, Real b) {
  return {a.v / b.v};
}
inline bool operator<(Real a, Real b) {
  return a.v < b.v;
}
inline bool operator>(Real a, Real b) {
  return a.v > b.v;
}
inline Real magnitude(Real a) {
  return {std::fabs(a.v)};
}
inline Real square_root(Real a) {
  return {std::sqrt(a.v)};
}
inline Real select(bool yes, Real a, Real b) {
  return yes ? a : b;
}

}  // namespace lab::train
