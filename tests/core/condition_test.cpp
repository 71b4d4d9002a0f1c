#include "core/condition.h"

#include <doctest/doctest.h>

#include <map>

using namespace lab;

namespace {

using Values = std::map<std::string, std::vector<ConditionValue>, std::less<>>;

bool holds(std::string_view text, const Values& values = {}) {
  const Result<Condition> condition = Condition::parse(text);
  REQUIRE(condition.ok());
  return condition.value().holds([&](std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? std::vector<ConditionValue>() : found->second;
  });
}

}  // namespace

TEST_CASE("numbers, texts and truths are compared") {
  CHECK(holds("1 < 2"));
  CHECK_FALSE(holds("2 < 2"));
  CHECK(holds("2 <= 2"));
  CHECK(holds("-1.5e-3 > -1"));
  CHECK(holds("3 >= 3"));
  CHECK(holds("'relu' == 'relu'"));
  CHECK(holds("'relu' != 'tanh'"));
  CHECK(holds("'8tanh-4relu' == '8tanh-4relu'"));
  CHECK(holds("true == true"));
  CHECK_FALSE(holds("1 == '1'"));
}

TEST_CASE("names are looked up; one that stands for nothing fails every comparison") {
  const Values values = {{"testLoss", {0.04}}, {"units", {3.0}}, {"playing", {true}}};
  CHECK(holds("testLoss < 0.05 and units <= 3", values));
  CHECK_FALSE(holds("testLoss < 0.05 and units <= 2", values));
  CHECK(holds("units <= 2 or testLoss < 0.05", values));
  CHECK(holds("playing", values));
  CHECK_FALSE(holds("not playing", values));
  CHECK_FALSE(holds("nothing == 1", values));
  CHECK_FALSE(holds("nothing != 1", values));
  CHECK_FALSE(holds("nothing", values));
  CHECK(holds("not nothing", values));
  CHECK_FALSE(holds("units", values));
}

TEST_CASE("a name that stands for several values asks for some of them") {
  const Values values = {{"runs.*.value", {std::string("relu"), std::string("tanh")}}};
  CHECK(holds("runs.*.value == 'tanh'", values));
  CHECK(holds("runs.*.value != 'tanh'", values));
  CHECK_FALSE(holds("runs.*.value == 'gelu'", values));
  CHECK_FALSE(holds("not runs.*.value == 'relu'", values));
}

TEST_CASE("and binds before or, parentheses before both") {
  CHECK(holds("1 < 2 or 1 > 2 and 1 > 2"));
  CHECK_FALSE(holds("(1 < 2 or 1 > 2) and 1 > 2"));
  CHECK_FALSE(holds("not (1 < 2)"));
  CHECK(holds("not 1 > 2 and 1 < 2"));
}

TEST_CASE("the names of a condition are told once each") {
  const Result<Condition> condition = Condition::parse("a.0.b < 1 and (c or a.0.b > notable)");
  REQUIRE(condition.ok());
  CHECK(condition.value().names() == std::vector<std::string>{"a.0.b", "c", "notable"});
}

TEST_CASE("what is no condition is refused with its place") {
  const auto error = [](std::string_view text) {
    const Result<Condition> condition = Condition::parse(text);
    REQUIRE_FALSE(condition.ok());
    return std::pair(condition.error().code, condition.error().column.value_or(0));
  };
  CHECK(error("") == std::pair<std::string, int>("condition.operand", 1));
  CHECK(error("testLoss <") == std::pair<std::string, int>("condition.operand", 11));
  CHECK(error("testLoss < 1 units") == std::pair<std::string, int>("condition.behind", 14));
  CHECK(error("(a < 1") == std::pair<std::string, int>("condition.closing", 7));
  CHECK(error("a == 'relu") == std::pair<std::string, int>("condition.quote", 11));
  CHECK(error("3") == std::pair<std::string, int>("condition.relation", 2));
  CHECK(error("a = 3") == std::pair<std::string, int>("condition.behind", 3));
  CHECK(error(std::string(100, '(') + "a").first == "condition.deep");
}
