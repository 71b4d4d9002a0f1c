#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/scenes/link_keys.h"
#include "app/scenes/scene.h"
#include "app/scenes/tensor/tensor_model.h"
#include "app/ui/math_text.h"
#include "app/ui/text_dialog.h"

namespace lab {

// The tutorial's module on real input: an editable tensor, a chain of activations, every stage as a
// grid, one number traced through all of it, and the PyTorch code that does the same.
class TensorScene final : public Scene {
 public:
  explicit TensorScene(FormulaLibrary& formulas) : formulas_(formulas) {}

  float draw(Ui& ui, const SceneFrame& frame) override;
  std::string sentence(Language language) const override;
  Complaint open(std::string_view link) override;
  std::string link() const override;
  void list_keys(LinkKeys& keys) const override;
  Complaint& complaint() override { return complaint_; }
  static std::span<const ScenePart> parts();
  std::vector<Figure> figures(const Ui& ui) override;
  void write_state(JsonWriter& json) const override;

 private:
  enum class Tab { printed, code };

  // How stages are laid out at the present width.
  struct GridShape {
    float index_width;  // of the column of row numbers
    ImVec2 cell;
    float width, height;  // of the grid with its numbers, without its heading
  };

  // Where everything stands this frame, for pictures of it.
  struct FlowLayout {
    GridShape shape{};
    std::vector<ImVec2> stages;
    std::vector<ImRect> layers;
    std::vector<std::pair<ImVec2, ImVec2>> arrows;
  };
  // One step of the traced number, placed: what it is called above, what happens below.
  struct TraceStep {
    std::string name;
    std::string formula;
    std::string spoken;  // the step as plain text, for screen readers and tests
    bool blocked = false;
    ImVec2 at;
    MathBox box;
  };

  struct Flow;     // where the next stage or layer goes
  struct AxisRow;  // the texts and ids of the stepper for rows or for columns

  // tensor_scene.cpp
  float draw_heading(Ui& ui, const SceneFrame& frame, ImVec2 at);
  void handle_keys(Platform& platform);
  void keep_focus_inside();

  // tensor_link.cpp
  struct Look;
  static void pass(LinkKeys& keys, Look& look, const TensorDocument& document);

  // flow_view.cpp
  float draw_flow(Ui& ui, const SceneFrame& frame, ImVec2 at);
  void draw_column(Ui& ui, Flow& flow);
  void draw_lines(Ui& ui, Flow& flow);
  void place_stage(Ui& ui, Flow& flow, size_t stage);
  void place_layer(Ui& ui, ImRect rect, size_t index);
  void place_arrow(Ui& ui, ImVec2 from, ImVec2 to);
  ImRect flow_picture(const Ui& ui) const;
  void paint_flow(const Ui& ui, Canvas& canvas) const;

  // stage_view.cpp
  GridShape grid_shape(float available, bool narrow) const;
  static float stage_height(const Ui& ui, const GridShape& shape);
  void draw_stage(Ui& ui, ImVec2 at, const GridShape& shape, size_t stage);
  void draw_cell(Ui& ui, ImRect rect, size_t stage, CellIndex cell, float limit);
  ImRect cell_rect(const Ui& ui, ImVec2 at, const GridShape& shape, CellIndex cell) const;
  void paint_stage_heads(const Ui& ui, Canvas& canvas, ImVec2 at, const GridShape& shape,
                         size_t stage) const;
  void paint_cell(const Ui& ui, Canvas& canvas, ImRect rect, size_t stage, CellIndex cell,
                  float limit) const;
  void operate_input_cell(Ui& ui, const Interaction& state, CellIndex cell);
  float value_limit() const;
  const Tensor& shown(size_t stage) const;

  // tools_view.cpp
  float draw_tools(Ui& ui, Platform& platform, ImVec2 at, float width);
  int draw_stepper(Ui& ui, ImVec2 at, const AxisRow& axis, size_t count, size_t most);
  void draw_colour_scale(Ui& ui, ImVec2 right_top) const;

  // cell_editor.cpp
  void begin_edit(CellIndex cell, std::string text);
  void begin_typing(CellIndex cell);
  bool paste_table(CellIndex cell);
  void draw_editor(Ui& ui, ImRect rect, CellIndex cell);
  void commit_edit(CellIndex cell);

  // layer_view.cpp
  void draw_layer(Ui& ui, ImRect rect, size_t index);
  void draw_layer_params(Ui& ui, ImRect rect, size_t index);
  void draw_layer_tools(Ui& ui, ImRect rect, size_t index);
  void paint_layer(const Ui& ui, Canvas& canvas, ImRect rect, size_t index) const;
  void paint_layer_params(const Ui& ui, Canvas& canvas, ImRect rect, size_t index) const;
  void paint_curve(const Ui& ui, Canvas& canvas, ImRect rect, size_t index) const;
  void draw_add_layer(Ui& ui, ImVec2 at);
  std::optional<const Activation*> pick_activation(Ui& ui, const std::string& id, ImRect anchor,
                                                   const Activation* chosen);

  // trace_view.cpp
  float draw_trace(Ui& ui, ImVec2 at, float width);
  std::vector<TraceStep> trace_steps(const Ui& ui) const;
  float lay_out_trace(const Ui& ui, ImVec2 at, float width);
  void paint_trace(const Ui& ui, Canvas& canvas) const;

  // result_view.cpp
  float draw_result(Ui& ui, const SceneFrame& frame, ImVec2 at);
  void open_text_dialog();
  void draw_text_dialog(Ui& ui);
  Complaint take_input(std::string_view text);
  // Why the scene does not show that tensor; empty if it does.
  static Complaint refusal(const Tensor& input);

  // Changes of the document wait until the frame is drawn, so that all of it shows one state.
  void later(std::function<void()> change) { pending_ = std::move(change); }

  FormulaLibrary& formulas_;
  TensorModel model_;
  std::function<void()> pending_;
  CellIndex focus_{1, 0};  // the traced cell
  std::string pointed_;    // the id of the cell under the pointer
  FlowLayout flow_;
  std::vector<TraceStep> trace_;
  ImRect trace_part_;      // of the steps
  bool gradient_ = false;  // show ∂S/∂· instead of values
  Tab tab_ = Tab::printed;

  std::optional<CellIndex> editing_;
  std::string edit_text_;
  bool edit_typed_on_ = false;       // the text was typed, so that typing goes on behind it
  bool edit_starts_ = false;         // the editor has yet to take the keyboard
  std::optional<float> scrub_from_;  // a cell's value when a drag on it began
  bool drawn_ = false;
  Complaint complaint_;  // about the last input that was refused
  TextDialog text_{"tensor.text"};
  double copied_until_ = 0;  // while the Copy button says so
};

}  // namespace lab
