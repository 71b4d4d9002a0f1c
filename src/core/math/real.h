#pragma once

// The elementary functions in double precision, the same bits on every machine: made of + − × ÷ √,
// comparisons and bit operations only, where the C library's differ between its versions. What
// decides the state of a training run uses these and never <cmath>'s.
//
// Largest errors found against the x87's 64-bit mantissas, 6·10⁶ arguments each, in units in the
// last place (half a unit is unavoidable); up to 0.9 where the result is subnormal or nearly so:
//   exp 0.51   expm1 0.57   log 0.53   log1p 0.53   tanh 0.57   atan 0.69
//   sin 0.83   cos 0.81     erf 0.73   erfc 0.82
// and for those behind them in the list, which are put together from these:
//   log2, log10, tan, asin, acos, sinh, cosh, asinh, cbrt below 3; power 2 + its logarithm's size
// Every finite argument is valid; sin and cos are as exact for 10³⁰⁰ as for 1. Limits are returned
// at ±∞ (not a number where there is none), odd functions keep the sign of zero, and a NaN comes
// back as it is.

namespace lab::real {

double exp(double x);
double expm1(double x);
double log(double x);
double log1p(double x);
double tanh(double x);
double sin(double x);
double cos(double x);
double atan(double x);
double erf(double x);
double erfc(double x);

double log2(double x);   // exact for powers of two
double log10(double x);  // exact for powers of ten from 1 on
double tan(double x);
double asin(double x);
double acos(double x);
double sinh(double x);
double cosh(double x);
double asinh(double x);
double cbrt(double x);
// x^y; whole powers of y between −64 and 64 by multiplication. Special cases are C's.
double power(double x, double y);

}  // namespace lab::real
