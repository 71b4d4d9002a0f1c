#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace lab {

// Collects the items of a Python list in lines of limited width.
class ItemLines {
 public:
  explicit ItemLines(size_t indent) : indent_(indent, ' ') {}

  // `starts_line`: whether the item begins a line in any case.
  void add(std::string_view item, bool starts_line = false);
  // The lines, with a comma behind every item.
  std::string text() const { return text_; }

 private:
  static constexpr size_t kWidth = 88;
  std::string indent_, text_;
};

// A call such as nn.Linear(2, 4, bias=False), argument by argument.
class PythonCall {
 public:
  explicit PythonCall(std::string_view function) : text_(std::string(function) + "(") {}

  PythonCall& argument(std::string_view value);
  PythonCall& argument(std::string_view name, std::string_view value);
  // Only if it is not the function's default.
  PythonCall& argument(std::string_view name, double value, double fallback);
  std::string text() const { return text_ + ")"; }

 private:
  std::string text_;
};

}  // namespace lab
