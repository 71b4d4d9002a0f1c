#include "core/experiment/field_help.h"

#include "core/experiment/fields.h"
#include "core/text_number.h"

namespace lab {
namespace {

// What a field may hold, in a word or two.
std::string range_of(const Field& field) {
  switch (field.type) {
    case FieldType::flag:
      return "0, 1";
    case FieldType::integer:
    case FieldType::number:
    case FieldType::optional_number:
      return compact_text(field.min) + " … " + compact_text(field.max);
    case FieldType::choice:
    case FieldType::choices: {
      std::string list;
      for (const std::string_view id : choices(field)) {
        list += (list.empty() ? "" : ", ") + std::string(id);
      }
      return list;
    }
    case FieldType::activation:
      return "an activation or formula:…";
    case FieldType::layers:
      return "such as 4tanh-2elu:alpha:0.5, or none";
    case FieldType::frozen:
      return "such as 0.1.2-0.1.b";
    default:
      return "as in a share link";
  }
}

}  // namespace

std::string padded(std::string_view text, size_t width) {
  return std::string(text) + std::string(text.size() < width ? width - text.size() : 1, ' ');
}

std::string field_help() {
  const Experiment defaults;
  std::string text =
      "Fields of an experiment, their keys in links, defaults and what they may "
      "be:\n\n";
  for (const Field& field : fields()) {
    text += "  " + padded(field.path, 34) + padded(field.share, 12);
    const std::string standard = field_text(field, defaults);
    text += padded(standard.empty() ? "-" : standard, 18) + range_of(field) + '\n';
    text += "      " + std::string(field.help.en) + '\n';
  }
  return text;
}

}  // namespace lab
