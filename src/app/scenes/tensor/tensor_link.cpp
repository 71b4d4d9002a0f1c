#include <algorithm>

#include "app/scenes/functions_link.h"
#include "app/scenes/tensor/tensor_scene.h"
#include "core/experiment/field_errors.h"
#include "core/experiment/url_text.h"
#include "core/json/json_value.h"
#include "core/pytorch_code.h"
#include "core/tensor_text.h"

// The scene as a share link:
//   v=1&app.input=0.5,-0.6;-1,3;1.5,-2&app.layers=relu-elu:alpha:0.5&app.show=gradient&app.tab=code
//   &app.cell=0.1
// A tensor is its rows with ; between them, or anything else that parse_tensor() reads.

namespace lab {

// What links hold beside the document.
struct TensorScene::Look {
  Tab tab = Tab::printed;
  bool gradient = false;
  CellIndex cell{1, 0};
};

namespace {

constexpr std::string_view kInput = "app.input", kLayers = "app.layers", kCell = "app.cell";

std::string input_text(const Tensor& input) {
  const bool matrix = input.shape.size() == 2 && input.shape[0] > 1;
  if (!matrix) return percent_encode(tensor_literal(input));
  const auto columns = static_cast<size_t>(input.shape[1]);
  std::string text;
  for (size_t i = 0; i < input.data.size(); ++i) {
    if (i > 0) text += i % columns == 0 ? ';' : ',';
    text += link_number(input.data[i]);
  }
  return text;
}

Result<Tensor> read_input(std::string_view text) {
  std::optional<std::string> decoded = percent_decode(text);
  if (!decoded) return *field_error("experiment.percent", kInput);
  if (decoded->find('[') == std::string::npos) std::ranges::replace(*decoded, ';', '\n');
  Result<Tensor> read = parse_tensor(*decoded);
  if (read) return read;
  // Where in the text is of no use to somebody who has a link.
  return Error{.code = read.error().code, .args = read.error().args, .field = std::string(kInput)};
}

std::optional<Error> check_layers(const Chain& layers) {
  if (layers.size() <= TensorModel::kMaxLayers) return std::nullopt;
  return field_error("experiment.count", kLayers,
                     {std::to_string(layers.size()), "0", std::to_string(TensorModel::kMaxLayers)});
}

}  // namespace

void TensorScene::pass(LinkKeys& keys, Look& look, const TensorDocument& document) {
  constexpr std::string_view tabs[] = {"printed", "code"};
  constexpr std::string_view shows[] = {"values", "gradient"};
  const Look usual;
  keys.choice("app.tab", look.tab, usual.tab, tabs);
  auto shown = static_cast<int>(look.gradient);
  keys.choice("app.show", shown, 0, shows);
  look.gradient = shown == 1;
  const std::string now = std::to_string(look.cell.row) + "." + std::to_string(look.cell.column);
  keys.text(kCell, look.cell == usual.cell ? "" : now,
            [&](std::string_view text) -> std::optional<Error> {
              const size_t dot = text.find('.');
              const auto row = json_number(text.substr(0, dot));
              const auto column = json_number(dot == text.npos ? "" : text.substr(dot + 1));
              if (!row || !column) return field_error("experiment.form", kCell, {"0.1"});
              const auto& shape = document.input.shape;
              const double columns = shape.empty() ? 1 : static_cast<double>(shape.back());
              const double rows = static_cast<double>(document.input.data.size()) / columns;
              if (auto error = check_number(kCell, *row, 0, rows - 1, true)) return error;
              if (auto error = check_number(kCell, *column, 0, columns - 1, true)) return error;
              look.cell = {static_cast<size_t>(*row), static_cast<size_t>(*column)};
              return std::nullopt;
            });
}

void TensorScene::list_keys(LinkKeys& keys) const {
  for (const std::string_view key : {kInput, kLayers}) keys.text(key, {}, nullptr);
  Look usual;
  pass(keys, usual, model_.document());
}

std::string TensorScene::link() const {
  const TensorDocument& document = model_.document();
  LinkKeys keys;
  Look look{tab_, gradient_, focus_};
  pass(keys, look, document);
  return "v=1&" + std::string(kInput) + "=" + input_text(document.input) + "&" +
         std::string(kLayers) + "=" + functions_text(document.chain, formulas_) + keys.written();
}

Complaint TensorScene::open(std::string_view link) {
  TensorDocument document = tutorial_document();
  Look look;
  LinkKeys keys(link);
  keys.only_these();
  Complaint refused;
  keys.text(kInput, {}, [&](std::string_view text) -> std::optional<Error> {
    const Result<Tensor> read = read_input(text);
    if (!read) return read.error();
    refused = refusal(read.value());
    document.input = read.value();
    return std::nullopt;
  });
  if (refused) {
    return Complaint(Str::error_in, {std::string(kInput)}, refused);
  }
  pass(keys, look, document);
  keys.text(kLayers, {}, [&](std::string_view text) -> std::optional<Error> {
    if (keys.error()) return std::nullopt;  // so that no formula is added in vain
    const Result<Chain> read = functions_from_text(kLayers, text, check_layers, formulas_);
    if (!read) return read.error();
    document.chain = read.value();
    return std::nullopt;
  });
  if (keys.error()) return *keys.error();
  complaint_.clear();
  editing_.reset();
  model_.load(std::move(document));
  if (!drawn_) model_.forget_changes();  // nobody has seen what was there before
  tab_ = look.tab;
  gradient_ = look.gradient;
  focus_ = look.cell;
  return {};
}

std::span<const ScenePart> TensorScene::parts() {
  static constexpr ScenePart kParts[] = {
      {"title", Str::part_title}, {"view", Str::part_view},     {"tools", Str::part_tools},
      {"trace", Str::part_trace}, {"result", Str::part_result},
  };
  return kParts;
}

}  // namespace lab
