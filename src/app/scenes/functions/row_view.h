#pragma once

#include <vector>

#include "app/plot/figure.h"
#include "app/scenes/link_keys.h"
#include "app/ui/ui.h"
#include "core/activation/rowwise.h"
#include "core/json_writer.h"

namespace lab {

// A function of a whole row, which no curve can show: numbers to set, what becomes of them, and how
// each result answers to each number. A value: links read it into a copy.
class RowView {
 public:
  static constexpr size_t kLeast = 2, kMost = 8;  // numbers in the row
  static constexpr float kReach = 6;              // they lie in [−kReach, kReach]

  const RowActivation* function() const { return function_; }
  // Null: none. The row becomes longer or shorter where the function cannot take it as it is.
  void show(const RowActivation* function);

  // The panel. Returns its height.
  float draw(Ui& ui, ImVec2 at, float width);
  // What became of the numbers, and the Jacobian.
  void paint(const Ui& ui, Canvas& canvas) const;
  ImRect part() const { return function_ ? part_ : ImRect(); }

  // The keys app.row and app.values.
  void pass(LinkKeys& keys);
  void write_state(JsonWriter& json) const;

 private:
  float draw_formula(Ui& ui, ImVec2 at, float width) const;
  float draw_about(Ui& ui, ImVec2 at, float width) const;
  float draw_numbers(Ui& ui, ImVec2 at, float width);
  void lay_out(ImVec2 at, float width, bool narrow);
  void record_results(Ui& ui) const;
  void compute();
  bool shares() const;  // whether the results are shares of 1
  float derivative(size_t result, size_t number) const {
    return jacobian_[result * x_.size() + number];
  }

  const RowActivation* function_ = nullptr;
  std::vector<float> x_ = {2, 1, 0.5f, -1};
  std::vector<float> y_, jacobian_;  // jacobian_[i][j] = ∂y_i/∂x_j
  ImRect part_, bars_;               // of the last frame: of the results, and of their bars
  ImRect grid_;                      // of the Jacobian's cells
  float line_ = 0;                   // height of a row of them
};

}  // namespace lab
