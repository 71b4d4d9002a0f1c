#include <cmath>
#include <limits>
#include <numbers>

#include "core/activation/oracle.h"
#include "core/formula/op.h"
#include "core/math/real.h"

namespace lab::formula {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Operations that are activations without parameters are defined where those are.
double activation(double (*exact)(const ActivationParams&, double), double x) {
  return exact({}, x);
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
      return activation(oracle::step, a);
    case Op::floor:
      return std::floor(a);
    case Op::round:
      return round_half_even(a);
    case Op::negate:
      return -a;
    case Op::square_root:
      return std::sqrt(a);
    case Op::cube_root:
      return real::cbrt(a);
    case Op::exp:
      return real::exp(a);
    case Op::expm1:
      return real::expm1(a);
    case Op::ln:
      return real::log(a);
    case Op::log1p:
      return real::log1p(a);
    case Op::log2:
      return real::log2(a);
    case Op::log10:
      return real::log10(a);
    case Op::sin:
      return activation(oracle::sin, a);
    case Op::cos:
      return activation(oracle::sin_derivative, a);
    case Op::tan:
      return std::isinf(a) ? 0 : real::tan(a);
    case Op::asin:
      return real::asin(a);
    case Op::acos:
      return real::acos(a);
    case Op::atan:
      return real::atan(a);
    case Op::atan_slope:
      return activation(oracle::arctan_derivative, a);
    case Op::sinh:
      return real::sinh(a);
    case Op::cosh:
      return real::cosh(a);
    case Op::asinh:
      return real::asinh(a);
    case Op::tanh:
      return real::tanh(a);
    case Op::tanh_slope:
      return activation(oracle::tanh_derivative, a);
    case Op::sigmoid:
      return activation(oracle::sigmoid, a);
    case Op::sigmoid_slope:
      return activation(oracle::sigmoid_derivative, a);
    case Op::softplus:
      return -activation(oracle::logsigmoid, -a);
    case Op::silu:
      return activation(oracle::silu, a);
    case Op::silu_slope:
      return activation(oracle::silu_derivative, a);
    case Op::mish:
      return activation(oracle::mish, a);
    case Op::mish_slope:
      return activation(oracle::mish_derivative, a);
    case Op::erf:
      return real::erf(a);
    case Op::normal_cdf:
      return 0.5 * real::erfc(-a / std::numbers::sqrt2);
    case Op::gelu:
      return activation(oracle::gelu, a);
    case Op::gelu_slope:
      return activation(oracle::gelu_derivative, a);
    case Op::gaussian:
      return activation(oracle::gaussian, a);
    case Op::gaussian_slope:
      return activation(oracle::gaussian_derivative, a);
    case Op::softsign:
      return activation(oracle::softsign, a);
    case Op::softsign_slope:
      return activation(oracle::softsign_derivative, a);
    case Op::tanhshrink:
      return activation(oracle::tanhshrink, a);
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
      return real::power(a, b);
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
    case Op::inside:
      return b < a && a < in[2] ? 1 : 0;
    case Op::multiply_add:
      return a * b + in[2];
    case Op::multiply_add_multiply:
      return (a * b + in[2]) * in[3];
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
