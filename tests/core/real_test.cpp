#include "core/math/real.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string_view>
#include <vector>

namespace {

using namespace lab;

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kLeast = std::numeric_limits<double>::denorm_min();
constexpr double kMost = std::numeric_limits<double>::max();

struct Function {
  std::string_view name;
  double (*of)(double);
  long double (*judge)(long double);
  double low, high;  // where samples are dense
  double max_error;  // in units in the last place; the header's figure and a little
  uint64_t bits;     // hash of all results
};
const Function kFunctions[] = {
    {"exp", real::exp, std::exp, -745, 709.78, 0.52, 0x4e37551921559bdf},
    {"expm1", real::expm1, std::expm1, -38, 60, 0.58, 0x6f9a898cca8533ac},
    {"log", real::log, std::log, 0, 4, 0.54, 0xcc51b6ea43778385},
    {"log1p", real::log1p, std::log1p, -1, 4, 0.54, 0x4c7eda2be49b53cd},
    {"tanh", real::tanh, std::tanh, -20, 20, 0.58, 0x0c82b282d6183db9},
    {"sin", real::sin, std::sin, -1e5, 1e5, 0.85, 0xb46fccc4028ad609},
    {"cos", real::cos, std::cos, -1e5, 1e5, 0.83, 0xe409a44c19203d71},
    {"atan", real::atan, std::atan, -6, 6, 0.70, 0x8d9b473ee315594b},
    {"erf", real::erf, std::erf, -6, 6, 0.75, 0x7cf1e0ca88906bef},
    {"erfc", real::erfc, std::erfc, -6, 27.2, 0.85, 0xefaffea51c1d7256},
};

// Dense ones, all magnitudes up to 2³⁰, and any bit pattern that is finite.
std::vector<double> samples(const Function& f) {
  std::vector<double> xs;
  std::mt19937_64 random(1);
  for (int i = 0; i < 20000; ++i) {
    const double u = static_cast<double>(random() >> 11) * 0x1p-53;
    xs.push_back(f.low + (f.high - f.low) * u);
    xs.push_back(std::ldexp(2 * u - 1, i % 60 - 30));
    const double any = std::bit_cast<double>(random());
    if (std::isfinite(any)) xs.push_back(any);
  }
  return xs;
}

uint64_t bits_of(double x) {
  return std::isnan(x) ? 0x7ff8000000000000u : std::bit_cast<uint64_t>(x);
}

double error_in_ulp(double y, long double truth) {
  if (!std::isfinite(y)) return bits_of(y) == bits_of(static_cast<double>(truth)) ? 0 : kInf;
  int exponent = 0;
  std::frexp(truth, &exponent);
  const long double unit = std::ldexp(1.0L, std::max(exponent - 53, -1074));
  return static_cast<double>(std::fabs(static_cast<long double>(y) - truth) / unit);
}

void check_same(double y, double expected) {
  CAPTURE(y);
  CAPTURE(expected);
  CHECK(bits_of(y) == bits_of(expected));
}

}  // namespace

TEST_CASE("real: every function keeps to its error") {
  // Elsewhere long double has the format of double, or functions that are no better.
  if (std::numeric_limits<long double>::digits != 64) return;
  for (const Function& f : kFunctions) {
    CAPTURE(f.name);
    double worst = 0, worst_small = 0;
    for (double x : samples(f)) {
      const double y = f.of(x);
      const double error = error_in_ulp(y, f.judge(x));
      double& largest = std::fabs(y) < 0x1p-1019 ? worst_small : worst;
      largest = std::max(largest, error);
    }
    CHECK(worst <= f.max_error);
    CHECK(worst > 0.4);  // the judge knows more than a double
    CHECK(worst_small <= 0.9);
  }
}

TEST_CASE("real: the same bits on every machine") {
  for (const Function& f : kFunctions) {
    CAPTURE(f.name);
    uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a, 64 bits at a time
    for (double x : samples(f)) hash = (hash ^ bits_of(f.of(x))) * 0x100000001b3u;
    CHECK(hash == f.bits);
  }
}

TEST_CASE("real: functions put together from others keep to theirs, and are exact where it shows") {
  const Function kComposed[] = {
      {"log2", real::log2, std::log2, 0, 4, 3, 0},
      {"log10", real::log10, std::log10, 0, 4, 3, 0},
      {"tan", real::tan, std::tan, -1e5, 1e5, 3, 0},
      {"asin", real::asin, std::asin, -1, 1, 3, 0},
      {"acos", real::acos, std::acos, -1, 1, 3, 0},
      {"sinh", real::sinh, std::sinh, -30, 30, 3, 0},
      {"cosh", real::cosh, std::cosh, -30, 30, 3, 0},
      {"asinh", real::asinh, std::asinh, -4, 4, 3, 0},
      {"cbrt", real::cbrt, std::cbrt, -4, 4, 3, 0},
  };
  const bool judges = std::numeric_limits<long double>::digits == 64;
  for (const Function& f : kComposed) {
    CAPTURE(f.name);
    CHECK(std::isnan(f.of(kNaN)));
    double worst = 0;
    for (double x : samples(f)) {
      const long double truth = f.judge(x);
      if (std::isnan(truth)) CHECK(std::isnan(f.of(x)));
      if (!std::isfinite(static_cast<double>(truth)) || std::fabs(truth) < 1e-300L) continue;
      worst = std::max(worst, error_in_ulp(f.of(x), truth));
    }
    if (judges) CHECK(worst <= f.max_error);
  }
  for (int k = -60; k <= 60; ++k) check_same(real::log2(std::ldexp(1.0, k)), k);
  for (const double n : {0, 1, 3, 6, 15}) check_same(real::log10(real::power(10, n)), n);
  for (const double n : {-27.0, 8.0, 0.0, -0.0, kInf}) {
    check_same(real::cbrt(n * n * n), n);
  }
}

TEST_CASE("real: powers are C's, whole ones by multiplication") {
  const double values[] = {0.0, -0.0, 1,       -1,   2,     -2,   0.5,    -0.5,  3,
                           -3,  7.25, -7.5,    kInf, -kInf, kNaN, kLeast, kMost, 1e-9,
                           1e9, 0.1,  1234567, 64,   65,    -65,  0x1p53, 1e300};
  for (const double x : values) {
    for (const double y : values) {
      CAPTURE(x);
      CAPTURE(y);
      const double expected = std::pow(x, y), actual = real::power(x, y);
      const bool large = std::isfinite(expected) && std::fabs(expected) > 1e-300;
      if (large) {
        CHECK(std::fabs(actual - expected) <= 1e-13 * std::fabs(expected));
      } else if (!(std::fabs(expected) <= 1e-300 && expected != 0)) {
        check_same(actual, expected);
      }
    }
  }
  check_same(real::power(3, 4), 81);
  check_same(real::power(-0.5, -3), -8);
}

TEST_CASE("real: limits, signs of zero and values that are not numbers") {
  for (const Function& f : kFunctions) {
    CAPTURE(f.name);
    CHECK(std::isnan(f.of(kNaN)));
  }
  for (auto odd : {real::expm1, real::log1p, real::tanh, real::sin, real::atan}) {
    check_same(odd(0.0), 0.0);
    check_same(odd(-0.0), -0.0);
    check_same(odd(kLeast), kLeast);
    check_same(odd(-1e-310), -1e-310);
  }
  check_same(real::erf(-0.0), -0.0);
  check_same(real::erf(-kLeast), -kLeast);
  check_same(real::exp(-0.0), 1);
  check_same(real::cos(-0.0), 1);
  check_same(real::erfc(-0.0), 1);
  check_same(real::log(1), 0.0);

  check_same(real::exp(kInf), kInf);
  check_same(real::exp(-kInf), 0.0);
  check_same(real::expm1(kInf), kInf);
  check_same(real::expm1(-kInf), -1);
  check_same(real::log(kInf), kInf);
  check_same(real::log(0), -kInf);
  check_same(real::log(-0.0), -kInf);
  check_same(real::log1p(kInf), kInf);
  check_same(real::log1p(-1), -kInf);
  for (double x : {-1.0, -kLeast, -kInf}) CHECK(std::isnan(real::log(x)));
  for (double x : {-1.0000001, -kInf}) CHECK(std::isnan(real::log1p(x)));
  for (double x : {kInf, -kInf}) {
    CHECK(std::isnan(real::sin(x)));
    CHECK(std::isnan(real::cos(x)));
    check_same(real::tanh(x), std::copysign(1.0, x));
    check_same(real::erf(x), std::copysign(1.0, x));
    check_same(real::atan(x), std::copysign(0x1.921fb54442d18p+0, x));
    check_same(real::erfc(x), x > 0 ? 0 : 2);
  }
}

TEST_CASE("real: the ends of the range") {
  check_same(real::exp(709.782712893384), 0x1.fffffffffff2ap+1023);
  check_same(real::exp(709.7827128933841), kInf);
  check_same(real::exp(kMost), kInf);
  check_same(real::exp(-kMost), 0.0);
  check_same(real::exp(-745.1332191019411), kLeast);
  check_same(real::exp(-745.1332191019412), 0.0);
  check_same(real::log(kMost), 0x1.62e42fefa39efp+9);
  check_same(real::log(kLeast), -0x1.74385446d71c3p+9);
  check_same(real::log1p(kMost), 0x1.62e42fefa39efp+9);
  check_same(real::atan(kMost), 0x1.921fb54442d18p+0);
  check_same(real::erfc(27.3), 0.0);
}

// Rounded from 400 digits.
TEST_CASE("real: angles near multiples of π/2 and far away") {
  check_same(real::sin(0x1.921fb54442d18p+1), 0x1.1a62633145c07p-53);
  check_same(real::sin(1e22), -0x1.b453ab76bf397p-1);
  check_same(real::cos(1e22), 0x1.0be2cef01c8f4p-1);
  check_same(real::sin(-1e300), 0x1.a2c16b010e385p-1);
  check_same(real::cos(1e300), -0x1.2699022adc4c1p-1);
  check_same(real::sin(0x1p1023), 0x1.205248cbdb760p-1);
  check_same(real::cos(0x1p1023), -0x1.a719f26c232bfp-1);
  // The double nearest to a multiple of π/2 (W. Kahan).
  const double nearest = std::ldexp(6381956970095103.0, 797);
  check_same(real::cos(nearest), -0x1.14ae72e6ba22fp-61);
  check_same(real::sin(nearest), 1);
}
