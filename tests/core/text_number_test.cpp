#include "core/text_number.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace {

// The C library in its "C" locale is the judge: glibc and musl both round correctly.
std::string printed(const char* format, int decimals, double value) {
  char text[512];
  std::snprintf(text, sizeof text, format, decimals, value);
  return text;
}

std::vector<float> sample_floats() {
  std::vector<float> values = {0.0f,
                               -0.0f,
                               0.5f,
                               2.5f,
                               0.00005f,
                               9.99995f,
                               99999.5f,
                               1e8f,
                               std::numeric_limits<float>::denorm_min(),
                               std::numeric_limits<float>::min(),
                               std::numeric_limits<float>::max(),
                               std::numeric_limits<float>::lowest()};
  std::mt19937 random(7);
  while (values.size() < 20000) {
    const float value = std::bit_cast<float>(static_cast<uint32_t>(random()));
    if (std::isfinite(value)) values.push_back(value);
  }
  // Multiples of 1/32 sit exactly between two four-digit decimals: ties.
  for (int i = -4000; i < 4000; ++i) values.push_back(static_cast<float>(i) / 32.0f);
  return values;
}

double value_of(const std::string& digits, int64_t exponent) {
  return lab::decimal_value(digits, exponent);
}

}  // namespace

TEST_CASE("fixed_text and scientific_text round as printf does") {
  for (float value : sample_floats()) {
    for (int decimals : {0, 1, 4}) {
      CHECK(lab::fixed_text(value, decimals) == printed("%.*f", decimals, value));
      CHECK(lab::scientific_text(value, decimals) == printed("%.*e", decimals, value));
    }
  }
}

TEST_CASE("the whole range of double is written exactly") {
  for (double value : {std::numeric_limits<double>::denorm_min(),
                       std::numeric_limits<double>::max(), 0.1, 1e23, 123456789012345680.0}) {
    CHECK(lab::fixed_text(value, 4) == printed("%.*f", 4, value));
    CHECK(lab::scientific_text(value, 20) == printed("%.*e", 20, value));
  }
}

TEST_CASE("values that are not finite are written as Python writes them") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double inf = std::numeric_limits<double>::infinity();
  CHECK(lab::fixed_text(nan, 4) == "nan");
  CHECK(lab::fixed_text(std::copysign(nan, -1.0), 4) == "nan");
  CHECK(lab::scientific_text(inf, 4) == "inf");
  CHECK(lab::scientific_text(-inf, 4) == "-inf");
  CHECK(lab::shortest_text(static_cast<float>(nan)) == "nan");
  CHECK(lab::shortest_text(static_cast<float>(-inf)) == "-inf");
}

TEST_CASE("compact_text is the shortest decimal, with a point or an exponent where it needs one") {
  CHECK(lab::compact_text(0.0) == "0");
  CHECK(lab::compact_text(-0.0) == "-0");
  CHECK(lab::compact_text(1.0) == "1");
  CHECK(lab::compact_text(-2.5) == "-2.5");
  CHECK(lab::compact_text(0.1) == "0.1");
  CHECK(lab::compact_text(0.1 + 0.2) == "0.30000000000000004");
  CHECK(lab::compact_text(1e-5) == "0.00001");
  CHECK(lab::compact_text(2.5e-7) == "2.5e-07");
  CHECK(lab::compact_text(4294967295.0) == "4294967295");
  CHECK(lab::compact_text(1e22) == "1e+22");
  CHECK(lab::compact_text(5e-324) == "5e-324");
  CHECK(lab::compact_text(1.7976931348623157e308) == "1.7976931348623157e+308");
  CHECK(lab::compact_text(0.1f) == "0.1");
  CHECK(lab::compact_text(16777216.0f) == "16777216");
}

TEST_CASE("shortest_text is laid out as Python's repr") {
  CHECK(lab::shortest_text(0.0f) == "0.0");
  CHECK(lab::shortest_text(-0.0f) == "-0.0");
  CHECK(lab::shortest_text(-2.0f) == "-2.0");
  CHECK(lab::shortest_text(0.1f) == "0.1");
  CHECK(lab::shortest_text(-0.6f) == "-0.6");
  CHECK(lab::shortest_text(123456.0f) == "123456.0");
  CHECK(lab::shortest_text(1234.5f) == "1234.5");
  CHECK(lab::shortest_text(1e15f) == "1000000000000000.0");
  CHECK(lab::shortest_text(1e16f) == "1e+16");
  CHECK(lab::shortest_text(0.0001f) == "0.0001");
  CHECK(lab::shortest_text(0.00001f) == "1e-05");
  CHECK(lab::shortest_text(1.5e-7f) == "1.5e-07");
  CHECK(lab::shortest_text(std::numeric_limits<float>::max()) == "3.4028235e+38");
  CHECK(lab::shortest_text(std::numeric_limits<float>::denorm_min()) == "1e-45");
}

TEST_CASE("shortest_text survives the way through double precision") {
  for (float value : sample_floats()) {
    const std::string text = lab::shortest_text(value);
    CAPTURE(text);
    CHECK(std::bit_cast<uint32_t>(static_cast<float>(std::strtod(text.c_str(), nullptr))) ==
          std::bit_cast<uint32_t>(value));
  }
  // Its shortest digits, 7.038531e-26, become the next float by way of double.
  const float awkward = std::bit_cast<float>(0x15ae43fdu);
  CHECK(static_cast<float>(std::strtod("7.038531e-26", nullptr)) != awkward);
  CHECK(lab::shortest_text(awkward) == "7.03853069e-26");
}

TEST_CASE("decimal_value rounds as strtod does") {
  std::mt19937_64 random(11);
  for (int i = 0; i < 20000; ++i) {
    const std::string digits = std::to_string(random() >> (random() % 60));
    const int exponent = static_cast<int>(random() % 700) - 350;
    const std::string text = digits + "e" + std::to_string(exponent);
    CAPTURE(text);
    CHECK(value_of(digits, exponent) == std::strtod(text.c_str(), nullptr));
  }
}

TEST_CASE("decimal_value is right where it is hard") {
  const double inf = std::numeric_limits<double>::infinity();
  CHECK(value_of("", 0) == 0);
  CHECK(value_of("000", 5) == 0);
  CHECK(value_of("1", 400) == inf);
  CHECK(value_of("1", -400) == 0);
  CHECK(value_of("0", std::numeric_limits<int64_t>::max()) == 0);
  CHECK(value_of("1", std::numeric_limits<int64_t>::max()) == inf);
  CHECK(value_of("1", std::numeric_limits<int64_t>::min()) == 0);
  CHECK(value_of("17976931348623157", 292) == std::numeric_limits<double>::max());
  CHECK(value_of("17976931348623159", 292) == inf);
  CHECK(value_of("49406564584124654", -340) == std::numeric_limits<double>::denorm_min());
  CHECK(value_of("22250738585072011", -324) == 2.2250738585072011e-308);  // below the least normal
  // Half of the least subnormal is 2^-1075, a tie that goes to zero; anything above does not.
  CHECK(value_of("24703282292062327", -340) == 0);
  CHECK(value_of("24703282292062328", -340) == std::numeric_limits<double>::denorm_min());
  // 2^53 + 1 lies between two doubles; digits far behind decide, also beyond the 800 that are kept.
  CHECK(value_of("9007199254740993", 0) == 9007199254740992.0);
  const std::string zeros(2000, '0');
  CHECK(value_of("9007199254740993" + zeros, -2000) == 9007199254740992.0);
  CHECK(value_of("9007199254740993" + zeros + "1", -2001) == 9007199254740994.0);
  CHECK(value_of("1" + std::string(1000, '0'), -1000) == 1.0);
}
