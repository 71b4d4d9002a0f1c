#include "app/scenes/learn/learn_scene.h"

#include <algorithm>
#include <utility>

#include "app/scenes/link_keys.h"
#include "core/experiment/field_errors.h"

namespace lab {
namespace {

constexpr std::string_view kKept = "learn";  // the setting that keeps what is done
constexpr int kMostSteps = 99;               // of a lesson

std::string lesson_ids() {
  std::string ids;
  for (const Lesson& lesson : course()) ids += (ids.empty() ? "" : ", ") + lesson.id;
  return ids;
}

}  // namespace

LearnScene::LearnScene(FormulaLibrary& formulas) : live_(formulas) {}

float LearnScene::draw(Ui& ui, const SceneFrame& frame) {
  begin(frame.platform);
  if (!live_.is_open()) live_.open(lesson(), lesson().link_at(step_, presenting_));
  const float height = presenting_ ? draw_presentation(ui, frame) : draw_page(ui, frame);
  check_tasks(ui, frame.platform);
  changes_.make(ui);
  if (std::exchange(changed_, false)) frame.platform.store(kKept, done_.text());
  return height;
}

// Reads what was done before, and goes on with the lesson that was open last.
void LearnScene::begin(const Platform& platform) {
  if (begun_) return;
  begun_ = true;
  const std::string asked = done_.last();  // by a link
  done_ = LearnProgress::read(platform.load(kKept).value_or(""));
  if (!asked.empty()) done_.set_last(asked);
  const auto found = std::ranges::find(course(), done_.last(), &Lesson::id);
  if (found != course().end()) lesson_ = static_cast<size_t>(found - course().begin());
}

// Shows a lesson from its start, with a live scene of its own.
void LearnScene::show(size_t index, size_t step) {
  lesson_ = index;
  step_ = step;
  live_scale_ = 1;
  chosen_.reset();
  now_.clear();
  live_.close();
  done_.set_last(lesson().id);
  changed_ = true;
}

void LearnScene::answer(size_t index) {
  LessonProgress& kept = done_.of(course()[lesson_]);
  if (!kept.answer) kept.answer = index;
  chosen_.reset();
  changed_ = true;
}

void LearnScene::check_tasks(Ui& ui, Platform& platform) {
  if (held() || !live_.is_open() || !live_.worth_asking(platform.now())) return;
  std::vector<const LessonTask*> open = lesson().tasks();
  std::erase_if(open,
                [&](const LessonTask* task) { return done_.of(course()[lesson_]).has(task->id); });
  for (const TaskStanding& standing : live_.ask(open)) {
    std::string& now = now_[standing.task->id];
    if (now != standing.now) ui.keep_moving();
    now = standing.now;
    if (!standing.reached) continue;
    done_.of(course()[lesson_]).done.push_back(standing.task->id);
    changed_ = true;
    ui.keep_moving();
  }
}

// The first step that asks something of the person and has not got it; steps.size() if none does.
size_t LearnScene::next_to_do() const {
  const LessonProgress& kept = done_.of(lesson());
  const auto open = [&](const LessonStep& step) {
    return (step.prediction && !kept.answer) || (step.task && !kept.has(step.task->id));
  };
  return static_cast<size_t>(std::ranges::find_if(lesson().steps, open) - lesson().steps.begin());
}

StepStanding LearnScene::standing_of(size_t index) const {
  const LessonStep& step = lesson().steps[index];
  const LessonProgress& kept = done_.of(lesson());
  StepStanding standing;
  if (step.prediction) {
    standing.answer = kept.answer;
    standing.chosen = chosen_;
  }
  if (step.task) {
    standing.done = kept.has(step.task->id);
    const auto now = now_.find(step.task->id);
    if (now != now_.end()) standing.now = now->second;
  }
  standing.next = index == next_to_do();
  return standing;
}

float LearnScene::draw_live(Ui& ui, const SceneFrame& frame, ImVec2 at, float width,
                            bool presenting) {
  const std::vector<std::string> hidden = lesson().hidden_at(step_, presenting);
  SceneFrame inner = frame;
  inner.top_left = at;
  inner.width = width;
  inner.hidden = hidden;
  inner.address = [&] {
    return frame.platform.address() + "#scene=" + std::string(lesson().scene()) + "&" +
           live_.scene().link();
  };
  const bool say = !presenting || asks();
  const LiveScene::Hold hold{lesson().cover, say ? ui.tr(Str::learn_held) : std::string_view()};
  return live_.draw(ui, inner, held() ? &hold : nullptr);
}

std::string LearnScene::sentence(Language language) const {
  if (!live_.is_open()) return std::string(lesson().title.in(language));
  if (held()) return std::string(tr(language, Str::learn_held));  // it would tell the answer
  return live_.scene().sentence(language);
}

Complaint LearnScene::open(std::string_view link) {
  std::optional<size_t> asked;
  bool present = false;
  int step = 1;
  LinkKeys keys(link);
  keys.only_these();
  keys.flag("present", present, false);
  keys.whole("app.step", step, 1, 1, kMostSteps);
  keys.text("lesson", "", [&](std::string_view id) -> std::optional<Error> {
    const auto found = std::ranges::find(course(), id, &Lesson::id);
    if (found != course().end()) {
      asked = static_cast<size_t>(found - course().begin());
      return std::nullopt;
    }
    return field_error("experiment.choice", "lesson", {quote_text(id), lesson_ids()});
  });
  if (keys.error()) return *keys.error();
  presenting_ = present;
  const size_t index = asked.value_or(lesson_);
  const size_t last = course()[index].steps.size() - 1;
  if (asked || step > 1) show(index, std::min(static_cast<size_t>(step - 1), last));
  return {};
}

std::string LearnScene::link() const {
  std::string text = "v=1&lesson=" + lesson().id;
  if (presenting_) text += "&present=1";
  if (presenting_ && step_ > 0) text += "&app.step=" + std::to_string(step_ + 1);
  return text;
}

void LearnScene::list_keys(LinkKeys& keys) const {
  bool present = false;
  int step = 1;
  keys.text("lesson", {}, nullptr);
  keys.flag("present", present, false);
  keys.whole("app.step", step, 1, 1, kMostSteps);
}

std::span<const ScenePart> LearnScene::parts() {
  static constexpr ScenePart kParts[] = {
      {"lessons", Str::part_lessons}, {"text", Str::part_text}, {"live", Str::part_live}};
  return kParts;
}

bool LearnScene::command(SceneCommand command) {
  if (!live_.is_open()) return false;
  if (command == SceneCommand::reset) {
    changes_.later([this] { live_.close(); });
    return true;
  }
  return !held() && live_.scene().command(command);
}

std::optional<SceneProgress> LearnScene::progress() const {
  return live_.is_open() ? live_.scene().progress() : std::nullopt;
}

void LearnScene::write_state(JsonWriter& json) const {
  const LessonProgress& kept = done_.of(lesson());
  json.member("lesson", std::string_view(lesson().id));
  json.member("held", held()).member("presenting", presenting_).member("lessonStep", step_);
  if (presenting_) json.member("fits", fits_);
  if (kept.answer) json.member("answer", *kept.answer);
  json.key("done").begin_array();
  for (const std::string& task : kept.done) json.value(std::string_view(task));
  json.end_array();
  json.key("finished").begin_array();
  for (const Lesson& other : course()) {
    if (done_.finished(other)) json.value(std::string_view(other.id));
  }
  json.end_array();
  if (!live_.is_open()) return;
  json.key("live").begin_object().member("scene", lesson().scene());
  live_.scene().write_state(json);
  json.end_object();
}

}  // namespace lab
