#include "core/experiment/field_errors.h"

#include <cmath>
#include <utility>

#include "core/json_writer.h"

namespace lab {

Failure::Failure(Error error) : error_(new Error(std::move(error))) {}

Failure::Failure(std::optional<Error> error) {
  if (error) error_.reset(new Error(*error));
}

Failure::operator std::optional<Error>() const {
  return error_ ? std::optional<Error>(*error_) : std::nullopt;
}

void Failure::Delete::operator()(Error* error) const {
  delete error;
}

Failure field_error(std::string_view code, std::string_view path,
                    std::initializer_list<std::string_view> args) {
  Error error{std::string(code), {}, std::string(path)};
  error.args.emplace_back(path);
  for (std::string_view arg : args) error.args.emplace_back(arg);
  return error;
}

std::string entry_path(std::string_view list, size_t index) {
  std::string path(list);
  path += '[';
  path += std::to_string(index);
  path += ']';
  return path;
}

std::string number_text(double number) {
  std::string text = JsonWriter().value(number).text();
  if (const size_t plus = text.find('+'); plus != text.npos) text.erase(plus, 1);
  return text;
}

double integer_of(const FieldSlot& slot) {
  if (const auto* number = std::get_if<int*>(&slot)) return **number;
  return *std::get<uint32_t*>(slot);
}

void set_integer(const FieldSlot& slot, double whole) {
  if (const auto* number = std::get_if<int*>(&slot)) {
    **number = static_cast<int>(whole);
  } else {
    *std::get<uint32_t*>(slot) = static_cast<uint32_t>(whole);
  }
}

Failure check_number(std::string_view path, double value, double min, double max, bool whole) {
  if (value >= min && value <= max && (!whole || value == std::floor(value))) return std::nullopt;
  return field_error(whole ? "experiment.whole_range" : "experiment.range", path,
                     {number_text(min), number_text(max)});
}

}  // namespace lab
