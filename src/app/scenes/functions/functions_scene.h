#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "app/scenes/functions/curve_cache.h"
#include "app/scenes/functions/row_view.h"
#include "app/scenes/link_keys.h"
#include "app/scenes/scene.h"

namespace lab {

// Curves of any chosen functions with their derivatives, and what is to be known about one of them.
class FunctionsScene final : public Scene {
 public:
  static constexpr size_t kMostChosen = 8;
  static constexpr std::array kUsual = {"sigmoid", "relu"};  // what is chosen at first

  explicit FunctionsScene(FormulaLibrary& formulas);

  float draw(Ui& ui, const SceneFrame& frame) override;
  std::string sentence(Language language) const override;
  Complaint open(std::string_view link) override;
  std::string link() const override;
  void list_keys(LinkKeys& keys) const override;
  Complaint& complaint() override { return complaint_; }
  static std::span<const ScenePart> parts();
  std::vector<Figure> figures(const Ui& ui) override;
  void show_figure(std::string_view id) override;
  void write_state(JsonWriter& json) const override;

 private:
  // functions_link.cpp
  struct Look;
  static void pass(LinkKeys& keys, Look& look);
  Look look() const;

  // functions_scene.cpp
  float draw_heading(Ui& ui, const SceneFrame& frame, ImVec2 at);
  float draw_choosing(Ui& ui, const SceneFrame& frame, ImVec2 at);
  size_t place_of(const Activation& activation) const;
  bool choose(const Activation& activation);
  void choose_or_complain(const Activation& activation);
  void toggle(const Activation& activation);
  float draw_subjects(Ui& ui, ImVec2 at, float width);
  void reset_view();
  void measure(const Platform& platform);
  const FunctionChoice* subject() const;

  // chips_view.cpp
  float draw_chips(Ui& ui, ImVec2 at, float width, bool with_rows);
  float draw_chosen(Ui& ui, ImVec2 at, float width, bool with_rows);
  void draw_chip(Ui& ui, ImVec2 at, const Activation& activation);
  void draw_row_chip(Ui& ui, ImVec2 at, const RowActivation& function);

  // formula_view.cpp
  float draw_formula_entry(Ui& ui, ImVec2 at, float width);
  void add_formula();
  void remove_formula(const Activation& row);
  std::string check_text(const Ui& ui, const FormulaReport& report) const;

  // plot_view.cpp
  float draw_plot_panel(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);
  void operate_plot(Ui& ui, ImRect area);
  void paint(const Ui& ui, Canvas& canvas);
  void paint_names(const Ui& ui, Canvas& canvas);
  void paint_regions(const Ui& ui, Canvas& canvas) const;
  // The values at the cursor, as a card.
  struct ReadOut {
    std::vector<std::string> lines;
    ImVec2 size;
  };
  ReadOut read_out(const Ui& ui, bool roomy) const;
  std::string cursor_text() const;
  std::string value_text(float value) const;
  ImVec2 card_corner(ImVec2 size) const;
  void paint_read_out(const Ui& ui, Canvas& canvas, const ReadOut& values, ImVec2 corner) const;
  bool shows_cursor() const;
  void paint_cross_hair(const Ui& ui, Canvas& canvas) const;
  float draw_options(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);
  ImRect picture(const Type& type) const;
  std::string name_in_csv(const FunctionChoice& choice) const;
  void export_csv(Platform& platform) const;

  // detail_view.cpp
  float draw_details(Ui& ui, ImVec2 at, float width);
  float draw_formulas(Ui& ui, ImVec2 at, float width, const Activation& activation);
  float draw_params(Ui& ui, ImVec2 at, float width);
  float draw_properties(Ui& ui, ImVec2 at, float width);

  FormulaLibrary& formulas_;
  std::vector<FunctionChoice> chosen_;
  size_t subject_ = 0;  // index in chosen_ of the function the details are about
  std::string search_;
  Complaint complaint_;        // about what was refused last
  std::string draft_;          // the formula being typed
  Complaint draft_complaint_;  // … and what was wrong with it
  bool show_first_ = true, show_second_ = false, show_regions_ = true;
  Axes axes_;         // the part of the plane in view; the rectangle is laid out each frame
  float cursor_ = 1;  // x of the cross-hair
  CurveCache curves_;
  RowView rows_;
  std::vector<ImRect> names_;  // where the curves' names stand
  // Measured once for each subject: nanoseconds a value, and E[f(X)] for X ~ N(0, 1).
  std::optional<FunctionChoice> measured_;
  FormulaReport check_;  // of a formula
  double cost_ns_ = 0, mean_ = 0;
};

}  // namespace lab
