#include "core/json/json_value.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/json_writer.h"

namespace {

using lab::JsonDocument;
using lab::JsonValue;
using lab::Result;
using Kind = JsonValue::Kind;

uint64_t bits(double number) {
  uint64_t result;
  std::memcpy(&result, &number, sizeof result);
  return result;
}

struct Random {
  uint64_t state;
  uint64_t next() {
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
  }
};

// The value as nlohmann's reader would have it.
nlohmann::json rebuilt(const JsonValue& value) {
  switch (value.kind()) {
    case Kind::null:
      return nullptr;
    case Kind::boolean:
      return value.boolean();
    case Kind::number:
      return value.number();
    case Kind::string:
      return std::string(value.string());
    case Kind::array: {
      nlohmann::json list = nlohmann::json::array();
      for (JsonValue v = value.first(); v.exists(); v = v.next()) list.push_back(rebuilt(v));
      CHECK(list.size() == value.size());
      return list;
    }
    case Kind::object:
      break;
  }
  nlohmann::json object = nlohmann::json::object();
  for (JsonValue v = value.first(); v.exists(); v = v.next()) {
    object[std::string(v.name())] = rebuilt(v);
  }
  return object;
}

struct Refusal {
  std::string text;
  const char* code;
  int line, column;
};

}  // namespace

TEST_CASE("a JSON text is read as another reader reads it") {
  for (const char* text :
       {"0", "-0.5e-3", "true", "false", "null", "\"\"", "[]", "{}", " [ 1 , [ 2 , [ ] ] , { } ] ",
        R"({"a":{"b":[1,2.5,"x"],"c":null},"d":[true,false]})",
        R"(["\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀"])", "\t\r\n[\"中文\"]\n"}) {
    CAPTURE(text);
    const Result<JsonDocument> document = JsonDocument::parse(text);
    REQUIRE(document.ok());
    CHECK(rebuilt(document.value().root()) == nlohmann::json::parse(text));
  }
}

TEST_CASE("members are found by name and values know where they stand") {
  const Result<JsonDocument> document = JsonDocument::parse("\xEF\xBB\xBF{\"é\":1,\n  \"b\": [7]}");
  REQUIRE(document.ok());
  const JsonValue root = document.value().root();
  REQUIRE(root.find("b").is(Kind::array));
  CHECK(root.find("b").first().number() == 7);
  CHECK(root.find("b").position().line == 2);
  CHECK(root.find("b").position().column == 8);
  CHECK_FALSE(root.find("c").exists());
  CHECK_FALSE(root.find("b").find("x").exists());
  CHECK(root.first().name() == "é");
}

TEST_CASE("every double comes back from its shortest decimal bit for bit") {
  Random random{42};
  for (int i = 0; i < 20'000; ++i) {
    double number;
    const uint64_t raw = random.next();
    std::memcpy(&number, &raw, sizeof number);
    if (!std::isfinite(number)) continue;
    const std::string text = lab::JsonWriter().value(number).text();
    const auto read = lab::json_number(text);
    REQUIRE(read.has_value());
    CHECK(bits(*read) == bits(number));
  }
  CHECK(bits(*lab::json_number("-0")) == bits(-0.0));
  CHECK(*lab::json_number("0.1000000000000000055511151231257827") == 0.1);
  CHECK(*lab::json_number("1e-9999999999999999999999") == 0);
}

TEST_CASE("numbers are those of RFC 8259 only") {
  for (const char* text : {"", "-", "01", "-01", "+1", ".5", "1.", "1.e3", "1e", "1e+", "0x1",
                           "1_0", "NaN", "Infinity", "-Infinity", "1 ", "1f"}) {
    CAPTURE(text);
    CHECK_FALSE(lab::json_number(text).has_value());
    CHECK_FALSE(JsonDocument::parse(std::string("[") + text + "x]").ok());
    if (*text != '\0' && std::string(text) != "1 ") {
      CHECK_FALSE(JsonDocument::parse(std::string("[") + text + "]").ok());
    }
  }
}

TEST_CASE("what is wrong with a text is said with its place") {
  const std::vector<Refusal> refusals = {
      {"", "json.empty", 1, 1},
      {" \n ", "json.empty", 2, 2},
      {"[1,\n 2", "json.unfinished", 2, 3},
      {"\"abc", "json.unfinished", 1, 5},
      {"[1] 2", "json.text_behind", 1, 5},
      {"[1 2]", "json.expected_comma", 1, 4},
      {"[1,]", "json.expected_value", 1, 4},
      {"[truth]", "json.expected_value", 1, 2},
      {"[nulls]", "json.expected_value", 1, 2},
      {"{\"a\":1,}", "json.expected_name", 1, 8},
      {"{a:1}", "json.expected_name", 1, 2},
      {"{\"a\" 1}", "json.expected_colon", 1, 6},
      {"{\"é\":1,\"é\":2}", "json.duplicate", 1, 8},
      {"{\"a\":1,\"\\u0061\":2}", "json.duplicate", 1, 8},
      {"[01]", "json.bad_number", 1, 2},
      {"[-]", "json.bad_number", 1, 2},
      {"[1e999]", "json.number_range", 1, 2},
      {"[-1e999]", "json.number_range", 1, 2},
      {"\"a\nb\"", "json.control_character", 1, 3},
      {"\"a\\x\"", "json.bad_escape", 1, 3},
      {"\"\\ud800\"", "json.bad_escape", 1, 2},
      {"\"\\udc00\"", "json.bad_escape", 1, 2},
      {"\"\\ud800\\u0041\"", "json.bad_escape", 1, 2},
      {"\"\\u00g0\"", "json.bad_escape", 1, 2},
      {"\"\xC3\"", "json.bad_utf8", 1, 2},
      {"\"\xED\xA0\x80\"", "json.bad_utf8", 1, 2},
      {"\xFF", "json.expected_value", 1, 1},
      {std::string(JsonDocument::kMaxDepth + 1, '['), "json.too_deep", 1,
       JsonDocument::kMaxDepth + 1},
  };
  for (const Refusal& refusal : refusals) {
    CAPTURE(refusal.text);
    const Result<JsonDocument> document = JsonDocument::parse(refusal.text);
    REQUIRE_FALSE(document.ok());
    CHECK(document.error().code == refusal.code);
    CHECK(document.error().line.value_or(0) == refusal.line);
    CHECK(document.error().column.value_or(0) == refusal.column);
  }
}

TEST_CASE("a replacement character that is really there is no error") {
  const Result<JsonDocument> document = JsonDocument::parse("\"\xEF\xBF\xBD\"");
  REQUIRE(document.ok());
  CHECK(document.value().root().string() == "\xEF\xBF\xBD");
}

TEST_CASE("huge and hostile texts are refused, or read within the limits") {
  CHECK_FALSE(JsonDocument::parse(std::string(5'000'000, '[')).ok());
  CHECK_FALSE(JsonDocument::parse(std::string(5'000'000, '"')).ok());
  CHECK_FALSE(JsonDocument::parse(std::string(5'000'000, '\0')).ok());
  CHECK(*lab::json_number("0." + std::string(1'000'000, '0') + "1e1000001") == 1);

  std::string deep(JsonDocument::kMaxDepth, '[');
  deep.append(JsonDocument::kMaxDepth, ']');
  CHECK(JsonDocument::parse(deep).ok());

  std::string list = "[0";
  for (size_t i = 2; i < JsonDocument::kMaxValues; ++i) list += ",0";
  CHECK(JsonDocument::parse(list + "]").ok());
  const Result<JsonDocument> more = JsonDocument::parse(list + ",0]");
  REQUIRE_FALSE(more.ok());
  CHECK(more.error().code == "json.too_many");

  std::string object = "{";
  for (size_t i = 0; i <= JsonDocument::kMaxMembers; ++i) {
    object += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":0";
  }
  const Result<JsonDocument> members = JsonDocument::parse(object + "}");
  REQUIRE_FALSE(members.ok());
  CHECK(members.error().code == "json.too_many");
}

TEST_CASE("no beginning of a text is taken for all of it, and no changed byte does harm") {
  const std::string text =
      R"({"a":[1,-2.5e3,true,null,"x\u00e9é\n"],"b":{"c":[[],{}],"d":"\ud83d\ude00"}})";
  for (size_t size = 0; size < text.size(); ++size) {
    CHECK_FALSE(JsonDocument::parse(std::string_view(text).substr(0, size)).ok());
  }
  Random random{7};
  for (int i = 0; i < 20'000; ++i) {
    std::string changed = text;
    changed[random.next() % text.size()] = static_cast<char>(random.next());
    const Result<JsonDocument> document = JsonDocument::parse(changed);
    const nlohmann::json judged = nlohmann::json::parse(changed, nullptr, false);
    CAPTURE(changed);
    // The one difference: repeated names are refused here.
    const bool repeated = !document.ok() && document.error().code == "json.duplicate";
    CHECK((document.ok() || repeated) == !judged.is_discarded());
    if (document.ok()) CHECK(rebuilt(document.value().root()) == judged);
  }
}
