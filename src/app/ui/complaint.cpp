#include "app/ui/complaint.h"

#include "core/experiment/fields.h"
#include "core/fill_placeholders.h"

namespace lab {
namespace {

std::string words_of(const Error& error, Language language) {
  std::string message = error.message(language);
  if (error.field && message.find(*error.field) == std::string::npos) {
    message = *error.field + (language == Language::zh ? "：" : ": ") + message;
  }
  if (!error.line || !error.column) return message;
  return tr(language, Str::error_at,
            {std::to_string(*error.line), std::to_string(*error.column), message});
}

}  // namespace

Complaint::Complaint(Str text, std::vector<std::string> args)
    : words_([text, args = std::move(args)](Language language) {
        const std::vector<std::string_view> views(args.begin(), args.end());
        return tr(language, text, std::span(views));
      }) {}

Complaint::Complaint(Error error)
    : words_([error = std::move(error)](Language language) { return words_of(error, language); }) {}

Complaint::Complaint(std::optional<Error> error) {
  if (error) *this = Complaint(std::move(*error));
}

Complaint Complaint::beside(std::string id, const Error& error) {
  return beside(std::move(id), Complaint([error](Language language) {
                  Error named = error;
                  const Field* field = named.args.empty() ? nullptr : find_field(named.args[0]);
                  if (field != nullptr) {
                    named.args[0] = field->name.in(language);
                    named.field.reset();
                  }
                  return words_of(named, language);
                }));
}

Complaint Complaint::beside(std::string id, Complaint complaint) {
  complaint.place_ = std::move(id);
  return complaint;
}

}  // namespace lab
