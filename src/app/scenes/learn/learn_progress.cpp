#include "app/scenes/learn/learn_progress.h"

#include <algorithm>

#include "core/json/json_value.h"
#include "core/json_writer.h"

namespace lab {

using Kind = JsonValue::Kind;

bool LessonProgress::has(std::string_view task) const {
  return std::ranges::find(done, task) != done.end();
}

// {"last": "xor", "lessons": {"xor": {"answer": 1, "done": ["three"]}}}
LearnProgress LearnProgress::read(std::string_view text) {
  LearnProgress progress;
  const Result<JsonDocument> document = JsonDocument::parse(text);
  if (!document || !document.value().root().is(Kind::object)) return progress;
  const JsonValue root = document.value().root();
  if (const JsonValue last = root.find("last"); last.is(Kind::string)) {
    progress.last_ = std::string(last.string());
  }
  const JsonValue lessons = root.find("lessons");
  if (!lessons.is(Kind::object)) return progress;
  for (const Lesson& lesson : course()) {
    const JsonValue entry = lessons.find(lesson.id);
    if (!entry.is(Kind::object)) continue;
    LessonProgress& kept = progress.lessons_[lesson.id];
    const size_t asked = lesson.prediction_step();
    const JsonValue answer = entry.find("answer");
    if (answer.is(Kind::number) && asked < lesson.steps.size()) {
      const size_t count = lesson.steps[asked].prediction->answers.size();
      for (size_t i = 0; i < count; ++i) {
        if (answer.number() == static_cast<double>(i)) kept.answer = i;
      }
    }
    const JsonValue done = entry.find("done");
    if (!done.is(Kind::array)) continue;
    for (JsonValue v = done.first(); v.exists(); v = v.next()) {
      for (const LessonTask* task : lesson.tasks()) {
        if (v.is(Kind::string) && v.string() == task->id && !kept.has(task->id)) {
          kept.done.push_back(task->id);
        }
      }
    }
  }
  return progress;
}

std::string LearnProgress::text() const {
  JsonWriter json;
  json.begin_object().member("last", std::string_view(last_));
  json.key("lessons").begin_object();
  for (const auto& [id, kept] : lessons_) {
    json.key(id).begin_object();
    if (kept.answer) json.member("answer", *kept.answer);
    json.key("done").begin_array();
    for (const std::string& task : kept.done) json.value(std::string_view(task));
    json.end_array().end_object();
  }
  json.end_object().end_object();
  return json.text();
}

const LessonProgress& LearnProgress::of(const Lesson& lesson) const {
  static const LessonProgress nothing;
  const auto found = lessons_.find(lesson.id);
  return found == lessons_.end() ? nothing : found->second;
}

bool LearnProgress::answered(const Lesson& lesson) const {
  return lesson.prediction_step() == lesson.steps.size() || of(lesson).answer.has_value();
}

size_t LearnProgress::all(const Lesson& lesson) {
  return lesson.tasks().size() + (lesson.prediction_step() < lesson.steps.size() ? 1 : 0);
}

size_t LearnProgress::done(const Lesson& lesson) const {
  return of(lesson).done.size() + (of(lesson).answer ? 1 : 0);
}

bool LearnProgress::finished(const Lesson& lesson) const {
  return done(lesson) == all(lesson);
}

}  // namespace lab
