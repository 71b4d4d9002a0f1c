#include "app/ui/complaint.h"

#include <span>
#include <utility>

#include "core/experiment/fields.h"

namespace lab {

struct Complaint::What {
  std::optional<Error> error = {};
  Str text = {};  // where there is no error
  std::vector<std::string> args = {};
  Complaint inner = {};
  bool by_name = false;  // of the error's field
  std::string place = {};
};

namespace {

std::string words_of(Error error, bool by_name, Language language) {
  const Field* field = by_name && !error.args.empty() ? find_field(error.args[0]) : nullptr;
  if (field != nullptr) {
    error.args[0] = field->name.in(language);
    error.field.reset();
  }
  std::string message = error.message(language);
  if (error.field && message.find(*error.field) == std::string::npos) {
    message = tr(language, Str::error_in, {*error.field, message});
  }
  if (!error.column) return message;
  const std::string column = std::to_string(*error.column);
  if (!error.line) return tr(language, Str::formula_error_at, {column, message});
  return tr(language, Str::error_at, {std::to_string(*error.line), column, message});
}

}  // namespace

Complaint::Complaint(What what) : what_(std::make_shared<const What>(std::move(what))) {}

Complaint::Complaint(Str text, std::vector<std::string> args, Complaint inner)
    : Complaint(What{.text = text, .args = std::move(args), .inner = std::move(inner)}) {}

Complaint::Complaint(Error error) : Complaint(What{.error = std::move(error)}) {}

Complaint::Complaint(std::optional<Error> error) {
  if (error) *this = Complaint(std::move(*error));
}

Complaint Complaint::beside(std::string_view id, Error error) {
  return Complaint(What{.error = std::move(error), .by_name = true, .place = std::string(id)});
}

Complaint Complaint::beside(std::string_view id, Str text, std::vector<std::string> args) {
  return Complaint(What{.text = text, .args = std::move(args), .place = std::string(id)});
}

std::string Complaint::in(Language language) const {
  if (!what_) return {};
  if (what_->error) return words_of(*what_->error, what_->by_name, language);
  std::vector<std::string_view> args(what_->args.begin(), what_->args.end());
  const std::string inner = what_->inner.in(language);
  args.push_back(inner);
  return tr(language, what_->text, std::span<const std::string_view>(args));
}

std::string_view Complaint::place() const {
  return what_ ? std::string_view(what_->place) : std::string_view();
}

}  // namespace lab
