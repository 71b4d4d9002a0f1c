#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/error.h"
#include "core/experiment/experiment.h"
#include "core/json/json_value.h"
#include "core/json_writer.h"
#include "core/localized.h"

namespace lab {

// The table of everything that can be set in an Experiment. It drives JSON in and out, the share
// link, setting by name (command line, element attributes, presets) and the documentation.

enum class FieldType {
  flag,             // JSON true, false; text 1, 0
  integer,          // a whole number
  number,           //
  optional_number,  // JSON null, text "": the optimizer's own default
  choice,           // an id of a registry
  activation,       // an id, or "formula:" and its text
  choices,          // distinct ids of a registry; text x-y-sin_x
  layers,           // text 4tanh-2elu:alpha:0.5-3formula:x*x, or none
  points,           // JSON [[x, y, label], …] or null; text: packed coordinates "." packed labels
  parameters,       // JSON lists of numbers or null; text: packed lists with "." between
  frozen,           // JSON [[layer, unit, input], …] or null; text 0.1.2-0.1.b (b: the bias)
  playground,       // JSON {"seed", "initZero"} or null; text: the seed, then ":zero" for initZero
};

// Where a field lies in an Experiment, by its type.
using FieldSlot =
    std::variant<bool*, int*, uint32_t*, double*, std::optional<double>*, std::string*,
                 std::vector<std::string>*, std::vector<Experiment::Layer>*,
                 std::vector<DataPoint>*, std::vector<std::vector<double>>*,
                 std::vector<WeightIndex>*, std::optional<Experiment::Playground>*>;

struct Field {
  std::string_view path;   // "training.optimizer.learningRate": its place in JSON
  std::string_view share;  // "rate": its key in a share link
  FieldType type;
  Localized name;  // short, for labels
  Localized help;  // one sentence
  FieldSlot (*slot)(Experiment&);
  double min = 0, max = 0;  // of numbers
  // Of choice and choices: the registry's ids by index, behind the last an empty text.
  std::string_view (*id)(size_t index) = nullptr;
  // Of choice: what people call the registry's rows.
  Localized (*choice_name)(size_t index) = nullptr;
};

// In the order of the JSON; fields of one object stand together.
std::span<const Field> fields();
const Field* find_field(std::string_view path);
const Field* find_share_field(std::string_view share);

// The ids that a field of the types choice and choices may hold.
std::vector<std::string_view> choices(const Field& field);

// As JSON. Reading leaves the field as it was if there is an error, which names the field (entries
// of lists with their index, "network.hidden[1].units") and its place in the text.
std::optional<Error> read_field(const Field& field, JsonValue value, Experiment& experiment);
void write_field(const Field& field, const Experiment& experiment, JsonWriter& json);

// As text of characters that a URL's hash may hold; others are percent-encoded, and read so.
// Numbers come back bit for bit. Reading leaves the field as it was if there is an error.
std::optional<Error> set_field(const Field& field, std::string_view text, Experiment& experiment);
std::string field_text(const Field& field, const Experiment& experiment);

// Whether what a field holds is within its range, whatever the other fields hold.
std::optional<Error> check_field(const Field& field, const Experiment& experiment);

// A field for reading only.
FieldSlot slot_of(const Field& field, const Experiment& experiment);
void copy_field(const Field& field, const Experiment& from, Experiment& to);
// Makes it what null means in JSON: empty.
void clear_field(const Field& field, Experiment& experiment);

}  // namespace lab
