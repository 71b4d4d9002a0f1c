#include "core/experiment/fields.h"

namespace lab {

const Field* find_field(std::string_view path) {
  for (const Field& field : fields()) {
    if (field.path == path) return &field;
  }
  return nullptr;
}

const Field* find_share_field(std::string_view share) {
  for (const Field& field : fields()) {
    if (field.share == share) return &field;
  }
  return nullptr;
}

std::vector<std::string_view> choices(const Field& field) {
  std::vector<std::string_view> ids;
  for (size_t i = 0; !field.id(i).empty(); ++i) ids.push_back(field.id(i));
  return ids;
}

FieldSlot slot_of(const Field& field, const Experiment& experiment) {
  // One accessor serves reading and writing; it only forms an address.
  return field.slot(const_cast<Experiment&>(experiment));
}

void copy_field(const Field& field, const Experiment& from, Experiment& to) {
  const FieldSlot source = slot_of(field, from);
  std::visit([&](auto* target) { *target = *std::get<decltype(target)>(source); }, field.slot(to));
}

void clear_field(const Field& field, Experiment& experiment) {
  std::visit([](auto* target) { *target = {}; }, field.slot(experiment));
}

}  // namespace lab
