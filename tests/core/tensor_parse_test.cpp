#include <doctest/doctest.h>

#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/tensor_text.h"

namespace {

using lab::parse_tensor;
using lab::Tensor;

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// Equal shapes and bits, any NaN being as good as another.
bool same(const Tensor& a, const Tensor& b) {
  if (a.shape != b.shape || a.data.size() != b.data.size()) return false;
  for (size_t i = 0; i < a.data.size(); ++i) {
    const bool both_nan = std::isnan(a.data[i]) && std::isnan(b.data[i]);
    if (!both_nan && std::bit_cast<uint32_t>(a.data[i]) != std::bit_cast<uint32_t>(b.data[i])) {
      return false;
    }
  }
  return true;
}

void check_reads(const std::string& text, const Tensor& expected) {
  CAPTURE(text);
  const lab::Result<Tensor> parsed = parse_tensor(text);
  if (!parsed) {
    FAIL_CHECK(parsed.error().message(lab::Language::en), " at column ",
               parsed.error().column.value_or(0));
    return;
  }
  CAPTURE(lab::format_tensor(parsed.value()));
  CHECK(parsed.value().shape == expected.shape);
  CHECK(same(parsed.value(), expected));
}

void check_number(const std::string& text, float expected) {
  check_reads(text, {{}, {expected}});
  check_reads("[" + text + "]", {{1}, {expected}});
  check_reads("tensor([[0., " + text + "]])", {{1, 2}, {0, expected}});
  check_reads(text + "\t1\n2,3", {{2, 2}, {expected, 1, 2, 3}});
}

struct ErrorCase {
  std::string text;
  std::string code;
  int line;
  int column;
  std::vector<std::string> args = {};
};

void check_error(const ErrorCase& expected) {
  CAPTURE(expected.text);
  const lab::Result<Tensor> parsed = parse_tensor(expected.text);
  REQUIRE_FALSE(parsed.ok());
  CHECK(parsed.error().code == expected.code);
  CHECK(parsed.error().line.value_or(0) == expected.line);
  CHECK(parsed.error().column.value_or(0) == expected.column);
  CHECK(parsed.error().args == expected.args);
  for (lab::Language language : {lab::Language::en, lab::Language::zh}) {
    const std::string message = parsed.error().message(language);
    CHECK(message != expected.code);
    CHECK(message.find('{') == std::string::npos);
  }
}

std::string repeated(const std::string& piece, size_t count) {
  std::string text;
  text.reserve(piece.size() * count);
  for (size_t i = 0; i < count; ++i) text += piece;
  return text;
}

// The code of the error that the text gives, or "". It must come within seconds: a linear pass
// takes some 0.1 s, also with sanitizers no more than one; a quadratic one takes minutes.
std::string quick_error(const std::string& text) {
  const auto start = std::chrono::steady_clock::now();
  const lab::Result<Tensor> parsed = parse_tensor(text);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  CHECK(took.count() < 5.0);
  return parsed.ok() ? "" : parsed.error().code;
}

}  // namespace

TEST_CASE("PyTorch code and printouts are read") {
  const Tensor mission{{3, 2}, {0.5f, -0.6f, -1, 3, 1.5f, -2}};
  check_reads(
      "tensor([[ 0.5000, -0.6000],\n        [-1.0000,  3.0000],\n        [ 1.5000, -2.0000]])",
      mission);
  check_reads("torch.tensor([[0.5, -0.6], [-1, 3], [1.5, -2]])", mission);
  check_reads(
      "input = torch.tensor([[0.5, -0.6],\n                      [-1, 3],\n [1.5, -2],\n])\n",
      mission);
  check_reads(
      "torch.tensor( [[.5, -.6], [-1., 3.], [15e-1, -2]], dtype = torch.float32, "
      "device='cuda:0', requires_grad=True ) ;",
      mission);
  check_reads("tensor([1., 2.], grad_fn=<AddBackward0>)", {{2}, {1, 2}});
  check_reads("tensor([1., 2.], device=\"a)b,\", names=('x', ['y'],),)", {{2}, {1, 2}});
  check_reads("Parameter containing:\ntensor([[1.]], requires_grad=True)", {{1, 1}, {1}});
  check_reads("nn.Parameter(torch.from_numpy(np.array([1, 2], np.float32)))", {{2}, {1, 2}});
  check_reads("tensor(3.5000)", {{}, {3.5f}});
  check_reads("torch.tensor(float('-inf'))", {{}, {-kInf}});
  check_reads("tensor([])", {{0}, {}});
  check_reads("tensor([[], []])", {{2, 0}, {}});
  check_reads("tensor([], size=(2, 0))", {{2, 0}, {}});
  check_reads("tensor([],\n       size=(0, 3, 1))", {{0, 3, 1}, {}});
  check_reads("torch.FloatTensor([[[1], [2]], [[3], [4]]])", {{2, 2, 1}, {1, 2, 3, 4}});
}

TEST_CASE("NumPy code and printouts are read") {
  check_reads("array([[1, 2],\n       [3, 4]])", {{2, 2}, {1, 2, 3, 4}});
  check_reads("np.array([1.5, -2], dtype=np.float64)", {{2}, {1.5f, -2}});
  check_reads("[[1. 2.]\n [3. 4.]]", {{2, 2}, {1, 2, 3, 4}});
  check_reads("[ 1.5 -2.   nan  inf]", {{4}, {1.5f, -2, kNan, kInf}});
  check_reads("[[[1.e+00 2.e-05]]\n\n [[3.e+00 4.e+10]]]", {{2, 1, 2}, {1, 2e-5f, 3, 4e10f}});
  check_reads("[np.float32(1.5), np.float64(-inf), np.float32(nan)]", {{3}, {1.5f, -kInf, kNan}});
  check_reads("Array([1., 2.], dtype=float32)", {{2}, {1, 2}});
  check_reads("tf.constant([[1, 2]], shape=(1, 2))", {{1, 2}, {1, 2}});
}

TEST_CASE("JSON and nested tuples are read") {
  check_reads("[[1,2],[3,4]]", {{2, 2}, {1, 2, 3, 4}});
  check_reads(" [ 1e2 , -0.5E-1 ] ", {{2}, {100, -0.05f}});
  check_reads("[]", {{0}, {}});
  check_reads("[[[[[[[[7]]]]]]]]", {{1, 1, 1, 1, 1, 1, 1, 1}, {7}});
  check_reads("((1, 2), (3, 4))", {{2, 2}, {1, 2, 3, 4}});
  check_reads("[(1,), (2,),]", {{2, 1}, {1, 2}});
}

TEST_CASE("lines of numbers are read") {
  check_reads("1,2,3\n4,5,6\n", {{2, 3}, {1, 2, 3, 4, 5, 6}});
  check_reads("1;2\r\n3;4\r\n", {{2, 2}, {1, 2, 3, 4}});
  check_reads("1\t2\r3\t4", {{2, 2}, {1, 2, 3, 4}});
  check_reads("  1   -2 \n\n  3 +4\n\n", {{2, 2}, {1, -2, 3, 4}});
  check_reads("1, 2, \n3, 4,", {{2, 2}, {1, 2, 3, 4}});
  check_reads("1 2 3", {{3}, {1, 2, 3}});
  check_reads("1\n2\n3", {{3, 1}, {1, 2, 3}});
  check_reads("3.5", {{}, {3.5f}});
  check_reads("3.5,", {{1}, {3.5f}});
  check_reads("nan inf\n-inf 0", {{2, 2}, {kNan, kInf, -kInf, 0}});
  // What Chinese keyboards and spreadsheets put in: full-width commas and spaces, a byte order
  // mark.
  check_reads(
      "\xEF\xBB\xBF"
      "1，2、3\n4，\xE3\x80\x80"
      "5\xC2\xA0，6",
      {{2, 3}, {1, 2, 3, 4, 5, 6}});
}

TEST_CASE("a first line of column names is skipped") {
  check_reads("x,y\n1,2\n3,4", {{2, 2}, {1, 2, 3, 4}});
  check_reads("\n \"class 1\";weight\n1;2", {{2}, {1, 2}});
  check_reads("feature 1\tfeature 2\n1\t2\n3\t4", {{2, 2}, {1, 2, 3, 4}});
  check_reads("alpha beta\n1 2", {{2}, {1, 2}});
  check_reads("宽，高\n1，2", {{2}, {1, 2}});
  check_error({"x,2\n1,2", "tensor.bad_number", 1, 1, {"x"}});
  check_error({"nan,y\n1,2", "tensor.bad_number", 1, 5, {"y"}});
  check_error({"x,y\n1,z", "tensor.bad_number", 2, 3, {"z"}});
  check_error({"x,y\na,b\n1,2", "tensor.bad_number", 2, 1, {"a"}});
  check_error({"x,y", "tensor.bad_number", 1, 1, {"x"}});
  check_error({"...\n1 2", "tensor.abbreviated", 1, 1});
}

TEST_CASE("numbers are read in every usual spelling") {
  check_number("0", 0.0f);
  check_number("-0", -0.0f);
  check_number("+1.25", 1.25f);
  check_number("5.", 5);
  check_number(".5", 0.5f);
  check_number("1_000_000.5", 1000000.5f);
  check_number("1e3", 1000);
  check_number("1.5E+3", 1500);
  check_number("1e-45", std::numeric_limits<float>::denorm_min());
  check_number(
      "\xE2\x88\x92"
      "2.5e\xE2\x88\x92"
      "1",
      -0.25f);  // U+2212
  for (const char* nan :
       {"nan", "NaN", "-nan", "np.nan", "torch.nan", "math.nan", "float('nan')"}) {
    check_number(nan, kNan);
  }
  for (const char* inf : {"inf", "Inf", "+inf", "Infinity", "np.inf", "torch.inf", "math.inf",
                          "float('inf')", "float(\"inf\")", "float( '+Infinity' )"}) {
    check_number(inf, kInf);
  }
  for (const char* inf : {"-inf", "-Infinity", "-np.inf", "float('-inf')", "-float(\"inf\")"}) {
    check_number(inf, -kInf);
  }
}

TEST_CASE("numbers round by way of double precision as in PyTorch") {
  check_number("0.1", 0.1f);
  check_number("16777217", 16777216);  // 2^24 + 1
  check_number("3.4028235e38", std::numeric_limits<float>::max());
  check_number("3.4028236e38", kInf);
  check_number("-1e39", -kInf);
  check_number("1e999999999999999999999", kInf);
  check_number("1e-999999999999999999999", 0);
  check_number("0e999999999999999999999", 0);
  // As double it is a tie between two floats that goes to the even one; directly it would not.
  check_number("7.038531e-26", std::bit_cast<float>(0x15ae43feu));
  check_number("0." + std::string(60, '0') + "1e61", 1);
}

TEST_CASE("every printed golden tensor is read back as it was printed") {
  std::ifstream file(LAB_GOLDEN_DIR "/tensor_text.json");
  REQUIRE(file.good());
  const nlohmann::json golden = nlohmann::json::parse(file);
  int abbreviated = 0;
  for (const nlohmann::json& entry : golden) {
    const std::string text = entry["text"].get<std::string>();
    CAPTURE(text);
    const lab::Result<Tensor> parsed = parse_tensor(text);
    if (text.find("...") != std::string::npos) {
      ++abbreviated;
      REQUIRE_FALSE(parsed.ok());
      CHECK(parsed.error().code == "tensor.abbreviated");
      continue;
    }
    REQUIRE(parsed.ok());
    CHECK(parsed.value().shape == entry["shape"].get<std::vector<int64_t>>());
    CHECK(lab::format_tensor(parsed.value()) == text);
  }
  CHECK(abbreviated == 1);
}

TEST_CASE("errors say where they are and what was expected") {
  for (const ErrorCase& expected : std::vector<ErrorCase>{
           {"", "tensor.empty", 1, 1},
           {" \n\t\n", "tensor.empty", 3, 1},
           {"[1, 2", "tensor.unclosed", 1, 6, {"]"}},
           {"tensor([1, 2]", "tensor.unclosed", 1, 14, {")"}},
           {"tensor(", "tensor.unclosed", 1, 8, {")"}},
           {"tensor([1], device='cuda)", "tensor.unclosed", 1, 26, {")"}},
           {"x = ", "tensor.number_missing", 1, 5},
           {"[1,, 2]", "tensor.expected_number", 1, 4, {","}},
           {"[, 2]", "tensor.expected_number", 1, 2, {","}},
           {"1,,2", "tensor.expected_number", 1, 3, {","}},
           {"1,2]", "tensor.expected_number", 1, 4, {"]"}},
           {"[1)", "tensor.expected_comma", 1, 3, {"]", ")"}},
           {"[1; 2]", "tensor.expected_comma", 1, 3, {"]", ";"}},
           {"[1[2]]", "tensor.expected_comma", 1, 3, {"]", "["}},
           {"tensor([1] 2)", "tensor.expected_comma", 1, 12, {")", "2"}},
           {"(3.5)", "tensor.not_a_list", 1, 5},
           {"[1, 2]]", "tensor.text_behind", 1, 7, {"]"}},
           {"[1, 2].to('cuda')", "tensor.text_behind", 1, 7, {".to"}},
           {"[1, 2]\n[3, 4]", "tensor.text_behind", 2, 1, {"["}},
           {"[1, two, 3]", "tensor.bad_number", 1, 5, {"two"}},
           {"[null]", "tensor.bad_number", 1, 2, {"null"}},
           {"[1.2.3]", "tensor.bad_number", 1, 2, {"1.2.3"}},
           {"[1e]", "tensor.bad_number", 1, 2, {"1e"}},
           {"[1__0]", "tensor.bad_number", 1, 2, {"1__0"}},
           {"[--1]", "tensor.bad_number", 1, 2, {"--1"}},
           {"[0x1F]", "tensor.bad_number", 1, 2, {"0x1F"}},
           {"[1-2]", "tensor.bad_number", 1, 2, {"1-2"}},
           {"[float('one')]", "tensor.bad_number", 1, 2, {"float"}},
           {"[float('inf\")]", "tensor.bad_number", 1, 2, {"float"}},
           {"torch.zeros(2, 3)", "tensor.unexpected_call", 1, 1, {"torch.zeros"}},
           {"tensor(tensor(tensor(tensor(tensor(1)))))",
            "tensor.unexpected_call",
            1,
            29,
            {"tensor"}},
           {"tensor([1], 2)", "tensor.expected_argument", 1, 13, {"2"}},
           {"tensor([], size=2)", "tensor.bad_size", 1, 17, {"2"}},
           {"tensor([], size=(2, x))", "tensor.bad_size", 1, 21, {"x"}},
           {"tensor([], size=(2, 3))", "tensor.size_not_empty", 1, 17},
           {"[1, 2, ..., 9]", "tensor.abbreviated", 1, 8},
           {"[[1. 2. 3.]\n ...\n [4. 5. 6.]]", "tensor.abbreviated", 2, 2},
           {"1 2 … 3", "tensor.abbreviated", 1, 5},
           {"[[[[[[[[[1]]]]]]]]]", "tensor.too_deep", 1, 9, {"8"}},
           {"1,5;2,5", "tensor.mixed_separators", 1, 4},
           {"1;2\n3，4", "tensor.mixed_separators", 2, 2},
       }) {
    check_error(expected);
  }
}

TEST_CASE("ragged and mixed lists name the row and the lengths") {
  check_error({"[[1, 2],\n [3]]", "tensor.ragged", 2, 2, {"2", "1", "2"}});
  check_error({"[[[1], [2]],\n [[3], [4, 5]]]", "tensor.ragged", 2, 8, {"2, 2", "2", "1"}});
  check_error({"[[[1], [2]], [[3]]]", "tensor.ragged", 1, 14, {"2", "1", "2"}});
  check_error({"[[], [1]]", "tensor.ragged", 1, 6, {"2", "1", "0"}});
  check_error({"1,2\n\n3,4\n5", "tensor.ragged", 4, 1, {"3", "1", "2"}});
  check_error({"[1, [2]]", "tensor.mixed_depth", 1, 5});
  check_error({"[[1], 2]", "tensor.mixed_depth", 1, 7});
  check_error({"[[1], [[2]]]", "tensor.mixed_depth", 1, 8});
  check_error({"[[], 2]", "tensor.mixed_depth", 1, 6});
  CHECK(parse_tensor("[[1, 2], [3]]").error().message(lab::Language::en) ==
        "Row 2 has a length of 1, but the rows before it have 2. Give every row the same length.");
}

TEST_CASE("columns count code points, not bytes") {
  check_error({"[1, 二]", "tensor.bad_number", 1, 5, {"二"}});
  check_error({"名，\xF0\x9F\x98\x80，高，x\n1，x", "tensor.bad_number", 2, 3, {"x"}});
  check_error({"[\xC2\xA0\xF0\x9F\x98\x80]", "tensor.bad_number", 1, 3, {"\xF0\x9F\x98\x80"}});
  check_error({"[1,\r\n\r\n 2 x]", "tensor.bad_number", 3, 4, {"x"}});
}

TEST_CASE("bytes that are not UTF-8 are refused and never repeated") {
  for (const char* bad : {"\xFF", "\xC3", "\xE4\xBA", "\xC0\xAF", "\xED\xA0\x80",
                          "\xF5\x80\x80\x80", "\x80", "\x01"}) {
    const lab::Result<Tensor> parsed = parse_tensor("[1, " + std::string(bad) + "]");
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.error().column == 5);
    REQUIRE(parsed.error().args.size() == 1);
    CHECK(parsed.error().args[0].starts_with("\xEF\xBF\xBD"));  // U+FFFD
    CHECK(parsed.error().args[0].find(bad) == std::string::npos);
  }
  CHECK_FALSE(parse_tensor(std::string("1\0002", 3)).ok());
}

TEST_CASE("a long piece of rubbish is quoted only in part") {
  const lab::Result<Tensor> parsed = parse_tensor("[" + std::string(1000, 'x') + "]");
  REQUIRE_FALSE(parsed.ok());
  CHECK(parsed.error().args == std::vector<std::string>{std::string(24, 'x') + "…"});
  const lab::Result<Tensor> call = parse_tensor(std::string(1000, 'y') + "(1)");
  REQUIRE_FALSE(call.ok());
  CHECK(call.error().args == std::vector<std::string>{std::string(24, 'y') + "…"});
}

TEST_CASE("hostile megabytes are refused at once") {
  constexpr size_t kMega = 1'000'000;
  CHECK(quick_error(std::string(kMega, '[')) == "tensor.too_deep");
  CHECK(quick_error(std::string(kMega, '(')) == "tensor.too_deep");
  CHECK(quick_error(repeated("tensor(", kMega / 7)) == "tensor.unexpected_call");
  CHECK(quick_error(std::string(kMega, ',')) == "tensor.expected_number");
  CHECK(quick_error(std::string(kMega, '-')) == "tensor.bad_number");
  CHECK(quick_error(std::string(kMega, 'x')) == "tensor.bad_number");
  CHECK(quick_error(std::string(kMega, '\n')) == "tensor.empty");
  CHECK(quick_error("[" + repeated("[],", kMega / 3)) == "tensor.unclosed");
  CHECK(quick_error("tensor([1], x=" + std::string(kMega, '(')) == "tensor.unclosed");
  CHECK(quick_error("tensor([], size=(" + repeated("9,", kMega / 2)) == "tensor.bad_size");
  CHECK(quick_error("x,y\n" + repeated("1,2\n", kMega / 4) + "3") == "tensor.ragged");
  CHECK(quick_error(repeated("1 ", (size_t{1} << 20) + 1)) == "tensor.too_many");
  CHECK(quick_error(std::string((size_t{16} << 20) + 1, ' ')) == "tensor.too_long");
  CHECK(quick_error("[" + std::string(kMega, '\xFF')) == "tensor.bad_number");
}

TEST_CASE("long numbers and full-sized tensors are read at once") {
  CHECK(quick_error(std::string(1'000'000, '7')) == "");
  CHECK(quick_error("1e" + std::string(1'000'000, '9')) == "");
  CHECK(quick_error(repeated(std::string(1000, '3') + " ", 1000)) == "");
  CHECK(quick_error(repeated("1 ", size_t{1} << 20)) == "");
}
