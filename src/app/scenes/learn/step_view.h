#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/scenes/learn/lesson.h"
#include "app/ui/rich_text.h"

namespace lab {

// How large a step is set.
struct StepLook {
  float size = 16;     // of its text, em in CSS px
  float formula = 20;  // of a formula that stands by itself
};

// What a step shows beside its text.
struct StepStanding {
  std::optional<size_t> answer;  // that was given to the question
  std::optional<size_t> chosen;  // that keys are about to give
  bool done = false;             // the task has been
  bool next = false;             // it is what to do next
  std::string now;               // what the task watches
};

// One step of a lesson, set into a column: its text, its formula, and a card for its question or
// its task.
class StepView {
 public:
  StepView(const Ui& ui, const LessonStep& step, const StepStanding& standing, const StepLook& look,
           float width);

  float height() const;
  // Returns the answer that was given to the question this frame.
  std::optional<size_t> draw(Ui& ui, ImVec2 at) const;

 private:
  TextStyle body() const { return {Face::ui, look_.size}; }
  float gap() const { return look_.size * 0.75f; }
  float card_room() const { return width_ - 2 * kCardPad; }
  float question_height() const;
  float task_height() const;
  float draw_formula(Ui& ui, ImVec2 at) const;
  std::optional<size_t> draw_question(Ui& ui, ImVec2 at) const;
  bool draw_answer(Ui& ui, ImVec2 at, size_t index) const;
  void draw_task(Ui& ui, ImVec2 at) const;
  void draw_card(Ui& ui, ImVec2 at, float height) const;
  float draw_caption(Ui& ui, ImVec2 at) const;

  static constexpr float kCardPad = 16, kMark = 30;

  const LessonStep& step_;
  const StepStanding& standing_;
  StepLook look_;
  float width_;
  float caption_height_;
  std::vector<RichText> paragraphs_;
  std::optional<MathBox> formula_;
  std::vector<RichText> answers_;
  std::optional<RichText> question_, why_, task_;
};

}  // namespace lab
