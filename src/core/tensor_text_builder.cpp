#include "core/tensor_text_builder.h"

#include <string>

namespace lab {

std::optional<Error> TensorBuilder::open(TextPosition position) {
  if (number_depth_ && open_.size() >= *number_depth_) {
    return error_at(position, "tensor.mixed_depth");
  }
  if (open_.size() == kMaxDims) {
    return error_at(position, "tensor.too_deep", {std::to_string(kMaxDims)});
  }
  if (!open_.empty()) ++open_.back().length;
  open_.push_back({0, position});
  if (open_.size() > known_.size()) {
    known_.push_back(false);
    tensor_.shape.push_back(0);
  }
  return std::nullopt;
}

std::optional<Error> TensorBuilder::close() {
  const List list = open_.back();
  const size_t depth = open_.size() - 1;
  int64_t& extent = tensor_.shape[depth];
  if (known_[depth] && list.length != extent) {
    return error_at(list.start, "tensor.ragged",
                    {ordinal(), std::to_string(list.length), std::to_string(extent)});
  }
  extent = list.length;
  known_[depth] = true;
  open_.pop_back();
  return std::nullopt;
}

std::optional<Error> TensorBuilder::number(float value, TextPosition position) {
  if (open_.size() < known_.size()) return error_at(position, "tensor.mixed_depth");
  if (tensor_.data.size() == kMaxElements) {
    return error_at(position, "tensor.too_many", {std::to_string(kMaxElements)});
  }
  number_depth_ = open_.size();
  if (!open_.empty()) ++open_.back().length;
  tensor_.data.push_back(value);
  return std::nullopt;
}

std::string TensorBuilder::ordinal() const {
  std::string text;
  for (size_t depth = 0; depth + 1 < open_.size(); ++depth) {
    text += (depth > 0 ? ", " : "") + std::to_string(open_[depth].length);
  }
  return text;
}

}  // namespace lab
