#pragma once

#include <span>
#include <string_view>

#include "core/activation/rowwise_table.h"
#include "core/localized.h"

namespace lab {

// One row of the registry of row-wise activations: each row of a matrix is one vector to them.
struct RowActivation {
  std::string_view id;  // stable, lower case: "softmax"
  Localized name;
  Localized full_name;       // what an abbreviation stands for, or another name
  std::string_view tex;      // component i of f(x) as TeX
  std::string_view tex_vjp;  // component i of Jᵀg as TeX, y = f(x)
  std::string_view pytorch;  // the torch.nn class; empty where there is none
  std::string_view jax;
  std::string_view keras;
  size_t halves = 1;  // the output has columns/halves columns, and halves divides columns
  Localized good_at;
  Localized bad_at;
  RowKernel kernel;

  // Whether rows of that length can be taken; columns ≥ 1.
  bool accepts(size_t columns) const { return columns > 0 && columns % halves == 0; }
  size_t output_columns(size_t columns) const { return columns / halves; }

  // x holds whole rows of `columns` values, y of output_columns(columns). y must not overlap x.
  void forward(std::span<const float> x, size_t columns, std::span<float> y) const;
  // grad_in = Jᵀ·grad_out row by row: of x's size, grad_out of y's. grad_in overlaps neither.
  void backward(std::span<const float> x, size_t columns, std::span<const float> grad_out,
                std::span<float> grad_in) const;
};

std::span<const RowActivation> row_activations();

// The row with that id, or null.
const RowActivation* find_row_activation(std::string_view id);

}  // namespace lab
