#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/formula/op.h"

namespace lab::formula {
namespace {

using std::numbers::inv_sqrtpi;
using std::numbers::sqrt2;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double logistic(double x) {
  const double e = std::exp(-std::fabs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}
double logistic_slope(double x) {
  const double e = std::exp(-std::fabs(x));
  return e / ((1 + e) * (1 + e));
}
double log1p_exp(double x) {
  return (x > 0 ? x : 0) + std::log1p(std::exp(-std::fabs(x)));
}
// factor·x with 0·∞ = 0: a factor that has decayed to 0 beats any x.
double damped(double factor, double x) {
  return factor == 0 ? 0 : factor * x;
}
double mish(double x) {
  return damped(std::tanh(log1p_exp(x)), x);
}
double mish_slope(double x) {
  const double e = std::exp(-std::fabs(x));
  // 1 − tanh² of softplus = 4q/(q+1)² with q = (1+e^x)², written so that nothing overflows.
  const double s = (1 + e) * (1 + e), unit = x < 0 ? 1 : e * e;
  const double rest = 4 * s * unit / ((s + unit) * (s + unit));
  return std::tanh(log1p_exp(x)) + damped(rest * logistic(x), x);
}
double normal_cdf(double x) {
  return 0.5 * std::erfc(-x / sqrt2);
}
double gelu_slope(double x) {
  return normal_cdf(x) + damped(std::exp(-x * x / 2) * inv_sqrtpi / sqrt2, x);
}
double tanhshrink(double x) {
  if (std::fabs(x) > 0.1) return x - std::tanh(x);
  const double z = x * x;  // Taylor; the next term is below 1e-15 of the sum
  return x * z *
         (1.0 / 3 -
          z * (2.0 / 15 - z * (17.0 / 315 -
                               z * (62.0 / 2835 - z * (1382.0 / 155925 - z * 21844.0 / 6081075)))));
}
// An infinite angle has no phase; it counts as 0.
double phase(double x) {
  return std::isinf(x) ? 0 : x;
}
double square(double x) {
  return x * x;
}
double round_half_even(double x) {
  const double whole = std::floor(x), rest = x - whole;
  if (rest == 0.5) return 2 * std::floor((whole + 1) / 2);
  return rest < 0.5 ? whole : rest > 0.5 ? whole + 1 : x;  // x for ±∞ and NaN
}
double nan_or(double x, double y) {
  return std::isnan(x) ? x : y;
}
// NaN if either is.
double larger(double a, double b) {
  return std::isnan(a) ? a : a > b ? a : b;
}

double evaluate_unary(Op op, double a) {
  switch (op) {
    case Op::absolute:
      return std::fabs(a);
    case Op::sign:
      return nan_or(a, a > 0 ? 1 : a < 0 ? -1 : 0);
    case Op::step:
      return nan_or(a, a > 0 ? 1 : 0);
    case Op::floor:
      return std::floor(a);
    case Op::round:
      return round_half_even(a);
    case Op::negate:
      return -a;
    case Op::square_root:
      return std::sqrt(a);
    case Op::cube_root:
      return std::cbrt(a);
    case Op::exp:
      return std::exp(a);
    case Op::expm1:
      return std::expm1(a);
    case Op::ln:
      return std::log(a);
    case Op::log1p:
      return std::log1p(a);
    case Op::log2:
      return std::log2(a);
    case Op::log10:
      return std::log10(a);
    case Op::sin:
      return std::sin(phase(a));
    case Op::cos:
      return std::cos(phase(a));
    case Op::tan:
      return std::tan(phase(a));
    case Op::asin:
      return std::asin(a);
    case Op::acos:
      return std::acos(a);
    case Op::atan:
      return std::atan(a);
    case Op::atan_slope:
      return 1 / (1 + a * a);
    case Op::sinh:
      return std::sinh(a);
    case Op::cosh:
      return std::cosh(a);
    case Op::asinh:
      return std::asinh(a);
    case Op::tanh:
      return std::tanh(a);
    case Op::tanh_slope:
      return 4 * logistic_slope(2 * a);
    case Op::sigmoid:
      return logistic(a);
    case Op::sigmoid_slope:
      return logistic_slope(a);
    case Op::softplus:
      return log1p_exp(a);
    case Op::silu:
      return damped(logistic(a), a);
    case Op::silu_slope:
      return logistic(a) + damped(logistic_slope(a), a);
    case Op::mish:
      return mish(a);
    case Op::mish_slope:
      return mish_slope(a);
    case Op::erf:
      return std::erf(a);
    case Op::normal_cdf:
      return normal_cdf(a);
    case Op::gelu:
      return damped(normal_cdf(a), a);
    case Op::gelu_slope:
      return gelu_slope(a);
    case Op::gaussian:
      return std::exp(-a * a);
    case Op::gaussian_slope:
      return damped(std::exp(-a * a), -2 * a);
    case Op::softsign:
      return std::isinf(a) ? std::copysign(1, a) : a / (1 + std::fabs(a));
    case Op::softsign_slope:
      return 1 / square(1 + std::fabs(a));
    case Op::tanhshrink:
      return tanhshrink(a);
    case Op::logical_not:
      return a == 0 ? 1 : 0;
    default:  // copy
      return a;
  }
}

}  // namespace

double evaluate_op(Op op, const std::array<double, kMaxOperands>& in) {
  const double a = in[0], b = in[1];
  switch (op) {
    case Op::add:
      return a + b;
    case Op::subtract:
      return a - b;
    case Op::multiply:
      return a * b;
    case Op::divide:
      return a / b;
    case Op::power:
      return std::pow(a, b);
    case Op::maximum:
      return larger(a, b);
    case Op::minimum:
      return -larger(-a, -b);
    case Op::less:
      return a < b ? 1 : 0;
    case Op::less_equal:
      return a <= b ? 1 : 0;
    case Op::equal:
      return a == b ? 1 : 0;
    case Op::logical_and:
      return a != 0 && b != 0 ? 1 : 0;
    case Op::logical_or:
      return a != 0 || b != 0 ? 1 : 0;
    case Op::chain:
      return a == 0 ? 0 : a * b;
    case Op::select:
      return a != 0 ? b : in[2];
    case Op::greater_of:
      return a > b ? in[2] : a < b ? in[3] : 0.5 * (in[2] + in[3]);
    case Op::select_less:
      return a < b ? in[2] : in[3];
    case Op::select_less_equal:
      return a <= b ? in[2] : in[3];
    case Op::clamp:
      return -larger(-larger(a, b), -in[2]);
    case Op::multiply_add:
      return a * b + in[2];
    case Op::multiply_twice:
      return a * b * in[2];
    case Op::limits:
      return b == -kInfinity ? in[2] : b == kInfinity ? in[3] : a;
    case Op::keep_nan:
      return nan_or(b, a);
    default:
      return evaluate_unary(op, a);
  }
}

}  // namespace lab::formula
