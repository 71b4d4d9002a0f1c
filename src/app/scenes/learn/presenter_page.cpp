#include <algorithm>

#include "app/scenes/learn/learn_scene.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kTop = 52, kBottom = 32, kGap = 24;
constexpr float kLargest = 20, kSmallest = 14;  // em of a step's text
constexpr float kLeastScale = 0.3f;             // of the scene

}  // namespace

// One step at a time, as large as it fits, beside the scene.
float LearnScene::draw_presentation(Ui& ui, const SceneFrame& frame) {
  handle_keys();
  const ImVec2 at = frame.top_left;
  const float width = frame.width, height = frame.view_height;
  draw_top(ui, at, width);
  const float left = std::clamp(0.4f * width, 260.0f, 520.0f);
  const float body = height - kTop - kBottom;
  draw_step(ui, {at.x, at.y + kTop}, {left, body});
  draw_live_to_fit(ui, frame, {at.x + left + kGap, at.y + kTop}, {width - left - kGap, body});
  draw_bottom(ui, {at.x, at.y + height - kBottom}, width);
  return height;
}

void LearnScene::draw_top(Ui& ui, ImVec2 at, float width) {
  const std::string number = std::to_string(lesson_ + 1) + " · ";
  const std::string title = number + plain_text(lesson().title.in(ui.language));
  const std::string place =
      ui.tr(Str::learn_step_of, {std::to_string(step_ + 1), std::to_string(lesson().steps.size())});
  const float middle = at.y + 18;
  const float side = ui.type().width(style::body, place) + kControlHeight + 16;
  ui.type().draw_middle(ui.list(), {at.x, middle}, style::title, ui.tone(Tone::text),
                        ui.type().fit(style::title, width - side - 16, title));
  ui.record("learn.title", {at, {at.x + width - side, at.y + 36}}, Role::text, title, title);
  const float right = at.x + width;
  ui.type().draw_middle(ui.list(), {right - side, middle}, style::body, ui.tone(Tone::muted),
                        place);
  const ImRect leave({right - kControlHeight, middle - 16}, {right, middle + 16});
  if (icon_button(ui, "learn.leave", leave, Icon::close, ui.tr(Str::learn_leave))) {
    changes_.later([this] { presenting_ = false; });
  }
}

void LearnScene::draw_step(Ui& ui, ImVec2 at, ImVec2 room) {
  const LessonStep& step = lesson().steps[step_];
  StepStanding standing = standing_of(step_);
  standing.next = standing.next && (step.task || step.prediction);
  StepLook look{kLargest, kLargest * 1.25f};
  while (look.size > kSmallest && StepView(ui, step, standing, look, room.x).height() > room.y) {
    look.size -= 1;
    look.formula = look.size * 1.25f;
  }
  const StepView view(ui, step, standing, look, room.x);
  fits_ = view.height() <= room.y;
  if (const auto given = view.draw(ui, at)) changes_.later([this, given] { answer(*given); });
  std::string text;
  for (const LessonText& paragraph : step.paragraphs) {
    text += plain_text(paragraph.in(ui.language)) + " ";
  }
  if (text.empty()) return;
  ui.record("learn.step." + std::to_string(step_), {at, {at.x + room.x, at.y + view.height()}},
            Role::text, text, text);
  ui.last_control().live = true;
}

// Scenes are as high as their width makes them: one that is too high for the room is laid out for a
// larger one, and drawn smaller.
void LearnScene::draw_live_to_fit(Ui& ui, const SceneFrame& frame, ImVec2 at, ImVec2 room) {
  if (room.x != live_room_.x || room.y != live_room_.y) live_scale_ = 1;
  live_room_ = room;
  SceneFrame inner = frame;
  inner.view_height = room.y / live_scale_;
  ui.begin_scaled({at, {at.x + room.x, at.y + room.y}}, live_scale_);
  const float height = draw_live(ui, inner, at, room.x / live_scale_, true) * live_scale_;
  ui.end_scaled();
  fits_ &= height <= room.y;
  if (height <= room.y || live_scale_ <= kLeastScale) return;
  live_scale_ = std::max(kLeastScale, live_scale_ * std::clamp(room.y / height, 0.85f, 0.97f));
  ui.keep_moving();
}

void LearnScene::draw_bottom(Ui& ui, ImVec2 at, float width) const {
  const float middle = at.y + kBottom / 2 + 4;
  const std::string_view keys = ui.tr(asks() ? Str::learn_keys_answer : Str::learn_keys);
  ui.type().draw_middle(ui.list(), {at.x, middle}, style::caption, ui.tone(Tone::muted),
                        ui.type().fit(style::caption, width - 140, keys));
  ui.record("learn.keys", {{at.x, middle - 10}, {at.x + width - 140, middle + 10}}, Role::text,
            keys, keys);
  float x = at.x + width - 6;
  for (size_t i = lesson().steps.size(); i-- > 0;) {
    const StepStanding standing = standing_of(i);
    const Tone tone = standing.done || standing.answer ? Tone::good : Tone::muted;
    if (i == step_) {
      ui.list()->AddCircleFilled({x, middle}, 5, ui.tone(Tone::accent));
    } else {
      ui.list()->AddCircle({x, middle}, 4, ui.tone(tone), 0, 1.5f);
    }
    x -= 16;
  }
}

// Whether the step in view asks something that has not been answered.
bool LearnScene::asks() const {
  return lesson().steps[step_].prediction && held();
}

// The presenter's keys are its own: neither the live scene nor the keyboard cursor gets them.
void LearnScene::handle_keys() {
  if (ImGui::GetIO().WantTextInput || ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  const ImGuiID owner = item_id("learn.keys");
  const auto pressed = [&](ImGuiKey key) {
    ImGui::SetKeyOwner(key, owner, ImGuiInputFlags_LockThisFrame);
    return ImGui::GetIO().KeyMods == ImGuiMod_None && ImGui::IsKeyPressed(key, 0, owner);
  };
  if (pressed(ImGuiKey_Space)) press_space();
  if (pressed(ImGuiKey_RightArrow)) changes_.later([this] { turn(1); });
  if (pressed(ImGuiKey_LeftArrow)) changes_.later([this] { turn(-1); });
  const int down = pressed(ImGuiKey_DownArrow) ? 1 : 0, up = pressed(ImGuiKey_UpArrow) ? 1 : 0;
  if (down != up) {
    changes_.later([this, by = down - up] { asks() ? choose(by) : turn_lesson(by); });
  }
  if (pressed(ImGuiKey_R)) changes_.later([this] { start_over(); });
  if (pressed(ImGuiKey_Escape)) changes_.later([this] { presenting_ = false; });
}

// Plays and pauses; before the question is answered, it leads there and gives the chosen answer.
void LearnScene::press_space() {
  if (held()) {
    changes_.later([this] {
      if (!asks()) {
        step_ = lesson().prediction_step();
      } else if (chosen_) {
        answer(*chosen_);
      } else {
        choose(1);
      }
    });
    return;
  }
  live_.scene().command(live_.playing() ? SceneCommand::pause : SceneCommand::play);
}

// The scene as at first; where the step in view asks something, that is asked once more.
void LearnScene::start_over() {
  live_.close();
  live_scale_ = 1;
  if (!lesson().steps[step_].prediction) return;
  done_.of(course()[lesson_]).answer.reset();
  changed_ = true;
}

void LearnScene::choose(int by) {
  const auto count = static_cast<int>(lesson().steps[step_].prediction->answers.size());
  const int now = chosen_ ? static_cast<int>(*chosen_) : by > 0 ? -1 : count;
  chosen_ = static_cast<size_t>(std::clamp(now + by, 0, count - 1));
}

// To the next step, or the previous one, also of the lessons beside.
void LearnScene::turn(int by) {
  const size_t last = lesson().steps.size() - 1;
  if (by > 0 && step_ == last) return turn_lesson(1);
  if (by < 0 && step_ == 0) {
    if (lesson_ == 0) return;
    const size_t before = lesson_ - 1;
    return show(before, course()[before].steps.size() - 1);
  }
  step_ += by > 0 ? 1 : static_cast<size_t>(-1);
  chosen_.reset();
  const std::optional<LessonTask>& task = lesson().steps[step_].task;
  if (task && !task->link.empty()) live_.close();  // to be set up for it
}

void LearnScene::turn_lesson(int by) {
  if (by > 0 && lesson_ + 1 < course().size()) show(lesson_ + 1);
  if (by < 0 && lesson_ > 0) show(lesson_ - 1);
}

}  // namespace lab
