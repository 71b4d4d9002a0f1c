#include <cmath>
#include <limits>
#include <numbers>

#include "core/math/pair.h"
#include "core/math/real.h"

namespace lab::real {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double whole_power(double x, int n) {
  double result = 1;
  for (int rest = std::abs(n); rest > 0; rest >>= 1, x *= x) {
    if (rest & 1) result *= x;
  }
  return n < 0 ? 1 / result : result;
}

// x^y for x > 0, finite, and y finite: the logarithm's rounding is made good by a first-order step.
double power_of_positive(double x, double y) {
  const double log_x = log(x);
  if (log_x == 0) return 1;  // whatever y's size
  const double missing = (x - exp(log_x)) / x;  // log x − log_x, near enough
  const double head = y * log_x;
  if (!(std::fabs(head) < 800)) return head > 0 ? kInfinity : 0;
  const Pair exponent = product(y, log_x);
  const Exponential e =
      exponential({exponent.hi, exponent.lo + (std::isfinite(missing) ? y * missing : 0)});
  return scaled(sum(e.m, 1).hi, e.k);
}

}  // namespace

double log2(double x) {
  if (!(x > 0 && x < kInfinity)) return log(x);
  int exponent = 0;
  const double fraction = std::frexp(x, &exponent);  // from ½ to 1
  const bool low = fraction < std::numbers::sqrt2 / 2;
  return (low ? exponent - 1 : exponent) + log(low ? 2 * fraction : fraction) / std::numbers::ln2;
}

double log10(double x) {
  const double y = log(x) / std::numbers::ln10;
  if (!(y > -0.5 && y < 22.5)) return y;
  const double whole = nearest(y);
  return whole_power(10, static_cast<int>(whole)) == x ? whole : y;
}

double tan(double x) {
  return sin(x) / cos(x);
}

double asin(double x) {
  return atan(x / std::sqrt((1 - x) * (1 + x)));
}

double acos(double x) {
  return 2 * atan(std::sqrt((1 - x) / (1 + x)));
}

double sinh(double x) {
  const double a = std::fabs(x);
  if (a > 22) {
    const double root = exp(a / 2);
    return std::copysign(root / 2 * root, x);
  }
  const double e = expm1(a);
  return std::copysign((e + e / (e + 1)) / 2, x);
}

double cosh(double x) {
  const double root = exp(std::fabs(x) / 2);
  if (std::fabs(x) > 22) return root / 2 * root;
  const double e = exp(std::fabs(x));
  return (e + 1 / e) / 2;
}

double asinh(double x) {
  const double a = std::fabs(x);
  if (a > 0x1p500) return std::copysign(log(a) + std::numbers::ln2, x);
  return std::copysign(log1p(a + a * a / (1 + std::sqrt(a * a + 1))), x);
}

// A step of Newton's method from the logarithm's third.
double cbrt(double x) {
  const double a = std::fabs(x);
  if (a == 0 || !(a < kInfinity)) return x;  // or NaN
  const double y = exp(log(a) / 3);
  return std::copysign(y - (y - a / (y * y)) / 3, x);
}

double power(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (std::isnan(x) || std::isnan(y)) return x + y;
  const bool whole = y == std::floor(y);
  const bool odd = whole && std::fabs(y) < 0x1p53 && std::fmod(y, 2) != 0;
  const double a = std::fabs(x), sign = x < 0 && odd ? -1 : 1;
  if (a == 0 || a == kInfinity) {
    const double size = (a == 0) == (y > 0) ? 0 : kInfinity;
    return odd ? std::copysign(size, x) : size;
  }
  if (std::isinf(y)) return a == 1 ? 1 : (a > 1) == (y > 0) ? kInfinity : 0;
  if (x < 0 && !whole) return kNaN;
  if (whole && std::fabs(y) <= 64) return whole_power(x, static_cast<int>(y));
  return sign * power_of_positive(a, y);
}

}  // namespace lab::real
