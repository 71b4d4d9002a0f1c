#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/scenes/learn/learn_progress.h"
#include "app/scenes/learn/live_scene.h"
#include "app/scenes/learn/step_view.h"
#include "app/scenes/scene.h"
#include "app/training/changes.h"

namespace lab {

// The course: a lesson's text beside a live scene. A question comes before anything in that scene
// may be operated; tasks tick themselves as soon as the scene shows that they are done.
class LearnScene final : public Scene {
 public:
  explicit LearnScene(FormulaLibrary& formulas);

  float draw(Ui& ui, const SceneFrame& frame) override;
  std::string sentence(Language language) const override;
  Complaint open(std::string_view link) override;
  std::string link() const override;
  void list_keys(LinkKeys& keys) const override;
  Complaint& complaint() override { return changes_.complaint; }
  static std::span<const ScenePart> parts();
  bool command(SceneCommand command) override;
  std::optional<SceneProgress> progress() const override;
  bool presents() const override { return presenting_; }
  void write_state(JsonWriter& json) const override;

 private:
  // learn_scene.cpp
  const Lesson& lesson() const { return course()[lesson_]; }
  bool held() const { return !done_.answered(lesson()); }
  void begin(const Platform& platform);
  void show(size_t lesson, size_t step = 0);
  void answer(size_t index);
  void check_tasks(Ui& ui, Platform& platform);
  StepStanding standing_of(size_t step) const;
  size_t next_to_do() const;
  float draw_live(Ui& ui, const SceneFrame& frame, ImVec2 at, float width, bool presenting);

  // lesson_page.cpp
  float draw_page(Ui& ui, const SceneFrame& frame);
  float draw_below(Ui& ui, const SceneFrame& frame, ImVec2 at, bool text, bool live);
  float draw_beside(Ui& ui, const SceneFrame& frame, ImVec2 at);
  float draw_bar(Ui& ui, ImVec2 at, float width);
  float draw_list(Ui& ui, ImVec2 at, float width);
  float draw_marks(Ui& ui, ImVec2 at, float width) const;
  float draw_text(Ui& ui, ImVec2 at, float width);
  float draw_end(Ui& ui, ImVec2 at, float width);

  // presenter_page.cpp
  float draw_presentation(Ui& ui, const SceneFrame& frame);
  void draw_top(Ui& ui, ImVec2 at, float width);
  void draw_step(Ui& ui, ImVec2 at, ImVec2 room);
  void draw_live_to_fit(Ui& ui, const SceneFrame& frame, ImVec2 at, ImVec2 room);
  void draw_bottom(Ui& ui, ImVec2 at, float width) const;
  void handle_keys();
  bool asks() const;
  void choose(int by);
  void turn(int by);
  void turn_lesson(int by);
  void press_space();
  void start_over();

  LiveScene live_;
  Changes changes_;
  LearnProgress done_;
  bool begun_ = false;    // what is kept has been read
  bool changed_ = false;  // … and is to be kept again
  size_t lesson_ = 0;
  size_t step_ = 0;  // before an audience
  bool presenting_ = false;
  bool fits_ = true;                        // … the step and the scene into the view
  std::optional<size_t> chosen_;            // the answer that keys are at
  std::map<std::string, std::string> now_;  // what tasks watch, by their ids
  float live_height_ = 0;                   // of the last frame
  ImVec2 live_room_;                        // … before an audience
  float live_scale_ = 1;                    // … at which it fits
};

}  // namespace lab
