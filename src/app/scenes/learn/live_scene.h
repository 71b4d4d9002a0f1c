#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/scenes/learn/lesson.h"
#include "app/scenes/scene.h"

namespace lab {

// How things are with a task at present.
struct TaskStanding {
  const LessonTask* task;
  bool reached;  // its condition holds
  std::string
      now;  // what its name to watch stands for, as people read it; empty if that is nothing
};

// The scene beside a lesson: one of its own, so that a visitor's tab of that kind stays as it is.
class LiveScene {
 public:
  explicit LiveScene(FormulaLibrary& formulas) : formulas_(formulas) {}

  // Makes the lesson's scene anew, as a link shows it. False if that is not valid.
  bool open(const Lesson& lesson, const std::string& link);
  void close() { scene_.reset(); }
  bool is_open() const { return scene_ != nullptr; }
  Scene& scene() { return *scene_; }
  const Scene& scene() const { return *scene_; }
  bool playing() const;

  // How it looks while nothing in it does anything.
  struct Hold {
    bool covered;           // it can hardly be seen
    std::string_view note;  // what it waits for; may be empty
  };
  // Draws it and returns its height; held, unless `hold` is null.
  float draw(Ui& ui, const SceneFrame& frame, const Hold* hold);

  std::vector<TaskStanding> ask(const std::vector<const LessonTask*>& tasks) const;
  // Whether an answer may differ from the last one: at times while the scene plays, else whenever a
  // frame is drawn.
  bool worth_asking(double now);

 private:
  static void draw_veil(Ui& ui, ImVec2 at, ImVec2 size, const Hold& hold);

  FormulaLibrary& formulas_;
  std::unique_ptr<Scene> scene_;
  double asked_at_ = -1;  // seconds, by the platform's clock
};

}  // namespace lab
