#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/experiment/fields.h"
#include "core/json_writer.h"
#include "core/text_cursor.h"

namespace lab {

// The error of a field, or of an entry of one ("network.hidden[1].units"), whose path is the first
// argument of its text.
inline Error field_error(std::string_view code, std::string path,
                         std::vector<std::string> args = {}) {
  args.insert(args.begin(), path);
  return {std::string(code), std::move(args), std::move(path)};
}

inline std::string entry_path(std::string_view list, size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

// The shortest decimal that reads back as the same number, without the + that a URL may lose.
inline std::string number_text(double number) {
  std::string text = JsonWriter().value(number).text();
  if (const size_t plus = text.find('+'); plus != text.npos) text.erase(plus, 1);
  return text;
}

// The value of an integer field.
inline double integer_of(const FieldSlot& slot) {
  if (const auto* number = std::get_if<int*>(&slot)) return **number;
  return *std::get<uint32_t*>(slot);
}
// The number must be within the field's range.
inline void set_integer(const FieldSlot& slot, double whole) {
  if (const auto* number = std::get_if<int*>(&slot)) {
    **number = static_cast<int>(whole);
  } else {
    *std::get<uint32_t*>(slot) = static_cast<uint32_t>(whole);
  }
}

std::optional<Error> check_number(const std::string& path, double value, double min, double max,
                                  bool whole);
// Whether there is such an activation function, or the formula can be read.
std::optional<Error> check_activation(const std::string& path, std::string_view id);

}  // namespace lab
