#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/history.h"
#include "app/text/text.h"
#include "core/chain.h"
#include "core/error.h"
#include "core/tensor.h"

namespace lab {

// What the scene "Tensor" is about: an input and the layers it runs through. A value.
struct TensorDocument {
  Tensor input;
  Chain chain;

  bool operator==(const TensorDocument&) const = default;
};

// The tutorial's module: ReLU, then Sigmoid, on a 3×2 tensor.
TensorDocument tutorial_document();

struct CellIndex {
  size_t row = 0, column = 0;
  bool operator==(const CellIndex&) const = default;
};

// The document with its history and everything derived from it. Every change goes through here;
// a change that is refused returns why and leaves the document as it was.
class TensorModel {
 public:
  static constexpr size_t kMaxRows = 64, kMaxColumns = 16, kMaxLayers = 12;

  TensorModel();

  const TensorDocument& document() const { return document_; }
  size_t rows() const;
  size_t columns() const;
  size_t offset(CellIndex cell) const { return cell.row * columns() + cell.column; }

  // Derived: stages[0] is the input, stages[k] what layer k made of it; gradients likewise.
  const std::vector<Tensor>& stages() const { return stages_; }
  const std::vector<Tensor>& gradients() const { return gradients_; }
  // Whether layer `layer`'s slope at that cell is 0, so that no gradient passes.
  bool blocked(size_t layer, CellIndex cell) const { return slope(layer, cell) == 0.0f; }
  // f'(x) of layer `layer` at that cell's pre-activation.
  float slope(size_t layer, CellIndex cell) const { return slopes_[layer].data[offset(cell)]; }
  const std::string& printed_output() const { return printed_; }
  std::string code(bool gradient) const;

  void set_cell(CellIndex cell, float value, bool same_gesture = false);
  void end_gesture() { history_.end_gesture(); }
  void resize(size_t rows, size_t columns);  // new cells are 0; keeps what stays
  // Writes the numbers of a table that check_input() accepts from that cell on, in new rows and
  // columns where that takes them; false, and no change, where there is no room.
  bool paste(CellIndex cell, const Tensor& table);
  // Takes any 1- or 2-dimensional tensor up to kMaxRows × kMaxColumns; else says why not.
  std::optional<Str> set_input(const Tensor& input);
  // Another document, whose input has been accepted by check_input().
  void load(TensorDocument document) { change(std::move(document)); }
  // Why the input could not be shown.
  static std::optional<Str> check_input(const Tensor& input);
  void add_layer(const Activation& activation);
  void set_layer(size_t index, const Activation& activation);
  // `value` is clamped to what the parameter allows.
  void set_param(size_t layer, size_t param, float value, bool same_gesture);
  void remove_layer(size_t index);
  void move_layer(size_t from, size_t to);
  void reset();

  void forget_changes() { history_.clear(); }
  bool can_undo() const { return history_.can_undo(); }
  bool can_redo() const { return history_.can_redo(); }
  void undo();
  void redo();

  std::string sentence(Language language, bool gradient) const;

 private:
  // Replaces the document, remembering the old one, unless nothing changes.
  void change(TensorDocument next, bool same_gesture = false);
  void derive();

  TensorDocument document_;
  History<TensorDocument> history_;
  std::vector<Tensor> stages_, gradients_;
  std::vector<Tensor> slopes_;  // slopes_[k] is layer k's f'(x) at stages_[k]
  std::string printed_;
};

}  // namespace lab
