#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/tensor.h"
#include "core/text_cursor.h"

namespace lab {

// Puts a tensor together from nested lists as a reader comes across them, and checks that they form
// a box: lists at one depth are equally long, and numbers stand only in the innermost ones.
class TensorBuilder {
 public:
  static constexpr size_t kMaxDims = 8;
  static constexpr size_t kMaxElements = size_t{1} << 20;

  // Each returns an error or nothing. `position` is where the list or number starts.
  std::optional<Error> open(TextPosition position);
  std::optional<Error> close();
  std::optional<Error> number(float value, TextPosition position);

  bool empty() const { return tensor_.data.empty(); }
  // The tensor, once every list is closed.
  Tensor take() { return std::move(tensor_); }

 private:
  struct List {
    int64_t length;  // so far
    TextPosition start;
  };
  // Which list it is that is open now, counted from 1 at every depth: "2" or "1, 2".
  std::string ordinal() const;

  std::vector<List> open_;
  std::vector<bool>
      known_;  // by depth: whether a list was closed there, so that shape holds its length
  std::optional<size_t> number_depth_;  // how many lists stand around each number
  Tensor tensor_;
};

}  // namespace lab
