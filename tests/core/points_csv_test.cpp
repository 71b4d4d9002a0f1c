#include "core/data/points_csv.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace lab;
using namespace std::string_literals;

std::vector<DataPoint> points_of(std::string_view text) {
  const Result<CsvPoints> result = read_points_csv(text);
  CAPTURE(text);
  if (!result.ok()) FAIL(result.error().message(Language::en));
  return result.value().points;
}

struct Fault {
  std::string_view text;
  std::string code;
  int line, column;
  std::string about = "";  // the first argument
};
void check_fault(const Fault& fault) {
  CAPTURE(fault.text.substr(0, 200));
  const Result<CsvPoints> result = read_points_csv(fault.text);
  REQUIRE_FALSE(result.ok());
  const Error& error = result.error();
  CHECK(error.code == fault.code);
  CHECK(error.line.value_or(0) == fault.line);
  CHECK(error.column.value_or(0) == fault.column);
  if (!fault.about.empty()) CHECK(error.args.at(0) == fault.about);
  CHECK(error.message(Language::en).find('{') == std::string::npos);
}

// A text with a long run of one character inside.
std::string run(std::string_view before, size_t count, char c, std::string_view after = "") {
  std::string text(before);
  text.append(count, c);
  text += after;
  return text;
}

const std::vector<DataPoint> kTwo = {{0.5, -1, 1}, {2000, 0.25, 0}};

}  // namespace

TEST_CASE("CSV: the same points in every dialect") {
  for (std::string_view text : {
           "0.5,-1,1\n2000,0.25,0\n",
           "0.5,-1,1\n2000,0.25,0",
           "0.5,-1,1\r\n2000,0.25,0\r\n",
           "0.5,-1,1\r2000,0.25,0\r",
           "0.5;-1;1\n2000;0.25;0\n",
           "0.5\t-1\t1\n2000\t0.25\t0\n",
           "\xEF\xBB\xBFx,y,label\n0.5,-1,1\n2000,0.25,0\n",
           "\xEF\xBB\xBF"
           "0.5,-1,1\n2000,0.25,0\n",
           "label,x,y\n1,0.5,-1\n0,2000,0.25\n",
           "Name;Y;weight;X;Class\na;-1;7;0.5;1\nb;0.25;8;2000;0\n",
           "target\ty\tx\n1\t-1\t0.5\n0\t0.25\t2000\n",
           "\"x\",\"y\",\"label\"\n\"0.5\",\"-1\",\"1\"\n\"2e3\",\"0.25\",\"0\"\n",
           "  x , y , label \n 0.5 , -1 , 1 \n +2000. , .25 , 0e7 \n",
           "\n\n0.5,-1,1\n\n,,\n2000,0.25,0\n\n",
           "x,y,label,,\n0.5,-1,1,,\n2000,0.25,0,,\n",
           "name,x,y,label\n\"a, b\",0.5,-1,1\n\"c\nd \"\"e\"\"\",2000,0.25,0\n",
       }) {
    CAPTURE(text);
    CHECK(points_of(text) == kTwo);
    CHECK(read_points_csv(text).value().classes.empty());
  }
}

TEST_CASE("CSV: words as labels are classes in order of appearance") {
  const auto read =
      read_points_csv("x,y,label\n1,2,猫\n3,4,dog\n5,6,猫\n7,8,\"a, \"\"b\"\"\"\n9,0,1\n");
  REQUIRE(read.ok());
  CHECK(read.value().classes == std::vector<std::string>{"猫", "dog", "a, \"b\"", "1"});
  CHECK(read.value().points ==
        std::vector<DataPoint>{{1, 2, 0}, {3, 4, 1}, {5, 6, 0}, {7, 8, 2}, {9, 0, 3}});
}

TEST_CASE("CSV: numbers are read to the last bit, whatever they look like") {
  CHECK(points_of("0.1,1e23,-0\n")[0] == DataPoint{0.1, 1e23, 0});
  CHECK(points_of("2.2250738585072011e-308,5e-324,1e-400\n")[0] ==
        DataPoint{2.2250738585072011e-308, 5e-324, 0});
  CHECK(points_of("1e0000000000000000000000000000001,-1E+2,1e-99999999999999999999\n")[0] ==
        DataPoint{10, -100, 0});
  std::string text = run("1", 100'000, '0', "e-100000,");
  text += run("0.", 100'000, '0', "5,1");
  CHECK(points_of(text)[0] == DataPoint{1, 0, 1});
}

TEST_CASE("CSV: faults are named with their place") {
  const Fault faults[] = {
      {"", "csv.empty", 0, 0},
      {"\n \r\n,,\n", "csv.empty", 0, 0},
      {"x,y,label\n", "csv.empty", 0, 0},
      {"1,2,0\n3,4\n", "csv.cells", 2, 1, "2"},
      {"1,2,0\n\n 3,4,5,6\n", "csv.cells", 3, 2, "4"},
      {"1 2 0\n", "csv.column_missing", 1, 1, "x"},
      {"1\n", "csv.cells", 1, 1, "1"},
      {"1,2,0\n3;4;1\n", "csv.cells", 2, 1, "1"},
      {"x,y,label\n1,2\n", "csv.cells", 2, 1, "2"},
      {"1,2,0\n3,,1\n", "csv.cell_empty", 2, 3, "y"},
      {"1,2,0\n3,4,\n", "csv.cell_empty", 2, 5, "label"},
      {"猫,x,label,y\n\"猫\", 1 ,a,b c\n", "csv.bad_number", 2, 11, "b c"},
      {"1,2,0\r\n0x1f,4,1\r\n", "csv.bad_number", 2, 1, "0x1f"},
      {"1,nan,0\n", "csv.bad_number", 1, 3, "nan"},
      {"1,1e999,0\n", "csv.bad_number", 1, 3, "1e999"},
      {"1,-inf,0\n", "csv.bad_number", 1, 3, "-inf"},
      {"1,1e,0\n", "csv.bad_number", 1, 3, "1e"},
      {"1,-.,0\n", "csv.bad_number", 1, 3, "-."},
      {"1,--2,0\n", "csv.bad_number", 1, 3, "--2"},
      {"1;0,5;0\n", "csv.bad_number", 1, 3, "0,5"},
      {"a,y,label\n1,2,0\n", "csv.column_missing", 1, 1, "x"},
      {"x,y\n1,2\n", "csv.column_missing", 1, 1, "label"},
      {"x,y,X,label\n1,2,3,0\n", "csv.column_twice", 1, 5, "x"},
      {"x,y,label,class\n1,2,3,0\n", "csv.column_twice", 1, 11, "label"},
      {"1,2,\"0\n3,4,1\n", "csv.unclosed_quote", 1, 5},
      {"1,2,\"猫\"a\n", "csv.after_quote", 1, 8, "a"},
      {"1,2,0\n3,4,0.5\n5,6,O.7\n7,8,1\n7,8,2\n7,8,3\n7,8,4\n7,8,5\n7,8,6\n7,8,7\n7,8,8\n",
       "csv.label", 3, 5, "O.7"},
  };
  for (const Fault& fault : faults) check_fault(fault);
}

TEST_CASE("CSV: hostile text is refused in good time") {
  check_fault({"1,2\0,0\n"s, "csv.bad_number", 1, 3, "2\xEF\xBF\xBD"});
  check_fault({"\xFF\xFE\x31,2,0\n1,2,0\n", "csv.bad_number", 1, 1,
               "\xEF\xBF\xBD\xEF\xBF\xBD"
               "1"});
  constexpr size_t kMany = 8'000'000;
  check_fault({run("1,2,\"", kMany, 'a'), "csv.unclosed_quote", 1, 5});
  check_fault({run("1,2,\"", kMany, '"'), "csv.unclosed_quote", 1, 5});
  check_fault({run("", kMany, 'a'), "csv.column_missing", 1, 1, "x"});
  check_fault(
      {run("1,2,0\n1,", kMany, 'a', ",0\n"), "csv.bad_number", 2, 3, run("", 24, 'a', "…")});
  check_fault({run("1,", kMany, '9', ",0\n"), "csv.bad_number", 1, 3, run("", 24, '9', "…")});
  check_fault({run("1", 999, ','), "csv.cell_empty", 1, 3, "y"});
  check_fault({run("1", 999, ',', "2"), "csv.cells", 1, 1, "1000"});
  check_fault({run("", kMany, ','), "csv.too_many_columns", 1, 1001, "1000"});
  CHECK(points_of(run("", kMany, '\n', "1,2,0")).size() == 1);
  check_fault({run("", kMaxCsvBytes + 1, ' '), "csv.too_long", 0, 0});

  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {  // neither crash nor silence: points or an error of the table
    constexpr std::string_view kAlphabet("1,.-e\"\n\r;\t x\xE7\xFF\0", 15);
    std::string text;
    for (auto length = random() % 24; length > 0; --length) {
      text += kAlphabet[random() % kAlphabet.size()];
    }
    const Result<CsvPoints> result = read_points_csv(text);
    if (result.ok()) {
      CHECK_FALSE(result.value().points.empty());
    } else {
      CHECK(result.error().message(Language::en) != result.error().code);
    }
  }
}

TEST_CASE("CSV: up to the most samples that a document holds") {
  std::string text;
  for (int i = 0; i < kMaxSamples; ++i) text += "0.12345678901234567,-1.5,1\n";
  CHECK(points_of(text).size() == static_cast<size_t>(kMaxSamples));
  text += "1,2,0\n";
  check_fault({text, "csv.too_many_rows", kMaxSamples + 1, 1, std::to_string(kMaxSamples)});
}

TEST_CASE("CSV: what is written reads back bit for bit") {
  std::vector<DataPoint> points = {{0.1, -0.0, 1}, {1e300, 5e-324, -1}};
  std::mt19937_64 random(5);
  while (points.size() < 3000) {
    const double x = std::bit_cast<double>(random()), y = std::bit_cast<double>(random());
    if (std::isfinite(x) && std::isfinite(y)) points.push_back({x, y, std::nearbyint(y / x)});
    if (!std::isfinite(points.back().label)) points.pop_back();
  }
  const std::string text = write_points_csv(points);
  CHECK(text.starts_with("x,y,label\n0.1,-0,1\n1e+300,5e-324,-1\n"));
  const std::vector<DataPoint> back = points_of(text);
  REQUIRE(back.size() == points.size());
  for (size_t i = 0; i < points.size(); ++i) {
    CHECK(std::bit_cast<uint64_t>(back[i].x) == std::bit_cast<uint64_t>(points[i].x));
    CHECK(std::bit_cast<uint64_t>(back[i].y) == std::bit_cast<uint64_t>(points[i].y));
    CHECK(back[i].label == points[i].label);
  }
  CHECK(write_points_csv({}) == "x,y,label\n");
}
