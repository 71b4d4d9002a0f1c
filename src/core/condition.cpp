#include "core/condition.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/json/json_value.h"
#include "core/text_cursor.h"

namespace lab {

// Recursive descent: or binds least, then and, then not.
class ConditionParser {
 public:
  explicit ConditionParser(std::string_view text) : text_(text), cursor_(text) {}

  Result<Condition> parse() {
    const size_t root = either(0);
    cursor_.skip_space();
    if (!error_ && !cursor_.at_end()) fail("condition.behind");
    if (error_) return *error_;
    condition_.root_ = root;
    return std::move(condition_);
  }

 private:
  using Kind = Condition::Kind;
  using Relation = Condition::Relation;
  static constexpr int kMaxDepth = 32;

  size_t fail(std::string_view code) {
    if (!error_) error_ = cursor_.error(code, {cursor_.quote_next()});
    return 0;
  }

  size_t add(Condition::Node node) {
    condition_.nodes_.push_back(std::move(node));
    return condition_.nodes_.size() - 1;
  }

  static bool in_name(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
           c == '.' || c == '*';
  }

  // The word that comes next, if it is that one.
  bool accept_word(std::string_view word) {
    cursor_.skip_space();
    if (!cursor_.starts_with(word)) return false;
    const size_t behind = cursor_.offset() + word.size();
    if (behind < text_.size() && in_name(static_cast<unsigned char>(text_[behind]))) return false;
    skip(word.size());
    return true;
  }

  bool accept(std::string_view sign) {
    cursor_.skip_space();
    if (!cursor_.starts_with(sign)) return false;
    skip(sign.size());
    return true;
  }

  void skip(size_t bytes) {
    const size_t end = cursor_.offset() + bytes;
    while (cursor_.offset() < end) cursor_.advance();
  }

  size_t either(int depth) {
    size_t left = both(depth);
    while (!error_ && accept_word("or")) {
      const size_t right = both(depth);
      left = add({.kind = Kind::either, .left = {}, .right = {}, .first = left, .second = right});
    }
    return left;
  }

  size_t both(int depth) {
    size_t left = one(depth);
    while (!error_ && accept_word("and")) {
      const size_t right = one(depth);
      left = add({.kind = Kind::both, .left = {}, .right = {}, .first = left, .second = right});
    }
    return left;
  }

  size_t one(int depth) {
    if (error_) return 0;
    if (depth > kMaxDepth) return fail("condition.deep");
    if (accept_word("not")) {
      const size_t inner = one(depth + 1);
      return add({.kind = Kind::negation, .left = {}, .right = {}, .first = inner});
    }
    if (accept("(")) {
      const size_t inner = either(depth + 1);
      if (!error_ && !accept(")")) return fail("condition.closing");
      return inner;
    }
    return comparison();
  }

  size_t comparison() {
    Condition::Node node;
    node.left = operand();
    if (error_) return 0;
    const auto relation = read_relation();
    if (relation) {
      node.kind = Kind::compare;
      node.relation = *relation;
      node.right = operand();
    } else if (node.left.name.empty()) {
      return fail("condition.relation");
    }
    return add(std::move(node));
  }

  std::optional<Relation> read_relation() {
    constexpr std::pair<std::string_view, Relation> signs[] = {
        {"<=", Relation::at_most}, {">=", Relation::at_least}, {"==", Relation::equal},
        {"!=", Relation::unequal}, {"<", Relation::less},      {">", Relation::more}};
    for (const auto& [sign, relation] : signs) {
      if (accept(sign)) return relation;
    }
    return {};
  }

  Condition::Operand operand() {
    cursor_.skip_space();
    if (accept("'")) return quoted();
    const std::string_view rest = text_.substr(cursor_.offset());
    if (const size_t length = json_number_length(rest); length > 0) {
      const std::optional<double> number = json_number(rest.substr(0, length));
      skip(length);
      return {.name = {}, .value = number.value_or(0)};
    }
    const size_t start = cursor_.offset();
    while (in_name(cursor_.peek())) cursor_.advance();
    const std::string_view name = cursor_.text_since(start);
    if (name == "true" || name == "false") return {.name = {}, .value = name == "true"};
    if (name.empty()) fail("condition.operand");
    return {.name = std::string(name), .value = false};
  }

  Condition::Operand quoted() {
    const size_t start = cursor_.offset();
    while (!cursor_.at_end() && cursor_.peek() != '\'') cursor_.advance();
    const std::string_view inside = cursor_.text_since(start);
    if (!cursor_.accept('\'')) fail("condition.quote");
    return {.name = {}, .value = std::string(inside)};
  }

  std::string_view text_;
  TextCursor cursor_;
  Condition condition_;
  std::optional<Error> error_;
};

Result<Condition> Condition::parse(std::string_view text) {
  return ConditionParser(text).parse();
}

std::vector<std::string> Condition::names() const {
  std::vector<std::string> found;
  for (const Node& node : nodes_) {
    for (const Operand* operand : {&node.left, &node.right}) {
      const bool known = std::ranges::find(found, operand->name) != found.end();
      if (!operand->name.empty() && !known) found.push_back(operand->name);
    }
  }
  return found;
}

std::vector<ConditionValue> Condition::values(const Operand& operand, const Lookup& lookup) {
  if (operand.name.empty()) return {operand.value};
  return lookup(operand.name);
}

bool Condition::related(const ConditionValue& left, Relation relation,
                        const ConditionValue& right) {
  if (left.index() != right.index()) return relation == Relation::unequal;
  switch (relation) {
    case Relation::less:
      return left < right;
    case Relation::at_most:
      return left <= right;
    case Relation::more:
      return left > right;
    case Relation::at_least:
      return left >= right;
    case Relation::equal:
      return left == right;
    case Relation::unequal:
      return left != right;
  }
  return false;
}

bool Condition::holds(size_t index, const Lookup& lookup) const {
  const Node& node = nodes_[index];
  switch (node.kind) {
    case Kind::negation:
      return !holds(node.first, lookup);
    case Kind::both:
      return holds(node.first, lookup) && holds(node.second, lookup);
    case Kind::either:
      return holds(node.first, lookup) || holds(node.second, lookup);
    case Kind::is_true:
      return std::ranges::any_of(values(node.left, lookup), [](const ConditionValue& value) {
        return value == ConditionValue(true);
      });
    case Kind::compare:
      break;
  }
  const std::vector<ConditionValue> right = values(node.right, lookup);
  return std::ranges::any_of(values(node.left, lookup), [&](const ConditionValue& l) {
    return std::ranges::any_of(
        right, [&](const ConditionValue& r) { return related(l, node.relation, r); });
  });
}

}  // namespace lab
