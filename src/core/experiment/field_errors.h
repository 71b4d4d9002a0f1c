#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/experiment/fields.h"
#include "core/text_cursor.h"

// What the readers, writers and rules of fields share.

namespace lab {

// What went wrong, if anything. It has the size of a pointer, since it passes through many hands
// and an std::optional<Error> would be moved and destroyed in each of them.
class [[nodiscard]] Failure {
 public:
  Failure() = default;
  Failure(std::nullopt_t) {}              // NOLINT: implicit by intent
  Failure(Error error);                   // NOLINT: implicit by intent
  Failure(std::optional<Error> error);    // NOLINT: implicit by intent
  operator std::optional<Error>() const;  // NOLINT: implicit by intent

  explicit operator bool() const { return error_ != nullptr; }
  Error& operator*() const { return *error_; }
  Error* operator->() const { return error_.get(); }

 private:
  struct Delete {
    void operator()(Error* error) const;
  };
  std::unique_ptr<Error, Delete> error_;
};

// The error of a field, or of an entry of one ("network.hidden[1].units"), whose path is the first
// argument of its text. Views, since it is called from so many places that vectors would weigh.
Failure field_error(std::string_view code, std::string_view path,
                    std::initializer_list<std::string_view> args = {});

std::string entry_path(std::string_view list, size_t index);

// The shortest decimal that reads back as the same number, without the + that a URL may lose.
std::string number_text(double number);

// The value of an integer field.
double integer_of(const FieldSlot& slot);
// The number must be within the field's range.
void set_integer(const FieldSlot& slot, double whole);

Failure check_number(std::string_view path, double value, double min, double max, bool whole);

}  // namespace lab
