#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "app/scenes/learn/learn_progress.h"
#include "app/scenes/learn/live_scene.h"
#include "app/scenes/learn/live_values.h"
#include "app/ui/rich_text.h"
#include "headless.h"

using namespace lab;

namespace {

// The course, open at a lesson.
struct Course {
  FakePlatform platform;
  Headless lab;

  explicit Course(const std::string& lesson = "", ImVec2 size = {1440, 900}) : lab(platform, size) {
    open("scene=learn" + (lesson.empty() ? "" : "&lesson=" + lesson));
  }
  bool open(const std::string& link) {
    const bool valid = lab.app().open_link("#" + link);
    lab.settle();
    return valid;
  }
  nlohmann::json state() const { return lab.state(); }
  nlohmann::json live() const { return state()["live"]; }
  bool done(const std::string& task) const {
    const nlohmann::json tasks = state()["done"];
    return std::ranges::find(tasks, nlohmann::json(task)) != tasks.end();
  }
  void answer(size_t index) { lab.click("learn.answer." + std::to_string(index)); }
  // Plays the live scene until a task is done, at most for so many frames.
  void play_until(const std::string& task, const std::string& button, int frames = 1500) {
    lab.tap(button);
    for (int i = 0; i < frames && !done(task); ++i) lab.frame();
    if (live()["playing"].get<bool>()) lab.tap(button);
    lab.settle();
  }
  void choose(const std::string& select, const std::string& choice) {
    lab.click(select);
    lab.click(select + ".menu." + choice);
  }
  void enter(const std::string& field, std::string_view text) {
    lab.click(field);
    lab.press(ImGuiKey_A, ImGuiMod_Ctrl);
    lab.type(text);
    lab.press(ImGuiKey_Enter);
  }
};

size_t right_answer(const Lesson& lesson) {
  const auto& answers = lesson.steps[lesson.prediction_step()].prediction->answers;
  return static_cast<size_t>(std::ranges::find(answers, true, &Prediction::Answer::right) -
                             answers.begin());
}

std::vector<const LessonText*> texts_of(const Lesson& lesson) {
  std::vector<const LessonText*> texts = {&lesson.title};
  for (const LessonStep& step : lesson.steps) {
    for (const LessonText& paragraph : step.paragraphs) texts.push_back(&paragraph);
    if (step.task) texts.push_back(&step.task->text);
    if (!step.prediction) continue;
    texts.push_back(&step.prediction->question);
    texts.push_back(&step.prediction->why);
    for (const Prediction::Answer& answer : step.prediction->answers) texts.push_back(&answer.text);
  }
  return texts;
}

}  // namespace

TEST_CASE("every lesson's file is read") {
  for (const LessonFile& file : lesson_files()) {
    CAPTURE(file.name);
    std::string problem;
    CHECK(read_lesson(file.text, problem).has_value());
    CHECK(problem == "");
  }
  CHECK(course().size() == lesson_files().size());
  CHECK(course().size() >= 9);
}

TEST_CASE("lessons are complete in both languages, and all their formulas can be set") {
  FakePlatform platform;
  Headless lab(platform);
  Type type;
  type.load();
  std::set<std::string> ids;
  for (const Lesson& lesson : course()) {
    CAPTURE(lesson.id);
    CHECK(ids.insert(lesson.id).second);
    for (const LessonText* text : texts_of(lesson)) {
      for (const std::string* one : {&text->en, &text->zh}) {
        CAPTURE(*one);
        CHECK_FALSE(one->empty());
        CHECK(unclosed_mark(*one) == "");
        for (std::string_view formula : formulas_in(*one)) CHECK(is_typesettable(type, formula));
      }
      const auto formulas = formulas_in(text->en).size();
      CHECK(formulas_in(text->zh).size() == formulas);
    }
    for (const LessonStep& step : lesson.steps) CHECK(is_typesettable(type, step.formula));
    CHECK(lesson.prediction_step() < lesson.steps.size());
    CHECK(std::ranges::count_if(lesson.steps, [](const LessonStep& step) {
            return step.prediction.has_value();
          }) == 1);
    CHECK_FALSE(lesson.tasks().empty());
    CHECK(LearnProgress::all(lesson) > 1);
  }
}

TEST_CASE("lessons open their scenes without an error, and no task is done at the start") {
  FormulaLibrary formulas;
  FakePlatform platform;
  Headless lab(platform);
  for (const Lesson& lesson : course()) {
    CAPTURE(lesson.id);
    LiveScene live(formulas);
    for (const LessonTask* task : lesson.tasks()) {
      CAPTURE(task->id);
      if (!task->link.empty()) CHECK(live.open(lesson, task->link));
    }
    CHECK(live.open(lesson, lesson.link));
    for (size_t step = 0; step < lesson.steps.size(); ++step) {
      for (const std::string& part : lesson.hidden_at(step, true)) {
        CAPTURE(part);
        const auto known = std::ranges::find(scenes(), lesson.scene(), &SceneRow::id)->parts();
        CHECK(std::ranges::find(known, part, &ScenePart::id) != known.end());
      }
    }
    std::set<std::string> ids;
    const LiveValues values(live.scene());
    for (const TaskStanding& standing : live.ask(lesson.tasks())) {
      CAPTURE(standing.task->id);
      CHECK(ids.insert(standing.task->id).second);
      CHECK_FALSE(standing.reached);
      if (!standing.task->watch.empty()) CHECK_FALSE(standing.now.empty());
      for (const std::string& name : standing.task->done.names()) {
        CAPTURE(name);
        // Nothing is known yet of goals that no run has reached, and of layers behind the last.
        if (name.starts_with("runs.")) continue;
        CHECK_FALSE(values.find(name).empty());
      }
    }
  }
}

namespace {

// Moves the pointer over the plot of functions until x is there.
void point_at(Course& c, double x) {
  c.lab.point("functions.plot");
  const nlohmann::json rect = c.lab.item("functions.plot")["rect"];
  const nlohmann::json shown = c.live()["x"];
  const double min = shown[0], max = shown[1];
  const double share = (x - min) / (max - min);
  ImGui::GetIO().AddMousePosEvent(
      rect[0].get<float>() + rect[2].get<float>() * static_cast<float>(share),
      rect[1].get<float>() + rect[3].get<float>() * 0.6f);
  c.lab.settle();
}

// How a person does the tasks of each lesson: by the controls, from the lesson's own start.
const std::map<std::string, std::function<void(Course&)>>& solutions() {
  static const std::map<std::string, std::function<void(Course&)>> all = {
      {"linear",
       [](Course& c) {
         c.play_until("straight", "train.play");
         c.choose("train.layer.0.activation", "tanh");
         c.play_until("bent", "train.play");
       }},
      {"relu",
       [](Course& c) {
         point_at(c, -3);
         point_at(c, 5.5);
         c.lab.click("functions.choose.leaky_relu");
       }},
      {"sigmoid",
       [](Course& c) {
         c.lab.click("functions.first");
         point_at(c, 0);
         point_at(c, 5.5);
         c.lab.click("functions.choose.tanh");
       }},
      {"module",
       [](Course& c) {
         c.lab.point("tensor.cell.0.1");
         c.lab.settle();
         c.lab.click("tensor.layer.1.earlier");
         c.lab.click("tensor.cell.1.1");
         c.lab.type("5");
         c.lab.press(ImGuiKey_Enter);
       }},
      {"xor",
       [](Course& c) {
         c.play_until("two", "train.play");
         c.lab.click("train.layer.0.more");
         c.play_until("three", "train.play");
         for (int i = 0; i < 5; ++i) c.lab.click("train.layer.0.more");
         c.play_until("eight", "train.play");
       }},
      {"softmax",
       [](Course& c) {
         c.play_until("rings", "train.play");
         c.choose("train.layer.0.activation", "identity");
         c.play_until("wedges", "train.play");
       }},
      {"vanishing",
       [](Course& c) {
         c.play_until("stuck", "gradients.play");
         c.choose("gradients.activation", "tanh");
         c.choose("gradients.activation", "relu");
         c.choose("gradients.init", "he_uniform");
         c.play_until("learns", "gradients.play");
       }},
      {"dying",
       [](Course& c) {
         c.play_until("die", "gradients.play");
         c.enter("gradients.rate", "0.2");
         c.lab.click("gradients.reset");
         c.play_until("slower", "gradients.play");
         c.enter("gradients.rate", "1.5");
         c.choose("gradients.activation", "leaky_relu");
         c.play_until("leaky", "gradients.play");
       }},
      {"choosing",
       [](Course& c) {
         c.play_until("race", "compare.play");
         c.choose("compare.set.data.kind", "spiral");
         c.play_until("spiral", "compare.play");
         c.lab.tap("compare.seeds.run");
         for (int i = 0; i < 3000 && !c.done("seeds"); ++i) c.lab.frame();
       }},
  };
  return all;
}

}  // namespace

TEST_CASE("every lesson can be finished by its controls, in its own live scene") {
  for (const Lesson& lesson : course()) {
    CAPTURE(lesson.id);
    REQUIRE(solutions().contains(lesson.id));
    Course c(lesson.id);
    CHECK(c.state()["lesson"] == lesson.id);
    CHECK(c.state()["done"].empty());
    c.answer(right_answer(lesson));
    solutions().at(lesson.id)(c);
    c.lab.settle();
    for (const LessonTask* task : lesson.tasks()) {
      CAPTURE(task->id);
      CHECK(c.done(task->id));
      CHECK(c.lab.item("learn.task." + task->id)["value"] == "Done");
    }
    CHECK(c.state()["finished"] == nlohmann::json::array({lesson.id}));
  }
}

TEST_CASE("nothing in the live scene does anything until the question is answered") {
  Course c("xor");
  CHECK(c.state()["held"] == true);
  CHECK(c.lab.item("train.play")["enabled"] == false);
  c.lab.click("train.play");
  c.lab.app().act({ControlAction::Kind::press, "train.play", ""});
  c.lab.press(ImGuiKey_Space);
  c.lab.app().command(SceneCommand::play);
  c.lab.settle();
  CHECK(c.live()["playing"] == false);
  CHECK(c.live()["step"] == 0);
  c.answer(0);  // wrong
  CHECK(c.state()["held"] == false);
  CHECK(c.lab.item("learn.why")["label"].get<std::string>().starts_with("Not quite."));
  c.answer(2);  // too late
  CHECK(c.state()["answer"] == 0);
  CHECK(c.lab.item("train.play")["enabled"] == true);
  c.lab.tap("train.play");
  for (int i = 0; i < 30; ++i) c.lab.frame();
  CHECK(c.live()["step"].get<int>() > 0);
}

TEST_CASE(
    "what is done stays done: after a new start of the scene, in other lessons, and the next "
    "time") {
  FakePlatform kept;
  {
    Course c("relu");
    c.answer(2);
    point_at(c, -3);
    REQUIRE(c.done("left"));
    c.lab.click("learn.restart");
    CHECK(c.live()["cursor"] == 1);
    CHECK(c.done("left"));
    c.lab.click("learn.next");
    CHECK(c.state()["lesson"] == "sigmoid");
    CHECK(c.state()["held"] == true);
    c.lab.click("learn.previous");
    CHECK(c.done("left"));
    kept.settings = c.platform.settings;
  }
  Headless lab(kept);
  lab.click("scene.learn");
  CHECK(lab.state()["lesson"] == "relu");
  CHECK(lab.state()["held"] == false);
  CHECK(lab.state()["done"] == nlohmann::json::array({"left"}));
}

TEST_CASE("kept progress that somebody spoilt is as good as none") {
  for (const char* text : {"", "{", "[]", "{\"lessons\":[]}",
                           "{\"lessons\":{\"relu\":{\"answer\":99,\"done\":[1,\"no\"]}}}",
                           "{\"last\":\"nowhere\",\"lessons\":{\"relu\":7}}", "\xff\xfe"}) {
    CAPTURE(text);
    const LearnProgress progress = LearnProgress::read(text);
    for (const Lesson& lesson : course()) {
      CHECK_FALSE(progress.answered(lesson));
      CHECK(progress.done(lesson) == 0);
    }
    FakePlatform platform;
    platform.settings["learn"] = text;
    Headless lab(platform);
    lab.click("scene.learn");
    CHECK(lab.state()["lesson"] == course().front().id);
    lab.click("learn.answer.0");
    CHECK(LearnProgress::read(platform.settings["learn"]).answered(course().front()));
  }
}

TEST_CASE("a visitor's own tab stays as it is") {
  Course c("linear");
  c.lab.click("scene.train");
  const std::string before = c.state()["experiment"];
  c.lab.click("scene.learn");
  c.answer(0);
  c.lab.tap("train.play");
  for (int i = 0; i < 30; ++i) c.lab.frame();
  c.lab.tap("train.play");
  CHECK(c.live()["step"].get<int>() > 0);
  c.lab.click("scene.train");
  CHECK(c.state()["experiment"] == before);
  CHECK(c.state()["step"] == 0);
}

TEST_CASE("links open lessons; a wrong one is refused by name and changes nothing") {
  Course c("softmax");
  CHECK(c.state()["lesson"] == "softmax");
  CHECK(c.lab.app().link().find("lesson=softmax") != std::string::npos);
  CHECK_FALSE(c.open("scene=learn&lesson=nowhere"));
  CHECK(c.state()["lesson"] == "softmax");
  const std::string error = c.lab.item("learn.error")["label"];
  CHECK(error.find("nowhere") != std::string::npos);
  CHECK(error.find("lesson") != std::string::npos);
  CHECK_FALSE(c.open("scene=learn&lesson=xor&present=yes"));
  CHECK(c.state()["lesson"] == "softmax");
  CHECK_FALSE(c.open("scene=learn&data=xor"));
  CHECK(c.open("scene=learn&lesson=xor"));
  CHECK_FALSE(c.lab.has("learn.error"));
  CHECK(c.state()["lesson"] == "xor");
  c.lab.click("learn.lessons");
  c.lab.click("learn.lessons.menu.dying");
  CHECK(c.state()["lesson"] == "dying");
}

TEST_CASE("before an audience every step fits 1024 × 768, in both languages") {
  for (const char* language : {"en", "zh-CN"}) {
    for (const Lesson& lesson : course()) {
      Course c(lesson.id, {1024, 768});
      c.platform.language = language;
      c.open("scene=learn&lesson=" + lesson.id + "&present=1");
      for (size_t step = 0; step < lesson.steps.size(); ++step) {
        CAPTURE(language);
        CAPTURE(lesson.id);
        CAPTURE(step);
        CHECK(c.state()["presenting"] == true);
        CHECK(c.state()["lessonStep"] == step);
        CHECK(c.lab.app().content_height() == doctest::Approx(768));
        CHECK(c.state()["fits"] == true);
        for (const nlohmann::json& item : c.lab.items()) {
          CAPTURE(item["id"].get<std::string>());
          const nlohmann::json rect = item["rect"];
          CHECK(rect[0].get<double>() >= 0);
          CHECK(rect[1].get<double>() >= 0);
          CHECK(rect[0].get<double>() + rect[2].get<double>() <= 1024.5);
          CHECK(rect[1].get<double>() + rect[3].get<double>() <= 768.5);
        }
        c.lab.press(ImGuiKey_RightArrow);
        if (step == lesson.prediction_step()) {
          c.lab.press(ImGuiKey_LeftArrow);
          c.answer(0);
          CHECK(c.state()["fits"] == true);
          c.lab.press(ImGuiKey_RightArrow);
        }
      }
    }
  }
}

TEST_CASE("an audience is led through the course by keys alone") {
  Course c("xor", {1024, 768});
  c.lab.click("learn.present");
  CHECK(c.state()["presenting"] == true);
  c.lab.press(ImGuiKey_Space);  // leads to the question
  CHECK(c.state()["lessonStep"] == 2);
  CHECK(c.state()["held"] == true);
  c.lab.press(ImGuiKey_DownArrow);
  c.lab.press(ImGuiKey_DownArrow);
  c.lab.press(ImGuiKey_DownArrow);
  c.lab.press(ImGuiKey_DownArrow);
  c.lab.press(ImGuiKey_DownArrow);
  c.lab.press(ImGuiKey_UpArrow);
  c.lab.press(ImGuiKey_Space);
  CHECK(c.state()["answer"] == 2);
  CHECK(c.state()["held"] == false);
  c.lab.press(ImGuiKey_RightArrow);
  CHECK(c.state()["lessonStep"] == 3);
  c.lab.press(ImGuiKey_Space);
  for (int i = 0; i < 60; ++i) c.lab.frame();
  CHECK(c.live()["playing"] == true);
  c.lab.press(ImGuiKey_Space);
  CHECK(c.live()["playing"] == false);
  CHECK(c.live()["step"].get<int>() > 0);
  c.lab.press(ImGuiKey_R);
  CHECK(c.live()["step"] == 0);
  CHECK(c.state()["answer"] == 2);
  c.lab.press(ImGuiKey_LeftArrow);
  c.lab.press(ImGuiKey_R);  // at the question: once more
  CHECK(c.state()["held"] == true);
  c.lab.press(ImGuiKey_RightArrow);
  c.lab.press(ImGuiKey_DownArrow);
  CHECK(c.state()["lesson"] == "softmax");
  c.lab.press(ImGuiKey_LeftArrow);
  CHECK(c.state()["lesson"] == "xor");
  CHECK(c.state()["lessonStep"] == course()[4].steps.size() - 1);
  c.lab.press(ImGuiKey_Escape);
  CHECK(c.state()["presenting"] == false);
  CHECK(c.lab.has("scene.learn"));
}

TEST_CASE(
    "a presenter's keys leave a text field alone, and a scene drawn smaller takes the pointer") {
  Course c("module", {1024, 768});
  c.answer(1);
  c.open("scene=learn&lesson=module&present=1");
  c.lab.click("tensor.cell.1.0");
  c.lab.type("7");
  c.lab.press(ImGuiKey_LeftArrow);
  c.lab.press(ImGuiKey_R);
  c.lab.press(ImGuiKey_Space);
  CHECK(c.state()["lessonStep"] == 0);
  c.lab.press(ImGuiKey_Enter);
  CHECK(c.live()["input"]["data"][2] == 7);
  c.lab.press(ImGuiKey_Escape);  // leaves the next cell, which Enter has opened
  CHECK(c.state()["presenting"] == true);
  c.lab.press(ImGuiKey_RightArrow);
  CHECK(c.state()["lessonStep"] == 1);
}

TEST_CASE("a menu of a scene drawn smaller is as large as ever, and below what opened it") {
  Course c("choosing", {1024, 768});
  c.answer(0);
  c.open("scene=learn&lesson=choosing&present=1&app.step=3");
  const double scale = c.lab.item("learn.leave")["rect"][3].get<double>() / 32;  // of all the view
  const nlohmann::json button = c.lab.item("compare.run.1")["rect"];
  REQUIRE(button[3].get<double>() < 30 * scale);  // it is drawn smaller
  c.lab.click("compare.run.1");
  const nlohmann::json row = c.lab.item("compare.run.1.menu.elu")["rect"];
  CHECK(row[3].get<double>() == doctest::Approx(34 * scale));
  const nlohmann::json first = c.lab.item("compare.run.1.menu.identity")["rect"];
  // As far below the button as the view has room for it.
  const double lowest = 768 - (12 + 12 * 34 + 8) * scale;
  const double below = button[1].get<double>() + button[3].get<double>() + 14 * scale;
  CHECK(first[1].get<double>() == doctest::Approx(std::min(below, lowest)).epsilon(0.01));
  c.lab.click("compare.run.1.menu.elu");
  CHECK(c.live()["runs"][1]["value"] == "elu");
  CHECK_FALSE(c.lab.has("compare.run.1.menu.elu"));
}

TEST_CASE("a presenter turns to ten seeds, and they run") {
  Course c("choosing", {1024, 768});
  c.answer(0);
  c.open("scene=learn&lesson=choosing&present=1&app.step=5");
  CHECK(c.state()["lessonStep"] == 4);
  c.lab.settle();
  CHECK(c.live()["seeds"]["done"] == 40);
  CHECK(c.live()["seeds"]["running"] == false);
  CHECK(c.lab.has("compare.seeds.table.3.success"));
  CHECK(c.state()["fits"] == true);
  CHECK(c.lab.app().link().find("&app.step=5") != std::string::npos);
}

TEST_CASE("the figures that lessons give are those of their scenes") {
  SUBCASE("twelve layers of sigmoid pass 6e-9 of the gradient on") {
    Course c("vanishing");
    CHECK(std::pow(10, c.live()["layers"][0]["gradient"].get<double>()) ==
          doctest::Approx(6e-9).epsilon(0.1));
    CHECK(std::pow(10, c.live()["layers"][0]["slope"].get<double>()) ==
          doctest::Approx(2e-8).epsilon(0.1));
  }
  SUBCASE("23 of 36 neurons die, and three points in four are right") {
    Course c("dying");
    CHECK(c.live()["dead"] == 2);
    c.answer(0);
    for (int i = 0; i < 500; ++i) c.lab.app().command(SceneCommand::step);
    c.lab.settle();
    CHECK(c.live()["dead"] == 23);
    CHECK(c.lab.app().progress()->test_accuracy == doctest::Approx(0.75).epsilon(0.03));
  }
  SUBCASE("the race on the ring takes 8, 4, 2 and 2 epochs") {
    Course c("choosing");
    c.answer(0);
    c.play_until("race", "compare.play");
    const std::vector<int> epochs = {8, 4, 2, 2};
    for (size_t i = 0; i < epochs.size(); ++i) CHECK(c.live()["runs"][i]["goalEpoch"] == epochs[i]);
  }
}
