#include "core/export/python_text.h"

#include "core/joined.h"
#include "core/pytorch_modules.h"

namespace lab {

void ItemLines::add(std::string_view item, bool starts_line) {
  const size_t column = text_.size() - (text_.rfind('\n') + 1);  // npos + 1 is 0
  const bool fits = !text_.empty() && column + 2 + item.size() < kWidth;
  if (text_.empty()) {
    text_ = indent_;
  } else if (fits && !starts_line) {
    text_ += ' ';
  } else {
    text_ += "\n" + indent_;
  }
  text_ += item;
  text_ += ',';
}

PythonCall& PythonCall::argument(std::string_view value) {
  if (text_.back() != '(') text_ += ", ";
  text_ += value;
  return *this;
}

PythonCall& PythonCall::argument(std::string_view name, std::string_view value) {
  return argument(joined({name, "=", value}));
}

PythonCall& PythonCall::argument(std::string_view name, double value, double fallback) {
  return value == fallback ? *this : argument(name, python_number(value));
}

}  // namespace lab
