#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/error.h"

namespace lab {

// What a condition compares. JSON's null and containers are no value.
using ConditionValue = std::variant<bool, double, std::string>;

// A small expression over named values, such as a task of a lesson states when it is done:
//   testLoss < 0.05 and units <= 3
//   functions.*.activation == 'tanh' or not playing
// Names are looked up by whoever holds the condition. A name may stand for several values
// ("runs.*.epoch"); a comparison holds if it holds for some of them, and fails where there is none.
// Text compares with text, numbers with numbers; a name by itself asks whether it is true.
class Condition {
 public:
  // Everything the name stands for now; none where there is no such thing.
  using Lookup = std::function<std::vector<ConditionValue>(std::string_view name)>;

  static Result<Condition> parse(std::string_view text);

  bool holds(const Lookup& lookup) const { return holds(root_, lookup); }
  // In the order of the text, each once.
  std::vector<std::string> names() const;

 private:
  friend class ConditionParser;

  enum class Kind : uint8_t { is_true, compare, negation, both, either };
  enum class Relation : uint8_t { less, at_most, more, at_least, equal, unequal };
  struct Operand {
    std::string name;      // empty: the value itself
    ConditionValue value;  //
  };
  struct Node {
    Kind kind = Kind::is_true;
    Relation relation = Relation::equal;
    Operand left, right;           // of is_true and compare
    size_t first = 0, second = 0;  // nodes of the others
  };

  static std::vector<ConditionValue> values(const Operand& operand, const Lookup& lookup);
  static bool related(const ConditionValue& left, Relation relation, const ConditionValue& right);
  bool holds(size_t node, const Lookup& lookup) const;

  std::vector<Node> nodes_;
  size_t root_ = 0;
};

}  // namespace lab
