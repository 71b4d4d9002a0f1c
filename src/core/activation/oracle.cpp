#include "core/activation/oracle.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/math/real.h"

namespace lab::oracle {
namespace {

using P = ActivationParams;
using std::numbers::inv_sqrtpi;
using std::numbers::pi;
using std::numbers::sqrt2;

constexpr double kSeluScale = 1.0507009873554804934193349852946;
constexpr double kSeluAlpha = 1.6732632423543772848170429916717;

// factor·x with 0·∞ = 0: a factor that has decayed to 0 beats any x.
double damped(double factor, double x) {
  return factor == 0 ? 0 : factor * x;
}

double logistic(double x) {
  const double e = real::exp(-std::fabs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}
double logistic_derivative(double x) {
  const double e = real::exp(-std::fabs(x));
  return e / ((1 + e) * (1 + e));
}
double log1p_exp(double x) {
  return std::max(x, 0.0) + real::log1p(real::exp(-std::fabs(x)));
}

// x·logistic(v) and its derivative, where x·dv/dx is given.
double gate(double x, double v) {
  return damped(logistic(v), x);
}
double gate_derivative(double v, double x_dv) {
  return logistic(v) + damped(logistic_derivative(v), x_dv);
}

double normal_cdf(double x) {
  return 0.5 * real::erfc(-x / sqrt2);
}
double normal_density(double x) {
  return real::exp(-x * x / 2) * inv_sqrtpi / sqrt2;
}

double rising(double x, double slope) {
  return x > 0 ? x : slope * x;
}
double rising_derivative(double x, double slope) {
  return std::isnan(x) ? x : x > 0 ? 1 : slope;
}
double inside(bool yes, double slope, double x) {
  return std::isnan(x) ? x : yes ? slope : 0;
}
// std::clamp and std::max would swap a NaN for a bound.
double bounded(double x, double low, double high) {
  return x < low ? low : x > high ? high : x;
}

double gelu_tanh_exponent(double x) {
  return std::sqrt(8 / pi) * (x + 0.044715 * x * x * x);
}
// An infinite angle has no phase; it counts as 0.
double phase(double x) {
  return std::isinf(x) ? 0 : x;
}

}  // namespace

double identity(const P&, double x) {
  return x;
}
double identity_derivative(const P&, double x) {
  return inside(true, 1, x);
}

double relu(const P&, double x) {
  return x < 0 ? 0 : x;
}
double relu_derivative(const P&, double x) {
  return inside(x > 0, 1, x);
}

double relu6(const P&, double x) {
  return bounded(x, 0, 6);
}
double relu6_derivative(const P&, double x) {
  return inside(x > 0 && x < 6, 1, x);
}

double leaky_relu(const P& p, double x) {
  return rising(x, p[0]);
}
double leaky_relu_derivative(const P& p, double x) {
  return rising_derivative(x, p[0]);
}

double prelu(const P& p, double x) {
  return rising(x, p[0]);
}
double prelu_derivative(const P& p, double x) {
  return rising_derivative(x, p[0]);
}

double rrelu(const P& p, double x) {
  return rising(x, (static_cast<double>(p[0]) + static_cast<double>(p[1])) / 2);
}
double rrelu_derivative(const P& p, double x) {
  return rising_derivative(x, (static_cast<double>(p[0]) + static_cast<double>(p[1])) / 2);
}

double squared_relu(const P&, double x) {
  return x < 0 ? 0 : x * x;
}
double squared_relu_derivative(const P&, double x) {
  return x < 0 ? 0 : 2 * x;
}

double threshold(const P& p, double x) {
  return x <= p[0] ? p[1] : x;
}
double threshold_derivative(const P& p, double x) {
  return inside(x > p[0], 1, x);
}

double elu(const P& p, double x) {
  return x < 0 ? p[0] * real::expm1(x) : x;
}
double elu_derivative(const P& p, double x) {
  return x > 0 ? 1 : p[0] * real::exp(x);
}

double celu(const P& p, double x) {
  return x < 0 ? p[0] * real::expm1(x / p[0]) : x;
}
double celu_derivative(const P& p, double x) {
  return x > 0 ? 1 : real::exp(x / p[0]);
}

double selu(const P&, double x) {
  return kSeluScale * (x < 0 ? kSeluAlpha * real::expm1(x) : x);
}
double selu_derivative(const P&, double x) {
  return kSeluScale * (x > 0 ? 1 : kSeluAlpha * real::exp(x));
}

double sigmoid(const P&, double x) {
  return logistic(x);
}
double sigmoid_derivative(const P&, double x) {
  return logistic_derivative(x);
}

double logsigmoid(const P&, double x) {
  return -log1p_exp(-x);
}
double logsigmoid_derivative(const P&, double x) {
  return logistic(-x);
}

double tanh(const P&, double x) {
  return real::tanh(x);
}
double tanh_derivative(const P&, double x) {
  return 4 * logistic_derivative(2 * x);
}

double arctan(const P&, double x) {
  return real::atan(x);
}
double arctan_derivative(const P&, double x) {
  return 1 / (1 + x * x);
}

double softsign(const P&, double x) {
  return std::isinf(x) ? std::copysign(1, x) : x / (1 + std::fabs(x));
}
double softsign_derivative(const P&, double x) {
  return 1 / ((1 + std::fabs(x)) * (1 + std::fabs(x)));
}

double hardsigmoid(const P&, double x) {
  return bounded(x + 3, 0, 6) / 6;
}
double hardsigmoid_derivative(const P&, double x) {
  return inside(x > -3 && x < 3, 1.0 / 6, x);
}

double hardtanh(const P& p, double x) {
  return bounded(x, p[0], p[1]);
}
double hardtanh_derivative(const P& p, double x) {
  return inside(x > p[0] && x < p[1], 1, x);
}

double sparse_sigmoid(const P&, double x) {
  return bounded((x + 1) / 2, 0, 1);
}
double sparse_sigmoid_derivative(const P&, double x) {
  return inside(x > -1 && x < 1, 0.5, x);
}

double step(const P&, double x) {
  return inside(x > 0, 1, x);
}
double step_derivative(const P&, double x) {
  return inside(false, 0, x);
}

double silu(const P&, double x) {
  return gate(x, x);
}
double silu_derivative(const P&, double x) {
  return gate_derivative(x, x);
}

double mish(const P&, double x) {
  return damped(real::tanh(log1p_exp(x)), x);
}
double mish_derivative(const P&, double x) {
  const double e = real::exp(-std::fabs(x));
  const double t = real::tanh(log1p_exp(x));
  // 1 − tanh² = 4q/(q+1)² with q = (1+e^x)², written in e = e^−|x| so that nothing overflows.
  const double s = (1 + e) * (1 + e), unit = x < 0 ? 1 : e * e;
  const double rest = 4 * s * unit / ((s + unit) * (s + unit));
  return t + damped(rest * logistic(x), x);
}

double gelu(const P&, double x) {
  return damped(normal_cdf(x), x);
}
double gelu_derivative(const P&, double x) {
  return normal_cdf(x) + damped(normal_density(x), x);
}

double gelu_tanh(const P&, double x) {
  return gate(x, gelu_tanh_exponent(x));
}
double gelu_tanh_derivative(const P&, double x) {
  return gate_derivative(gelu_tanh_exponent(x), std::sqrt(8 / pi) * (x + 3 * 0.044715 * x * x * x));
}

double quick_gelu(const P&, double x) {
  return gate(x, 1.702 * x);
}
double quick_gelu_derivative(const P&, double x) {
  return gate_derivative(1.702 * x, 1.702 * x);
}

double hardswish(const P&, double x) {
  return damped(bounded(x + 3, 0, 6) / 6, x);
}
double hardswish_derivative(const P&, double x) {
  return x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6;
}

double softplus(const P& p, double x) {
  const double beta = p[0];
  return beta * x > p[1] ? x : log1p_exp(beta * x) / beta;
}
double softplus_derivative(const P& p, double x) {
  const double beta = p[0];
  return beta * x > p[1] ? 1 : logistic(beta * x);
}

double squareplus(const P& p, double x) {
  const double b = p[0], root = std::sqrt(x * x + b);
  return x < 0 ? b / 2 / (root - x) : (x + root) / 2;
}
double squareplus_derivative(const P& p, double x) {
  const double b = p[0], root = std::sqrt(x * x + b);
  if (std::isinf(x)) return x > 0 ? 1 : 0;
  return x < 0 ? b / 2 / (root - x) / root : (x / root + 1) / 2;
}

double sparse_plus(const P&, double x) {
  return x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) / 4;
}
double sparse_plus_derivative(const P&, double x) {
  return bounded((x + 1) / 2, 0, 1);
}

double exponential(const P&, double x) {
  return real::exp(x);
}
double exponential_derivative(const P&, double x) {
  return real::exp(x);
}

double hardshrink(const P& p, double x) {
  return x >= -p[0] && x <= p[0] ? 0 : x;
}
double hardshrink_derivative(const P& p, double x) {
  return inside(x < -p[0] || x > p[0], 1, x);
}

double softshrink(const P& p, double x) {
  return x > p[0] ? x - p[0] : x < -p[0] ? x + p[0] : std::isnan(x) ? x : 0;
}
double softshrink_derivative(const P& p, double x) {
  return inside(x < -p[0] || x > p[0], 1, x);
}

double tanhshrink(const P&, double x) {
  if (std::fabs(x) > 0.1) return x - real::tanh(x);
  const double z = x * x;  // Taylor; the next term is below 1e-15 of the sum
  return x * z *
         (1.0 / 3 -
          z * (2.0 / 15 - z * (17.0 / 315 -
                               z * (62.0 / 2835 - z * (1382.0 / 155925 - z * 21844.0 / 6081075)))));
}
double tanhshrink_derivative(const P&, double x) {
  return real::tanh(x) * real::tanh(x);
}

double sin(const P&, double x) {
  return real::sin(phase(x));
}
double sin_derivative(const P&, double x) {
  return real::cos(phase(x));
}

double snake(const P& p, double x) {
  const double s = real::sin(phase(p[0] * x));
  return x + s * s / p[0];
}
double snake_derivative(const P& p, double x) {
  return 1 + real::sin(2 * phase(p[0] * x));
}

double gaussian(const P&, double x) {
  return real::exp(-x * x);
}
double gaussian_derivative(const P&, double x) {
  return damped(real::exp(-x * x), -2 * x);
}

}  // namespace lab::oracle
