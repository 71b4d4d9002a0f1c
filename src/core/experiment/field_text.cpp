#include <cmath>
#include <utility>

#include "core/experiment/field_errors.h"
#include "core/experiment/fields.h"
#include "core/experiment/packed_numbers.h"
#include "core/experiment/url_text.h"
#include "core/formula/formula.h"

namespace lab {
namespace {

constexpr std::string_view kZero = ":zero";

// Takes a text apart from its front.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}
  bool at_end() const { return rest_.empty(); }
  bool accept(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool accept(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  std::optional<double> number() { return json_number(take(json_number_length(rest_))); }
  std::optional<double> digits() {
    return json_number(take(std::min(rest_.find_first_not_of("0123456789"), rest_.size())));
  }
  // Up to the first of these characters.
  std::string_view until(std::string_view stops) {
    return take(std::min(rest_.find_first_of(stops), rest_.size()));
  }

 private:
  std::string_view take(size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::string_view rest_;
};

std::string activation_text(const std::string& id) {
  if (!id.starts_with(kFormulaPrefix)) return percent_encode(id);
  return std::string(kFormulaPrefix) +
         percent_encode(std::string_view(id).substr(kFormulaPrefix.size()));
}

std::string layers_text(const std::vector<Experiment::Layer>& layers) {
  if (layers.empty()) return "none";
  std::string text;
  for (const Experiment::Layer& layer : layers) {
    if (!text.empty()) text += '-';
    text += std::to_string(layer.units) + activation_text(layer.activation);
    for (const auto& [id, value] : layer.params) {
      text += ':' + percent_encode(id) + ':' + number_text(value);
    }
  }
  return text;
}

bool read_layer(Scanner& scanner, Experiment::Layer& layer) {
  const std::optional<double> units = scanner.digits();
  if (!units || *units > kMaxUnits + 1) return false;
  layer.units = static_cast<int>(*units);
  const bool formula = scanner.accept(kFormulaPrefix);
  const auto id = percent_decode(scanner.until("-:"));
  if (!id) return false;
  layer.activation = (formula ? std::string(kFormulaPrefix) : "") + *id;
  layer.params.clear();
  while (scanner.accept(':')) {
    const auto param = percent_decode(scanner.until(":-"));
    if (!param || !scanner.accept(':')) return false;
    const std::optional<double> value = scanner.number();
    if (!value || !layer.params.emplace(*param, *value).second) return false;
  }
  return true;
}

// Entries with "-" between them, each read by `read(scanner, item)`.
template <class Item, class Read>
bool read_entries(std::string_view text, std::vector<Item>& list, Read read) {
  list.clear();
  Scanner scanner(text);
  if (scanner.at_end()) return true;
  do {
    if (!read(scanner, list.emplace_back())) return false;
  } while (scanner.accept('-'));
  return scanner.at_end();
}

bool read_weight_index(Scanner& scanner, WeightIndex& index) {
  const std::optional<double> layer = scanner.digits();
  if (!layer || !scanner.accept('.')) return false;
  const std::optional<double> unit = scanner.digits();
  if (!unit || !scanner.accept('.')) return false;
  const std::optional<double> input = scanner.accept('b') ? -1 : scanner.digits();
  if (!input || *layer > kMaxUnits || *unit > kMaxUnits || *input > kMaxUnits) return false;
  index = {static_cast<int>(*layer), static_cast<int>(*unit), static_cast<int>(*input)};
  return true;
}

std::string frozen_text(const std::vector<WeightIndex>& frozen) {
  std::string text;
  for (const WeightIndex& index : frozen) {
    if (!text.empty()) text += '-';
    text += std::to_string(index.layer) + '.' + std::to_string(index.unit) + '.';
    text += index.input == -1 ? "b" : std::to_string(index.input);
  }
  return text;
}

std::string points_text(const std::vector<DataPoint>& points) {
  if (points.empty()) return {};
  std::vector<double> places, labels;
  for (const DataPoint& point : points) {
    places.insert(places.end(), {point.x, point.y});
    labels.push_back(point.label);
  }
  return pack_numbers(places) + '.' + pack_numbers(labels);
}

bool read_points(std::string_view text, std::vector<DataPoint>& points) {
  points.clear();
  if (text.empty()) return true;
  Scanner scanner(text);
  const auto places = unpack_numbers(scanner.until("."));
  if (!places || !scanner.accept('.')) return false;
  const auto labels = unpack_numbers(scanner.until("."));
  if (!labels || !scanner.at_end() || places->size() != 2 * labels->size()) return false;
  for (size_t i = 0; i < labels->size(); ++i) {
    points.push_back({(*places)[2 * i], (*places)[2 * i + 1], (*labels)[i]});
  }
  return true;
}

std::string parameters_text(const std::vector<std::vector<double>>& lists) {
  std::string text;
  for (const std::vector<double>& list : lists) {
    if (!text.empty()) text += '.';
    text += pack_numbers(list);
  }
  return text;
}

bool read_parameters(std::string_view text, std::vector<std::vector<double>>& lists) {
  lists.clear();
  if (text.empty()) return true;
  Scanner scanner(text);
  do {
    auto list = unpack_numbers(scanner.until("."));
    if (!list || list->empty()) return false;
    lists.push_back(*std::move(list));
  } while (scanner.accept('.'));
  return true;
}

Failure read_decoded(const Field& field, std::string_view text, std::string& result) {
  auto decoded = percent_decode(text);
  if (!decoded) return field_error("experiment.percent", field.path);
  result = *std::move(decoded);
  return std::nullopt;
}

Failure read_playground(const Field& field, std::string_view text,
                        std::optional<Experiment::Playground>& playground) {
  playground.reset();
  if (text.empty()) return std::nullopt;
  const bool zero = text.ends_with(kZero);
  if (zero) text.remove_suffix(kZero.size());
  playground = Experiment::Playground{{}, zero};
  return read_decoded(field, text, playground->seed);
}

Failure read_flag(const Field& field, std::string_view text, bool& flag) {
  const bool yes = text == "1" || text == "true";
  if (!yes && text != "0" && text != "false") {
    return field_error("experiment.flag_text", field.path, {quote_text(text)});
  }
  flag = yes;
  return std::nullopt;
}

Failure read_number(const Field& field, std::string_view text, double& number) {
  const std::optional<double> read = json_number(text);
  if (!read) {
    return field_error("experiment.number_text", field.path, {quote_text(text)});
  }
  number = *read;
  return std::nullopt;
}

Failure read_integer(const Field& field, std::string_view text, const FieldSlot& slot) {
  double number = 0;
  if (auto error = read_number(field, text, number)) return error;
  auto error = check_number(field.path, number, field.min, field.max, true);
  if (!error) set_integer(slot, number);
  return error;
}

Failure form_error(const Field& field, bool good, const char* example) {
  if (good) return std::nullopt;
  return field_error("experiment.form", field.path, {example});
}

Failure packed_error(const Field& field, bool good) {
  if (good) return std::nullopt;
  return field_error("experiment.packed", field.path);
}

Failure read_into(const Field& field, const FieldSlot& slot, std::string_view text) {
  switch (field.type) {
    case FieldType::flag:
      return read_flag(field, text, *std::get<bool*>(slot));
    case FieldType::integer:
      return read_integer(field, text, slot);
    case FieldType::number:
      return read_number(field, text, *std::get<double*>(slot));
    case FieldType::optional_number: {
      auto& number = *std::get<std::optional<double>*>(slot);
      number.reset();
      return text.empty() ? Failure() : read_number(field, text, number.emplace());
    }
    case FieldType::choice:
    case FieldType::activation:
      return read_decoded(field, text, *std::get<std::string*>(slot));
    case FieldType::choices:
      return form_error(field,
                        read_entries(text, *std::get<std::vector<std::string>*>(slot),
                                     [](Scanner& scanner, std::string& id) {
                                       const auto decoded = percent_decode(scanner.until("-"));
                                       if (decoded) id = *decoded;
                                       return decoded.has_value();
                                     }),
                        "x-y-sin_x");
    case FieldType::layers: {
      auto& layers = *std::get<std::vector<Experiment::Layer>*>(slot);
      const bool none = text == "none";
      if (none) layers.clear();
      return form_error(field, none || (!text.empty() && read_entries(text, layers, read_layer)),
                        "4tanh-2elu:alpha:0.5");
    }
    case FieldType::points:
      return packed_error(field, read_points(text, *std::get<std::vector<DataPoint>*>(slot)));
    case FieldType::parameters:
      return packed_error(
          field, read_parameters(text, *std::get<std::vector<std::vector<double>>*>(slot)));
    case FieldType::frozen:
      return form_error(
          field, read_entries(text, *std::get<std::vector<WeightIndex>*>(slot), read_weight_index),
          "0.1.2-0.1.b");
    case FieldType::playground:
      return read_playground(field, text, *std::get<std::optional<Experiment::Playground>*>(slot));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> set_field(const Field& field, std::string_view text, Experiment& experiment) {
  Experiment read;
  if (auto error = read_into(field, field.slot(read), text)) return error;
  if (auto error = check_field(field, read)) return error;
  copy_field(field, read, experiment);
  return std::nullopt;
}

std::string field_text(const Field& field, const Experiment& experiment) {
  const FieldSlot slot = slot_of(field, experiment);
  switch (field.type) {
    case FieldType::flag:
      return *std::get<bool*>(slot) ? "1" : "0";
    case FieldType::integer:
      return number_text(integer_of(slot));
    case FieldType::number:
      return number_text(*std::get<double*>(slot));
    case FieldType::optional_number: {
      const std::optional<double>& number = *std::get<std::optional<double>*>(slot);
      return number ? number_text(*number) : "";
    }
    case FieldType::choice:
    case FieldType::activation:
      return activation_text(*std::get<std::string*>(slot));
    case FieldType::choices: {
      std::string text;
      for (const std::string& id : *std::get<std::vector<std::string>*>(slot)) {
        text += (text.empty() ? "" : "-") + percent_encode(id);
      }
      return text;
    }
    case FieldType::layers:
      return layers_text(*std::get<std::vector<Experiment::Layer>*>(slot));
    case FieldType::points:
      return points_text(*std::get<std::vector<DataPoint>*>(slot));
    case FieldType::parameters:
      return parameters_text(*std::get<std::vector<std::vector<double>>*>(slot));
    case FieldType::frozen:
      return frozen_text(*std::get<std::vector<WeightIndex>*>(slot));
    case FieldType::playground: {
      const auto& playground = *std::get<std::optional<Experiment::Playground>*>(slot);
      if (!playground) return {};
      return percent_encode(playground->seed) + std::string(playground->init_zero ? kZero : "");
    }
  }
  return {};
}

}  // namespace lab
