#include <utility>

#include "core/experiment/field_errors.h"
#include "core/experiment/fields.h"

namespace lab {
namespace {

using Kind = JsonValue::Kind;

// An error with the place of the value at fault, unless it has one already.
Failure placed(Failure error, JsonValue value) {
  if (error && !error->line) {
    error->line = value.position().line;
    error->column = value.position().column;
  }
  return error;
}

// Whether a value has the asked kind.
Failure expect(JsonValue value, Kind kind, const std::string& path) {
  if (value.kind() == kind) return std::nullopt;
  switch (kind) {
    case Kind::boolean:
      return field_error("experiment.not_flag", path);
    case Kind::number:
      return field_error("experiment.not_number", path);
    case Kind::string:
      return field_error("experiment.not_text", path);
    case Kind::array:
      return field_error("experiment.not_list", path);
    default:
      return field_error("experiment.not_object", path);
  }
}

Failure read_number(JsonValue value, const std::string& path, double& number) {
  if (auto error = expect(value, Kind::number, path)) return error;
  number = value.number();
  return std::nullopt;
}

Failure read_whole(JsonValue value, const std::string& path, double min, double max,
                   double& number) {
  if (auto error = read_number(value, path, number)) return error;
  return check_number(path, number, min, max, true);
}

Failure read_text(JsonValue value, const std::string& path, std::string& text) {
  if (auto error = expect(value, Kind::string, path)) return error;
  text = value.string();
  return std::nullopt;
}

Failure read_flag(JsonValue value, const std::string& path, bool& flag) {
  if (auto error = expect(value, Kind::boolean, path)) return error;
  flag = value.boolean();
  return std::nullopt;
}

// Every entry of a list through `read(entry, path, item)`.
template <class Item, class Read>
Failure read_list(JsonValue value, const std::string& path, std::vector<Item>& list, Read read) {
  if (auto error = expect(value, Kind::array, path)) return error;
  list.resize(value.size());
  size_t i = 0;
  for (JsonValue entry = value.first(); entry.exists(); entry = entry.next(), ++i) {
    if (auto error = read(entry, entry_path(path, i), list[i]))
      return placed(std::move(error), entry);
  }
  return std::nullopt;
}

// Lists of weights are long: a path is only made for the number at fault.
Failure read_numbers(JsonValue value, const std::string& path, std::vector<double>& numbers) {
  if (auto error = expect(value, Kind::array, path)) return error;
  numbers.clear();
  numbers.reserve(value.size());
  for (JsonValue entry = value.first(); entry.exists(); entry = entry.next()) {
    if (!entry.is(Kind::number)) {
      return placed(expect(entry, Kind::number, entry_path(path, numbers.size())), entry);
    }
    numbers.push_back(entry.number());
  }
  return std::nullopt;
}

Failure unknown_member(const std::string& path, JsonValue member, const char* known) {
  return field_error("experiment.unknown_field", path + "." + quote_text(member.name()), {known});
}

Failure read_layer(JsonValue value, const std::string& path, Experiment::Layer& layer) {
  if (auto error = expect(value, Kind::object, path)) return error;
  layer = {};
  for (JsonValue member = value.first(); member.exists(); member = member.next()) {
    Failure error;
    if (member.name() == "units") {
      double units = 0;
      error = read_whole(member, path + ".units", 1, kMaxUnits, units);
      if (!error) layer.units = static_cast<int>(units);
    } else if (member.name() == "activation") {
      error = read_text(member, path + ".activation", layer.activation);
    } else if (member.name() == "params") {
      error = expect(member, Kind::object, path + ".params");
      if (error) return error;
      for (JsonValue param = member.first(); param.exists() && !error; param = param.next()) {
        const std::string id(param.name());
        error = read_number(param, path + ".params." + quote_text(id), layer.params[id]);
      }
    } else {
      error = unknown_member(path, member, "units, activation, params");
    }
    if (error) return placed(std::move(error), member);
  }
  return std::nullopt;
}

// Exactly three numbers.
Failure read_triple(JsonValue value, const std::string& path, const char* form,
                    double (&numbers)[3]) {
  if (!value.is(Kind::array) || value.size() != 3) {
    return field_error("experiment.triple", path, {form});
  }
  size_t i = 0;
  for (JsonValue entry = value.first(); entry.exists(); entry = entry.next()) {
    if (!entry.is(Kind::number)) return field_error("experiment.triple", path, {form});
    numbers[i++] = entry.number();
  }
  return std::nullopt;
}

Failure read_point(JsonValue value, const std::string& path, DataPoint& point) {
  double numbers[3] = {};
  if (auto error = read_triple(value, path, "[x, y, label]", numbers)) return error;
  point = {numbers[0], numbers[1], numbers[2]};
  return std::nullopt;
}

Failure read_weight_index(JsonValue value, const std::string& path, WeightIndex& index) {
  double numbers[3] = {};
  if (auto error = read_triple(value, path, "[layer, unit, input]", numbers)) return error;
  for (double number : numbers) {
    if (auto error = check_number(path, number, -1, kMaxUnits, true)) return error;
  }
  index = {static_cast<int>(numbers[0]), static_cast<int>(numbers[1]),
           static_cast<int>(numbers[2])};
  return std::nullopt;
}

Failure read_playground(JsonValue value, const std::string& path,
                        Experiment::Playground& playground) {
  if (auto error = expect(value, Kind::object, path)) return error;
  for (JsonValue member = value.first(); member.exists(); member = member.next()) {
    Failure error;
    if (member.name() == "seed") {
      error = read_text(member, path + ".seed", playground.seed);
    } else if (member.name() == "initZero") {
      error = read_flag(member, path + ".initZero", playground.init_zero);
    } else {
      error = unknown_member(path, member, "seed, initZero");
    }
    if (error) return placed(std::move(error), member);
  }
  return std::nullopt;
}

bool may_be_null(FieldType type) {
  return type == FieldType::optional_number || type == FieldType::points ||
         type == FieldType::parameters || type == FieldType::frozen ||
         type == FieldType::playground;
}

Failure read_into(const Field& field, const FieldSlot& slot, JsonValue value) {
  const std::string path(field.path);
  switch (field.type) {
    case FieldType::flag:
      return read_flag(value, path, *std::get<bool*>(slot));
    case FieldType::integer: {
      double number = 0;
      auto error = read_whole(value, path, field.min, field.max, number);
      if (!error) set_integer(slot, number);
      return error;
    }
    case FieldType::number:
      return read_number(value, path, *std::get<double*>(slot));
    case FieldType::optional_number:
      return read_number(value, path, std::get<std::optional<double>*>(slot)->emplace());
    case FieldType::choice:
    case FieldType::activation:
      return read_text(value, path, *std::get<std::string*>(slot));
    case FieldType::choices:
      return read_list(value, path, *std::get<std::vector<std::string>*>(slot), read_text);
    case FieldType::layers:
      return read_list(value, path, *std::get<std::vector<Experiment::Layer>*>(slot), read_layer);
    case FieldType::points:
      return read_list(value, path, *std::get<std::vector<DataPoint>*>(slot), read_point);
    case FieldType::parameters:
      return read_list(value, path, *std::get<std::vector<std::vector<double>>*>(slot),
                       read_numbers);
    case FieldType::frozen:
      return read_list(value, path, *std::get<std::vector<WeightIndex>*>(slot), read_weight_index);
    case FieldType::playground: {
      auto& playground = *std::get<std::optional<Experiment::Playground>*>(slot);
      playground = Experiment::Playground{};
      return read_playground(value, path, *playground);
    }
  }
  return std::nullopt;
}

void write_layer(const Experiment::Layer& layer, JsonWriter& json) {
  json.begin_object()
      .member("units", layer.units)
      .member("activation", std::string_view(layer.activation));
  json.key("params").begin_object();
  for (const auto& [id, value] : layer.params) json.member(id, value);
  json.end_object().end_object();
}

// A list, or null for an empty one.
template <class Item, class Write>
void write_list(const std::vector<Item>& list, JsonWriter& json, Write write) {
  if (list.empty()) {
    json.null();
    return;
  }
  json.begin_array();
  for (const Item& item : list) write(item);
  json.end_array();
}

}  // namespace

std::optional<Error> read_field(const Field& field, JsonValue value, Experiment& experiment) {
  Experiment read;
  const FieldSlot slot = field.slot(read);
  Failure error;
  if (value.is(Kind::null) && may_be_null(field.type)) {
    clear_field(field, read);
  } else {
    error = read_into(field, slot, value);
  }
  if (!error) error = check_field(field, read);
  if (!error) {
    copy_field(field, read, experiment);
    return std::nullopt;
  }
  return placed(std::move(error), value);
}

void write_field(const Field& field, const Experiment& experiment, JsonWriter& json) {
  const FieldSlot slot = slot_of(field, experiment);
  switch (field.type) {
    case FieldType::flag:
      json.value(*std::get<bool*>(slot));
      break;
    case FieldType::integer:
      json.value(integer_of(slot));
      break;
    case FieldType::number:
      json.value(*std::get<double*>(slot));
      break;
    case FieldType::optional_number: {
      const std::optional<double>& number = *std::get<std::optional<double>*>(slot);
      number ? json.value(*number) : json.null();
      break;
    }
    case FieldType::choice:
    case FieldType::activation:
      json.value(std::string_view(*std::get<std::string*>(slot)));
      break;
    case FieldType::choices:
      json.begin_array();
      for (const std::string& id : *std::get<std::vector<std::string>*>(slot)) {
        json.value(std::string_view(id));
      }
      json.end_array();
      break;
    case FieldType::layers:
      json.begin_array();
      for (const auto& layer : *std::get<std::vector<Experiment::Layer>*>(slot)) {
        write_layer(layer, json);
      }
      json.end_array();
      break;
    case FieldType::points:
      write_list(*std::get<std::vector<DataPoint>*>(slot), json, [&](const DataPoint& point) {
        json.begin_array().value(point.x).value(point.y).value(point.label).end_array();
      });
      break;
    case FieldType::parameters:
      write_list(*std::get<std::vector<std::vector<double>>*>(slot), json,
                 [&](const std::vector<double>& numbers) {
                   json.begin_array();
                   for (double number : numbers) json.value(number);
                   json.end_array();
                 });
      break;
    case FieldType::frozen:
      write_list(*std::get<std::vector<WeightIndex>*>(slot), json, [&](const WeightIndex& index) {
        json.begin_array().value(index.layer).value(index.unit).value(index.input).end_array();
      });
      break;
    case FieldType::playground: {
      const auto& playground = *std::get<std::optional<Experiment::Playground>*>(slot);
      if (!playground) {
        json.null();
        break;
      }
      json.begin_object().member("seed", std::string_view(playground->seed));
      json.member("initZero", playground->init_zero).end_object();
      break;
    }
  }
}

}  // namespace lab
