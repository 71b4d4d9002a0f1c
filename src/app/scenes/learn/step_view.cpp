#include "app/scenes/learn/step_view.h"

#include <algorithm>

#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kAnswerPad = 8, kAnswerGap = 6;

}  // namespace

StepView::StepView(const Ui& ui, const LessonStep& step, const StepStanding& standing,
                   const StepLook& look, float width)
    : step_(step), standing_(standing), look_(look), width_(width) {
  const auto set = [&](float room, const LessonText& text) {
    return RichText(ui, body(), room, text.in(ui.language));
  };
  caption_height_ = ui.line_height(style::caption) + 4;
  for (const LessonText& text : step.paragraphs) paragraphs_.push_back(set(width, text));
  if (!step.formula.empty()) {
    formula_ = typeset(ui.type(), look.formula, step.formula);
    if (formula_->width > width) {
      formula_ = typeset(ui.type(), look.formula * width / formula_->width, step.formula);
    }
  }
  if (step.prediction) {
    question_ = set(card_room(), step.prediction->question);
    why_ = set(card_room(), step.prediction->why);
    for (const Prediction::Answer& answer : step.prediction->answers) {
      answers_.push_back(set(card_room() - kMark - kAnswerPad, answer.text));
    }
  }
  if (step.task) task_ = set(card_room() - kMark, step.task->text);
}

float StepView::height() const {
  float height = 0;
  const auto add = [&](float part) { height += part + gap(); };
  for (const RichText& paragraph : paragraphs_) add(paragraph.height());
  if (formula_) add(formula_->height() + gap());
  if (!step_.code.empty()) {
    const auto lines = 1 + std::ranges::count(step_.code, '\n');
    add(static_cast<float>(lines) * 20 + 28);
  }
  if (question_) add(question_height());
  if (task_) add(task_height());
  return height - gap();
}

std::optional<size_t> StepView::draw(Ui& ui, ImVec2 at) const {
  std::optional<size_t> given;
  for (size_t i = 0; i < paragraphs_.size(); ++i) {
    paragraphs_[i].draw(ui, at, Tone::text);
    at.y += paragraphs_[i].height() + gap();
  }
  if (formula_) at.y += draw_formula(ui, at) + gap();
  if (!step_.code.empty()) at.y += code_well(ui, at, width_, step_.code) + gap();
  if (question_) {
    given = draw_question(ui, at);
    at.y += question_height() + gap();
  }
  if (task_) draw_task(ui, at);
  return given;
}

float StepView::draw_formula(Ui& ui, ImVec2 at) const {
  const float left = at.x + (width_ - formula_->width) / 2;
  draw_math(ui.type(), ui.list(), {left, at.y + gap() / 2 + formula_->ascent}, ui.tone(Tone::text),
            *formula_);
  return formula_->height() + gap();
}

// A quiet ground, with the accent at its side while it is what to do next.
void StepView::draw_card(Ui& ui, ImVec2 at, float height) const {
  const ImRect rect(at, {at.x + width_, at.y + height});
  panel(ui, rect);
  if (standing_.next) {
    ui.list()->AddRectFilled(rect.Min, {rect.Min.x + 4, rect.Max.y}, ui.tone(Tone::accent), 12,
                             ImDrawFlags_RoundCornersLeft);
  }
}

float StepView::draw_caption(Ui& ui, ImVec2 at) const {
  const Str text = question_        ? Str::learn_predict
                   : standing_.done ? Str::learn_task_done
                                    : Str::learn_task;
  const Tone tone = standing_.next ? Tone::accent : standing_.done ? Tone::good : Tone::muted;
  ui.text(at, style::caption_strong, tone, ui.tr(text));
  return caption_height_;
}

float StepView::question_height() const {
  float height = 2 * kCardPad + caption_height_ + question_->height() + gap() / 2;
  for (const RichText& answer : answers_) height += answer.height() + 2 * kAnswerPad + kAnswerGap;
  if (standing_.answer) height += gap() + why_->height();
  return height - kAnswerGap;
}

std::optional<size_t> StepView::draw_question(Ui& ui, ImVec2 at) const {
  std::optional<size_t> given;
  draw_card(ui, at, question_height());
  const std::string text = plain_text(step_.prediction->question.in(ui.language));
  ui.record("learn.question", {at, {at.x + width_, at.y + question_height()}}, Role::text, text,
            text);
  at = {at.x + kCardPad, at.y + kCardPad};
  at.y += draw_caption(ui, at);
  question_->draw(ui, at, Tone::text);
  at.y += question_->height() + gap() / 2;
  for (size_t i = 0; i < answers_.size(); ++i) {
    if (draw_answer(ui, at, i)) given = i;
    at.y += answers_[i].height() + 2 * kAnswerPad + kAnswerGap;
  }
  if (!standing_.answer) return given;
  at.y += gap() - kAnswerGap;
  why_->draw(ui, at, Tone::text);
  const bool right = step_.prediction->answers[*standing_.answer].right;
  const std::string why = std::string(ui.tr(right ? Str::learn_right : Str::learn_wrong)) + " " +
                          plain_text(step_.prediction->why.in(ui.language));
  ui.record("learn.why", {at, {at.x + card_room(), at.y + why_->height()}}, Role::text, why, why);
  ui.last_control().live = true;
  return given;
}

// One answer to choose; afterwards the right one is ticked, and one that was wrongly given crossed.
bool StepView::draw_answer(Ui& ui, ImVec2 at, size_t index) const {
  const Prediction::Answer& answer = step_.prediction->answers[index];
  const bool open = !standing_.answer, given = standing_.answer == index;
  const float height = answers_[index].height() + 2 * kAnswerPad;
  const ImRect rect(at, {at.x + card_room(), at.y + height});
  const std::string id = "learn.answer." + std::to_string(index);
  const Interaction state =
      ui.interact(id, rect, Role::radio, plain_text(answer.text.in(ui.language)), open);
  ui.last_control().value = given ? "true" : "false";
  const bool pointed = open && (state.hovered || standing_.chosen == index);
  ImDrawList* list = ui.list();
  if (pointed) list->AddRectFilled(rect.Min, rect.Max, ui.tone(Tone::hover), 8);
  const Tone verdict = answer.right ? Tone::good : Tone::warning;
  const bool marked = !open && (answer.right || given);
  const bool chosen = open && standing_.chosen == index;
  list->AddRect(rect.Min, rect.Max,
                ui.tone(marked   ? verdict
                        : chosen ? Tone::accent
                                 : Tone::line),
                8, 0, marked || chosen ? 2.0f : 1.0f);
  const ImVec2 mark{rect.Min.x + 18, rect.GetCenter().y};
  if (marked) {
    draw_icon(list, answer.right ? Icon::check : Icon::close, mark, ui.tone(verdict));
  } else {
    list->AddCircle(mark, 6, ui.tone(chosen ? Tone::accent : Tone::muted), 0, 1.5f);
    if (chosen) list->AddCircleFilled(mark, 3, ui.tone(Tone::accent));
  }
  answers_[index].draw(ui, {rect.Min.x + kMark + kAnswerPad / 2, rect.Min.y + kAnswerPad},
                       open || marked ? Tone::text : Tone::muted);
  ui.focus_ring(rect, 8);
  return state.clicked;
}

float StepView::task_height() const {
  const float now = standing_.now.empty() || standing_.done ? 0 : caption_height_;
  return 2 * kCardPad + caption_height_ + task_->height() + now;
}

void StepView::draw_task(Ui& ui, ImVec2 at) const {
  const float height = task_height();
  draw_card(ui, at, height);
  const std::string text = plain_text(step_.task->text.in(ui.language));
  ui.record("learn.task." + step_.task->id, {at, {at.x + width_, at.y + height}}, Role::text, text,
            ui.tr(standing_.done ? Str::learn_task_done : Str::learn_task));
  ui.last_control().live = true;
  ImVec2 pen{at.x + kCardPad + kMark, at.y + kCardPad};
  const ImVec2 mark{at.x + kCardPad + 10, pen.y + caption_height_ + look_.size * 0.78f};
  const float done = ui.ease(item_id("learn.tick." + step_.task->id), standing_.done ? 1.0f : 0.0f);
  ui.list()->AddCircle(mark, 10, ui.tone(standing_.done ? Tone::good : Tone::muted), 0, 1.5f);
  if (done > 0) {
    ui.list()->AddCircleFilled(mark, 10 * done, ui.tone(Tone::good));
    draw_icon(ui.list(), Icon::check, mark, faded(text_on(ui.tone(Tone::good)), done));
  }
  pen.y += draw_caption(ui, pen);
  task_->draw(ui, pen, Tone::text);
  pen.y += task_->height();
  if (!standing_.done && !standing_.now.empty()) {
    ui.text(pen, style::caption, Tone::muted, ui.tr(Str::learn_now, {standing_.now}));
  }
}

}  // namespace lab
