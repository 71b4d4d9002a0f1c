#include "app/scenes/learn/lesson.h"

#include <algorithm>

#include "core/json/json_value.h"

namespace lab {
namespace {

using Kind = JsonValue::Kind;

// Reads the members of objects, each of which must be known, and keeps the first complaint.
class LessonReader {
 public:
  explicit LessonReader(std::string& problem) : problem_(problem) { problem_.clear(); }

  bool lesson(JsonValue value, Lesson& lesson) {
    if (!object(value, {"id", "title", "live", "steps"})) return false;
    string(value, "id", lesson.id);
    text(value, "title", lesson.title);
    live(value.find("live"), value, lesson);
    for (JsonValue v = entries(value, "steps"); v.exists(); v = v.next()) {
      step(v, lesson.steps.emplace_back());
    }
    return problem_.empty();
  }

 private:
  void complain(JsonValue at, std::string what) {
    if (!problem_.empty()) return;
    const int line = at.exists() ? at.position().line : 1;
    problem_ = "line " + std::to_string(line) + ": " + std::move(what);
  }

  bool object(JsonValue value, std::initializer_list<std::string_view> known) {
    if (!value.is(Kind::object)) {
      complain(value, "an object { … } is needed here");
      return false;
    }
    for (JsonValue v = value.first(); v.exists(); v = v.next()) {
      if (std::ranges::find(known, v.name()) == known.end()) {
        complain(v, "“" + std::string(v.name()) + "” is not known here");
      }
    }
    return problem_.empty();
  }

  JsonValue need(JsonValue parent, std::string_view name, Kind kind) {
    const JsonValue value = parent.find(name);
    if (!value.exists()) {
      complain(parent, "“" + std::string(name) + "” is missing");
    } else if (!value.is(kind)) {
      complain(value, "“" + std::string(name) + "” is of the wrong kind");
    }
    return value;
  }

  // The first entry of a list.
  JsonValue entries(JsonValue parent, std::string_view name) {
    const JsonValue list = need(parent, name, Kind::array);
    return list.exists() ? list.first() : list;
  }

  void string(JsonValue parent, std::string_view name, std::string& to) {
    const JsonValue value = need(parent, name, Kind::string);
    if (value.is(Kind::string)) to = std::string(value.string());
  }

  void optional_string(JsonValue parent, std::string_view name, std::string& to) {
    if (parent.find(name).exists()) string(parent, name, to);
  }

  void text(JsonValue parent, std::string_view name, LessonText& to) {
    read_text(need(parent, name, Kind::object), to);
  }

  void read_text(JsonValue value, LessonText& to) {
    if (!value.exists() || !object(value, {"en", "zh"})) return;
    string(value, "en", to.en);
    string(value, "zh", to.zh);
  }

  void strings(JsonValue parent, std::string_view name, std::vector<std::string>& to) {
    if (!parent.find(name).exists()) return;
    for (JsonValue v = entries(parent, name); v.exists(); v = v.next()) {
      if (!v.is(Kind::string)) return complain(v, "a text is needed here");
      to.emplace_back(v.string());
    }
  }

  void live(JsonValue value, JsonValue parent, Lesson& lesson) {
    if (!value.exists()) return complain(parent, "“live” is missing");
    if (!object(value, {"link", "hide", "hidePresenting", "cover"})) return;
    string(value, "link", lesson.link);
    if (value.find("cover").exists()) {
      const JsonValue cover = need(value, "cover", Kind::boolean);
      lesson.cover = cover.is(Kind::boolean) && cover.boolean();
    }
    strings(value, "hide", lesson.hide);
    strings(value, "hidePresenting", lesson.hide_presenting);
    if (problem_.empty() && lesson.scene().empty()) complain(value, "the link has no scene=");
  }

  void step(JsonValue value, LessonStep& step) {
    if (!object(value, {"text", "formula", "code", "predict", "task"})) return;
    if (value.find("text").exists()) {
      for (JsonValue v = entries(value, "text"); v.exists(); v = v.next()) {
        read_text(v, step.paragraphs.emplace_back());
      }
    }
    optional_string(value, "formula", step.formula);
    optional_string(value, "code", step.code);
    if (const JsonValue v = value.find("predict"); v.exists()) {
      prediction(v, step.prediction.emplace());
    }
    if (const JsonValue v = value.find("task"); v.exists()) task(v, step.task.emplace());
  }

  void prediction(JsonValue value, Prediction& prediction) {
    if (!object(value, {"question", "answers", "why"})) return;
    text(value, "question", prediction.question);
    text(value, "why", prediction.why);
    for (JsonValue v = entries(value, "answers"); v.exists(); v = v.next()) {
      if (!object(v, {"en", "zh", "right"})) return;
      Prediction::Answer& answer = prediction.answers.emplace_back();
      string(v, "en", answer.text.en);
      string(v, "zh", answer.text.zh);
      answer.right = v.find("right").is(Kind::boolean) && v.find("right").boolean();
    }
    const auto right = std::ranges::count(prediction.answers, true, &Prediction::Answer::right);
    if (right != 1) complain(value, "exactly one answer must be right");
    if (prediction.answers.size() < 2 || prediction.answers.size() > 4) {
      complain(value, "2, 3 or 4 answers are needed");
    }
  }

  void task(JsonValue value, LessonTask& task) {
    if (!object(value, {"id", "do", "when", "watch", "link", "hidePresenting"})) return;
    string(value, "id", task.id);
    text(value, "do", task.text);
    string(value, "when", task.when);
    optional_string(value, "watch", task.watch);
    optional_string(value, "link", task.link);
    strings(value, "hidePresenting", task.hide_presenting);
    if (!problem_.empty()) return;
    Result<Condition> condition = Condition::parse(task.when);
    if (condition) {
      task.done = std::move(condition.value());
    } else {
      complain(value.find("when"), condition.error().message(Language::en) + " (column " +
                                       std::to_string(condition.error().column.value_or(1)) + ")");
    }
  }

  std::string& problem_;
};

}  // namespace

std::string_view Lesson::scene() const {
  constexpr std::string_view key = "scene=";
  std::string_view rest = link;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view piece = rest.substr(0, end);
    if (piece.starts_with(key)) return piece.substr(key.size());
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

const std::string& Lesson::link_at(size_t step, bool presenting) const {
  const std::optional<LessonTask>& task = steps[step].task;
  return presenting && task && !task->link.empty() ? task->link : link;
}

std::vector<std::string> Lesson::hidden_at(size_t step, bool presenting) const {
  std::vector<std::string> hidden = hide;
  if (!presenting) return hidden;
  const std::optional<LessonTask>& task = steps[step].task;
  const bool own = task && !task->hide_presenting.empty();
  const std::vector<std::string>& more = own ? task->hide_presenting : hide_presenting;
  hidden.insert(hidden.end(), more.begin(), more.end());
  return hidden;
}

size_t Lesson::prediction_step() const {
  const auto found = std::ranges::find_if(
      steps, [](const LessonStep& step) { return step.prediction.has_value(); });
  return static_cast<size_t>(found - steps.begin());
}

std::vector<const LessonTask*> Lesson::tasks() const {
  std::vector<const LessonTask*> tasks;
  for (const LessonStep& step : steps) {
    if (step.task) tasks.push_back(&*step.task);
  }
  return tasks;
}

std::optional<Lesson> read_lesson(std::string_view text, std::string& problem) {
  const Result<JsonDocument> document = JsonDocument::parse(text);
  if (!document) {
    problem = "line " + std::to_string(document.error().line.value_or(1)) + ": " +
              document.error().message(Language::en);
    return {};
  }
  Lesson lesson;
  if (!LessonReader(problem).lesson(document.value().root(), lesson)) return {};
  return lesson;
}

const std::vector<Lesson>& course() {
  static const std::vector<Lesson> lessons = [] {
    std::vector<Lesson> read;
    std::string problem;  // none: a test reads every file
    for (const LessonFile& file : lesson_files()) {
      if (auto lesson = read_lesson(file.text, problem)) read.push_back(std::move(*lesson));
    }
    return read;
  }();
  return lessons;
}

}  // namespace lab
