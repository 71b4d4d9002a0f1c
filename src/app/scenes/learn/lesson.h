#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/condition.h"
#include "core/localized.h"

namespace lab {

// A text of a lesson in every language, with marks as rich_text.h has them.
struct LessonText {
  std::string en, zh;

  std::string_view in(Language language) const { return language == Language::zh ? zh : en; }
};

// What a person is asked before the live scene may be operated.
struct Prediction {
  struct Answer {
    LessonText text;
    bool right = false;
  };
  LessonText question;
  std::vector<Answer> answers;
  LessonText why;  // shown with whichever answer
};

// Something to do in the live scene.
struct LessonTask {
  std::string id;  // stable: what has been done is kept by it
  LessonText text;
  std::string when;  // the condition as it was written
  Condition done;
  std::string watch;  // a name whose value is shown until it is done; empty: none
  std::string link;   // sets the scene up for it before an audience; empty: as it is
  // Parts of the scene that an audience can do without at this step, instead of the lesson's.
  std::vector<std::string> hide_presenting;
};

// One thought: what a presenter shows at a time.
struct LessonStep {
  std::vector<LessonText> paragraphs;
  std::string formula;  // TeX, empty: none
  std::string code;
  std::optional<Prediction> prediction;
  std::optional<LessonTask> task;
};

// One lesson of the course; src/app/lessons has the files.
struct Lesson {
  std::string id;
  LessonText title;
  std::string link;                          // opens the live scene, as behind the # of a URL
  std::vector<std::string> hide;             // parts of that scene that the lesson does not need
  std::vector<std::string> hide_presenting;  // … and further ones before an audience
  bool cover = false;  // the scene would give the answer away: nearly hidden until there is one
  std::vector<LessonStep> steps;

  // The id of the live scene: the link's scene=.
  std::string_view scene() const;
  // What opens the scene at a step: the lesson's link, or before an audience the task's.
  const std::string& link_at(size_t step, bool presenting) const;
  // Parts of the scene to leave out.
  std::vector<std::string> hidden_at(size_t step, bool presenting) const;
  // The step with the question; steps.size() if there is none.
  size_t prediction_step() const;
  std::vector<const LessonTask*> tasks() const;
};

// Reads a lesson's file. Nothing if it is not valid: then `problem` tells its author why, in
// English, with the line.
std::optional<Lesson> read_lesson(std::string_view text, std::string& problem);

// The lessons that the program carries, in their order.
const std::vector<Lesson>& course();

// The texts of their files, with the files' names.
struct LessonFile {
  std::string_view name, text;
};
const std::vector<LessonFile>& lesson_files();

}  // namespace lab
