#include "app/scenes/learn/live_scene.h"

#include <algorithm>

#include "app/scenes/learn/live_values.h"
#include "app/ui/number.h"

namespace lab {
namespace {

constexpr double kBetweenQuestions = 0.1;       // seconds
constexpr float kVeil = 0.35f, kCover = 0.88f;  // opacity of what lies over a scene that is held

// Keys that scenes listen to by themselves.
constexpr ImGuiKey kSceneKeys[] = {ImGuiKey_Space, ImGuiKey_C, ImGuiKey_V, ImGuiKey_Y, ImGuiKey_Z};

// The value of a name as people read it.
std::string shown(std::string_view name, const std::vector<ConditionValue>& values) {
  if (values.empty()) return {};
  if (const double* number = std::get_if<double>(&values.front())) {
    const bool share = name.ends_with("Accuracy");
    return share ? share_text(*number) : number_text(*number, 3);
  }
  if (const auto* text = std::get_if<std::string>(&values.front())) return *text;
  return {};
}

}  // namespace

bool LiveScene::open(const Lesson& lesson, const std::string& link) {
  const auto row = std::ranges::find(scenes(), lesson.scene(), &SceneRow::id);
  if (row == scenes().end()) return false;
  scene_ = row->make(formulas_);
  asked_at_ = -1;
  return !scene_->open(link);
}

float LiveScene::draw(Ui& ui, const SceneFrame& frame, const Hold* hold) {
  if (hold == nullptr) return scene_->draw(ui, frame);
  for (ImGuiKey key : kSceneKeys) {
    ImGui::SetKeyOwner(key, item_id("learn.live"), ImGuiInputFlags_LockThisFrame);
  }
  ui.disable(true);
  ImGui::BeginDisabled();
  const float height = scene_->draw(ui, frame);
  ImGui::EndDisabled();
  ui.disable(false);
  draw_veil(ui, frame.top_left, {frame.width, height}, *hold);
  return height;
}

void LiveScene::draw_veil(Ui& ui, ImVec2 at, ImVec2 size, const Hold& hold) {
  const std::string_view note = hold.note;
  ui.list()->AddRectFilled({at.x - 4, at.y - 4}, {at.x + size.x + 4, at.y + size.y + 4},
                           faded(ui.tone(Tone::surface), hold.covered ? kCover : kVeil));
  if (note.empty()) return;
  const float width = std::min(ui.type().width(style::strong, note) + 49, size.x);
  const float height = ui.paragraph_height(width - 48, style::strong, note) + 24;
  const ImVec2 card{at.x + (size.x - width) / 2, at.y + std::min(160.0f, (size.y - height) / 3)};
  const ImRect rect(card, {card.x + width, card.y + height});
  ui.list()->AddRectFilled(rect.Min, rect.Max, ui.tone(Tone::accent_soft), 12);
  ui.paragraph({card.x + 24, card.y + 12}, width - 48, style::strong, Tone::text, note);
  ui.record("learn.held", rect, Role::text, note, note);
}

bool LiveScene::playing() const {
  const std::optional<SceneProgress> progress = scene_->progress();
  return progress && progress->playing;
}

std::vector<TaskStanding> LiveScene::ask(const std::vector<const LessonTask*>& tasks) const {
  std::vector<TaskStanding> standings;
  if (tasks.empty()) return standings;
  const LiveValues values(*scene_);
  for (const LessonTask* task : tasks) {
    const bool reached = task->done.holds([&](std::string_view name) { return values.find(name); });
    standings.push_back({task, reached, shown(task->watch, values.find(task->watch))});
  }
  return standings;
}

bool LiveScene::worth_asking(double now) {
  if (playing() && now - asked_at_ < kBetweenQuestions) return false;
  asked_at_ = now;
  return true;
}

}  // namespace lab
