#include "app/scenes/tensor/tensor_model.h"

#include <algorithm>
#include <cmath>

#include "app/ui/number.h"
#include "core/pytorch_code.h"
#include "core/tensor_text.h"

namespace lab {
namespace {

ChainLayer layer_of(const Activation& activation) {
  return {&activation, activation.default_params()};
}

Tensor resized(const Tensor& from, size_t old_columns, size_t rows, size_t columns) {
  Tensor to = Tensor::filled({static_cast<int64_t>(rows), static_cast<int64_t>(columns)}, 0.0f);
  const size_t old_rows = from.data.size() / old_columns;
  for (size_t r = 0; r < std::min(rows, old_rows); ++r) {
    for (size_t c = 0; c < std::min(columns, old_columns); ++c) {
      to.data[r * columns + c] = from.data[r * old_columns + c];
    }
  }
  return to;
}

size_t count_if(const std::vector<float>& data, bool (*test)(float)) {
  return static_cast<size_t>(std::ranges::count_if(data, test));
}

}  // namespace

TensorDocument tutorial_document() {
  TensorDocument document;
  document.input = {{3, 2}, {0.5f, -0.6f, -1.0f, 3.0f, 1.5f, -2.0f}};
  for (const char* id : {"relu", "sigmoid"}) {
    document.chain.push_back(layer_of(*find_activation(id)));
  }
  return document;
}

TensorModel::TensorModel() : document_(tutorial_document()) {
  derive();
}

size_t TensorModel::columns() const {
  const Tensor& input = document_.input;
  return input.shape.empty() ? 1 : static_cast<size_t>(input.shape.back());
}

size_t TensorModel::rows() const {
  return document_.input.data.size() / columns();
}

std::string TensorModel::code(bool gradient) const {
  return chain_to_pytorch(document_.chain, document_.input, gradient);
}

void TensorModel::change(TensorDocument next, bool same_gesture) {
  if (next == document_) return;
  history_.before_change(document_, same_gesture);
  document_ = std::move(next);
  derive();
}

void TensorModel::derive() {
  stages_ = forward(document_.chain, document_.input);
  gradients_ = backward_of_sum(document_.chain, stages_);
  slopes_.clear();
  for (size_t k = 0; k < document_.chain.size(); ++k) {
    Tensor slope = stages_[k];
    const ChainLayer& layer = document_.chain[k];
    layer.activation->differentiate(layer.params, stages_[k].data, slope.data);
    slopes_.push_back(std::move(slope));
  }
  printed_ = format_tensor(stages_.back());
}

void TensorModel::set_cell(CellIndex cell, float value, bool same_gesture) {
  TensorDocument next = document_;
  next.input.data[offset(cell)] = value;
  change(std::move(next), same_gesture);
}

void TensorModel::resize(size_t rows, size_t columns) {
  rows = std::clamp<size_t>(rows, 1, kMaxRows);
  columns = std::clamp<size_t>(columns, 1, kMaxColumns);
  if (rows == this->rows() && columns == this->columns()) return;
  TensorDocument next = document_;
  next.input = resized(document_.input, this->columns(), rows, columns);
  change(std::move(next));
}

bool TensorModel::paste(CellIndex cell, const Tensor& table) {
  const auto width = static_cast<size_t>(table.shape.empty() ? 1 : table.shape.back());
  const size_t all_rows = std::max(rows(), cell.row + table.data.size() / width);
  const size_t all_columns = std::max(columns(), cell.column + width);
  if (all_rows > kMaxRows || all_columns > kMaxColumns) return false;
  TensorDocument next = document_;
  next.input = resized(document_.input, columns(), all_rows, all_columns);
  for (size_t i = 0; i < table.data.size(); ++i) {
    const size_t row = cell.row + i / width, column = cell.column + i % width;
    next.input.data[row * all_columns + column] = table.data[i];
  }
  change(std::move(next));
  return true;
}

std::optional<Str> TensorModel::check_input(const Tensor& input) {
  if (input.shape.size() > 2) return Str::tensor_too_deep;
  if (input.data.empty()) return Str::tensor_empty;
  const auto last = static_cast<size_t>(input.shape.empty() ? 1 : input.shape.back());
  if (last > kMaxColumns || input.data.size() / last > kMaxRows) return Str::tensor_too_large;
  return {};
}

std::optional<Str> TensorModel::set_input(const Tensor& input) {
  if (const auto refused = check_input(input)) return refused;
  TensorDocument next = document_;
  next.input = input;
  change(std::move(next));
  return {};
}

void TensorModel::add_layer(const Activation& activation) {
  if (document_.chain.size() >= kMaxLayers) return;
  TensorDocument next = document_;
  next.chain.push_back(layer_of(activation));
  change(std::move(next));
}

void TensorModel::set_layer(size_t index, const Activation& activation) {
  TensorDocument next = document_;
  next.chain[index] = layer_of(activation);
  change(std::move(next));
}

void TensorModel::set_param(size_t layer, size_t param, float value, bool same_gesture) {
  TensorDocument next = document_;
  ChainLayer& changed = next.chain[layer];
  const ActivationParamSpec& spec = changed.activation->params[param];
  changed.params[param] = std::clamp(value, spec.min, spec.max);
  change(std::move(next), same_gesture);
}

void TensorModel::remove_layer(size_t index) {
  TensorDocument next = document_;
  next.chain.erase(next.chain.begin() + static_cast<std::ptrdiff_t>(index));
  change(std::move(next));
}

void TensorModel::move_layer(size_t from, size_t to) {
  TensorDocument next = document_;
  std::swap(next.chain[from], next.chain[to]);
  change(std::move(next));
}

void TensorModel::reset() {
  change(tutorial_document());
}

void TensorModel::undo() {
  history_.undo(document_);
  derive();
}

void TensorModel::redo() {
  history_.redo(document_);
  derive();
}

std::string TensorModel::sentence(Language language, bool gradient) const {
  const std::string total = std::to_string(document_.input.data.size());
  if (document_.chain.empty()) return std::string(tr(language, Str::see_empty_chain));
  if (gradient) {
    const std::vector<float>& flow = gradients_.front().data;
    const size_t zeros = count_if(flow, [](float g) { return g == 0; });
    if (zeros > 0) {
      return tr(language, Str::see_gradient_blocked, {std::to_string(zeros), total});
    }
    const auto by_size = [](float a, float b) { return std::fabs(a) < std::fabs(b); };
    const auto [low, high] = std::ranges::minmax(flow, by_size);
    return tr(language, Str::see_gradient_flows,
              {number_text(std::fabs(low)), number_text(std::fabs(high))});
  }
  const std::vector<float>& out = stages_.back().data;
  const size_t bad = count_if(out, [](float y) { return !std::isfinite(y); });
  if (bad > 0) return tr(language, Str::see_nonfinite, {std::to_string(bad), total});
  const Activation& first = *document_.chain.front().activation;
  std::string text;
  if (first.id == "relu") {
    const size_t cut = count_if(document_.input.data, [](float x) { return x < 0; });
    text = cut > 0 ? tr(language, Str::see_relu_zeros,
                        {first.name.in(language), std::to_string(cut), total})
                   : tr(language, Str::see_relu_none, {first.name.in(language)});
  }
  const auto add = [&](const std::string& more) {
    if (!text.empty() && language == Language::en) text += ' ';
    text += more;
  };
  const Activation& last = *document_.chain.back().activation;
  if (last.id == "sigmoid") add(std::string(tr(language, Str::see_sigmoid)));
  const auto [low, high] = std::ranges::minmax(out);
  const std::string least = number_text(low), most = number_text(high);
  add(least == most ? tr(language, Str::see_same, {least, std::to_string(out.size())})
                    : tr(language, Str::see_range, {least, most}));
  return text;
}

}  // namespace lab
