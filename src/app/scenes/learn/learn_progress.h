#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/scenes/learn/lesson.h"

namespace lab {

// What a person has done of one lesson.
struct LessonProgress {
  std::optional<size_t> answer;   // to its question
  std::vector<std::string> done;  // ids of tasks, which stay done

  bool has(std::string_view task) const;
  bool operator==(const LessonProgress&) const = default;
};

// What a person has done of the course, as it is kept on the machine. A value.
class LearnProgress {
 public:
  // Of a text that somebody may have spoilt, what can be read.
  static LearnProgress read(std::string_view text);
  std::string text() const;

  const LessonProgress& of(const Lesson& lesson) const;
  LessonProgress& of(const Lesson& lesson) { return lessons_[lesson.id]; }
  // The lesson that was open last; empty if none.
  const std::string& last() const { return last_; }
  void set_last(const std::string& lesson) { last_ = lesson; }

  bool answered(const Lesson& lesson) const;
  bool finished(const Lesson& lesson) const;
  // Of the question and the tasks: how many are behind one, and how many there are.
  size_t done(const Lesson& lesson) const;
  static size_t all(const Lesson& lesson);

  bool operator==(const LearnProgress&) const = default;

 private:
  std::map<std::string, LessonProgress, std::less<>> lessons_;
  std::string last_;
};

}  // namespace lab
