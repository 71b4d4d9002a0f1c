#include <algorithm>
#include <cmath>
#include <utility>

#include "app/scenes/learn/learn_scene.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kWide = 1000;            // from here on text and scene stand side by side
constexpr float kText = 500, kGap = 32;  // the text's column: at most 68 characters
constexpr float kMostText = 560;         // … where it has the page for itself
constexpr float kStepGap = 20;

}  // namespace

float LearnScene::draw_page(Ui& ui, const SceneFrame& frame) {
  ImVec2 at = frame.top_left;
  if (frame.shows("lessons")) {
    at.y += draw_bar(ui, at, frame.width) + 8;
    at.y += draw_marks(ui, at, frame.width) + 20;
  }
  at.y += error_above(ui, "learn.error", at, frame.width, changes_.complaint);
  const bool text = frame.shows("text"), live = frame.shows("live");
  const bool beside = text && live && frame.width >= kWide;
  at.y += beside ? draw_beside(ui, frame, at) : draw_below(ui, frame, at, text, live);
  return at.y - frame.top_left.y;
}

// One column: the text, the scene, and where to go from here.
float LearnScene::draw_below(Ui& ui, const SceneFrame& frame, ImVec2 at, bool text, bool live) {
  const float top = at.y;
  if (text) at.y += draw_text(ui, at, std::min(frame.width, kMostText)) + kGap;
  if (live) at.y += draw_live(ui, frame, at, frame.width, false) + kGap;
  if (text) at.y += draw_end(ui, at, frame.width);
  return at.y - top;
}

// Text and scene side by side. The scene stays in sight while the text is read, where it fits into
// the window.
float LearnScene::draw_beside(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const float column = std::min(kText, frame.width * 0.4f);
  float text = draw_text(ui, at, column) + kGap;
  text += draw_end(ui, {at.x, at.y + text}, column);
  const float visible = ImGui::GetMainViewport()->Pos.y + 16;
  const float play = std::max(0.0f, text - live_height_);
  const bool fits = live_height_ < frame.view_height - 80;
  const float lower = fits ? std::clamp(visible - at.y, 0.0f, play) : 0.0f;
  const ImVec2 right{at.x + column + kGap, at.y + std::round(lower)};
  const float height = draw_live(ui, frame, right, frame.width - column - kGap, false);
  if (std::exchange(live_height_, height) != height) ui.keep_moving();
  return std::max(text, height);
}

// The lessons, and what can be done with the one that is open.
float LearnScene::draw_bar(Ui& ui, ImVec2 at, float width) {
  const std::string_view again = ui.tr(Str::learn_restart), present = ui.tr(Str::learn_present);
  const ButtonLook reset{ButtonKind::quiet, Icon::reset}, screen{ButtonKind::outline, Icon::screen};
  const float buttons = button_width(ui, again, reset) + 8 + button_width(ui, present, screen);
  const bool beside = width >= 340 + 24 + buttons;
  const float list = draw_list(ui, at, beside ? std::min(460.0f, width - buttons - 24) : width);
  ImVec2 pen = beside ? ImVec2{at.x + width - buttons, at.y} : ImVec2{at.x, at.y + list + 8};
  if (button(ui, "learn.restart", pen, again, reset)) changes_.later([this] { live_.close(); });
  pen.x += button_width(ui, again, reset) + 8;
  if (button(ui, "learn.present", pen, present, screen)) {
    changes_.later([this] {
      presenting_ = true;
      step_ = 0;
      live_scale_ = 1;
    });
  }
  return pen.y + kControlHeight - at.y;
}

float LearnScene::draw_list(Ui& ui, ImVec2 at, float width) {
  const size_t count = course().size();
  const auto arrow = [&](std::string_view id, float x, Icon icon, Str label, bool enabled) {
    return icon_button(ui, id, {{x, at.y}, {x + kControlHeight, at.y + kControlHeight}}, icon,
                       ui.tr(label), enabled);
  };
  if (arrow("learn.previous", at.x, Icon::left, Str::learn_previous, lesson_ > 0)) {
    changes_.later([this] { show(lesson_ - 1); });
  }
  if (arrow("learn.next", at.x + width - kControlHeight, Icon::right, Str::learn_next,
            lesson_ + 1 < count)) {
    changes_.later([this] { show(lesson_ + 1); });
  }
  std::vector<std::string> labels;
  for (size_t i = 0; i < count; ++i) {
    labels.push_back(std::to_string(i + 1) + " · " + plain_text(course()[i].title.in(ui.language)) +
                     (done_.finished(course()[i]) ? " ✓" : ""));
  }
  std::vector<Choice> choices;
  for (size_t i = 0; i < count; ++i) choices.push_back({course()[i].id, labels[i]});
  const float side = kControlHeight + 8;
  if (const auto picked = select(ui, "learn.lessons", {at.x + side, at.y}, width - 2 * side,
                                 ui.tr(Str::learn_lessons), choices, lesson_)) {
    changes_.later([this, picked] { show(*picked); });
  }
  return kControlHeight;
}

// A bar for every lesson, filled as far as it is done.
float LearnScene::draw_marks(Ui& ui, ImVec2 at, float width) const {
  constexpr float gap = 4, height = 4;
  const auto count = static_cast<float>(course().size());
  const float each = (width - gap * (count - 1)) / count;
  for (const Lesson& other : course()) {
    const float share = static_cast<float>(done_.done(other)) /
                        static_cast<float>(std::max<size_t>(LearnProgress::all(other), 1));
    const ImRect rect(at, {at.x + each, at.y + height});
    ui.list()->AddRectFilled(rect.Min, rect.Max, ui.tone(Tone::line), 2);
    if (share > 0) {
      ui.list()->AddRectFilled(rect.Min, {rect.Min.x + each * share, rect.Max.y},
                               ui.tone(share == 1 ? Tone::good : Tone::accent), 2);
    }
    if (&other == &lesson()) {
      ui.list()->AddRectFilled({rect.Min.x, rect.Max.y + 3}, {rect.Max.x, rect.Max.y + 4},
                               ui.tone(Tone::text));
    }
    at.x += each + gap;
  }
  return height;
}

// The lesson's title, how far it is done, and its steps.
float LearnScene::draw_text(Ui& ui, ImVec2 at, float width) {
  const float top = at.y;
  const std::string number =
      ui.tr(Str::learn_lesson_of, {std::to_string(lesson_ + 1), std::to_string(course().size())});
  const std::string done =
      ui.tr(Str::learn_done_of,
            {std::to_string(done_.done(lesson())), std::to_string(LearnProgress::all(lesson()))});
  ui.text(at, style::caption_strong, Tone::muted, number + " · " + done);
  ui.record("learn.standing", {at, {at.x + width, at.y + 20}}, Role::text, number, done);
  at.y += 24;
  at.y += ui.paragraph(at, width, style::title, Tone::text, lesson().title.in(ui.language)) + 12;
  for (size_t i = 0; i < lesson().steps.size(); ++i) {
    const StepStanding standing = standing_of(i);
    const StepView view(ui, lesson().steps[i], standing, {}, width);
    const ImRect rect(at, {at.x + width, at.y + view.height()});
    std::string text;
    for (const LessonText& paragraph : lesson().steps[i].paragraphs) {
      text += (text.empty() ? "" : "\n") + plain_text(paragraph.in(ui.language));
    }
    if (!text.empty()) {
      ui.record("learn.step." + std::to_string(i), rect, Role::text, text, text);
    }
    if (const auto given = view.draw(ui, at)) changes_.later([this, given] { answer(*given); });
    at.y += view.height() + kStepGap;
  }
  return at.y - kStepGap - top;
}

// Where to go from here.
float LearnScene::draw_end(Ui& ui, ImVec2 at, float width) {
  const float top = at.y;
  const bool finished = done_.finished(lesson());
  if (finished) {
    const bool all =
        std::ranges::all_of(course(), [&](const Lesson& other) { return done_.finished(other); });
    at.y += ui.paragraph(at, width, style::strong, Tone::good,
                         ui.tr(all ? Str::learn_course_done : Str::learn_lesson_done)) +
            8;
  }
  if (lesson_ + 1 < course().size()) {
    const std::string label = std::string(ui.tr(Str::learn_next)) +
                              std::string(ui.tr(Str::learn_colon)) +
                              plain_text(course()[lesson_ + 1].title.in(ui.language));
    const ButtonLook look{finished ? ButtonKind::primary : ButtonKind::outline};
    if (button(ui, "learn.go_on", at, ui.type().fit(style::body, width - 24, label), look)) {
      changes_.later([this] { show(lesson_ + 1); });
    }
    at.y += kControlHeight;
  }
  return at.y - top;
}

}  // namespace lab
