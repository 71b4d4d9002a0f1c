#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/experiment/fields.h"
#include "core/text_cursor.h"

// What the readers, writers and rules of fields share.

namespace lab {

// The error of a field, or of an entry of one ("network.hidden[1].units"), whose path is the first
// argument of its text. Views, since it is called from so many places that vectors would weigh.
Error field_error(std::string_view code, std::string_view path,
                  std::initializer_list<std::string_view> args = {});

std::string entry_path(std::string_view list, size_t index);

// The shortest decimal that reads back as the same number, without the + that a URL may lose.
std::string number_text(double number);

// The value of an integer field.
double integer_of(const FieldSlot& slot);
// The number must be within the field's range.
void set_integer(const FieldSlot& slot, double whole);

std::optional<Error> check_number(std::string_view path, double value, double min, double max,
                                  bool whole);

}  // namespace lab
