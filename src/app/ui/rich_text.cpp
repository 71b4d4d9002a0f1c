#include "app/ui/rich_text.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace lab {
namespace {

constexpr float kMathScale = 1.12f;  // Latin Modern's letters are small for their em
constexpr float kCodeScale = 0.92f;
constexpr float kCapHeight = 0.727f;  // of the em, in Inter

enum class Mark { none, strong, code, math };

// A stretch of the text under one mark.
struct Span {
  Mark mark;
  std::string_view text;
};

std::optional<std::pair<Mark, std::string_view>> mark_at(std::string_view text) {
  if (text.starts_with("**")) return std::pair(Mark::strong, text.substr(0, 2));
  if (text.starts_with('`')) return std::pair(Mark::code, text.substr(0, 1));
  if (text.starts_with('$')) return std::pair(Mark::math, text.substr(0, 1));
  return {};
}

std::vector<Span> spans_of(std::string_view text) {
  std::vector<Span> spans;
  while (!text.empty()) {
    if (const auto mark = mark_at(text)) {
      const std::string_view sign = mark->second;
      const size_t end = text.find(sign, sign.size());
      if (end != text.npos) {
        spans.push_back({mark->first, text.substr(sign.size(), end - sign.size())});
        text.remove_prefix(end + sign.size());
        continue;
      }
    }
    const size_t open = mark_at(text) ? mark_at(text)->second.size() : 1;  // it is never closed
    const size_t next = std::min(text.find_first_of("*`$", open), text.size());
    spans.push_back({Mark::none, text.substr(0, next)});
    text.remove_prefix(next);
  }
  return spans;
}

}  // namespace

// Fills lines with words; a word is what no line may end within.
class RichText::Setter {
 public:
  Setter(const Ui& ui, TextStyle style, float width, std::vector<Line>& lines)
      : type_(ui.type()), style_(style), width_(width), lines_(lines) {
    const bool chinese = ui.language == Language::zh;
    const float leading = std::round(style.size * (chinese ? 1.7f : 1.55f));
    const float above = leading / 2 + style.size * kCapHeight / 2;
    empty_ = {above, leading - above, {}};
    lines_.push_back(empty_);
  }

  void add(const Span& span) {
    if (span.mark == Mark::math) return add_math(span.text);
    TextStyle style = style_;
    if (span.mark == Mark::strong) style.face = Face::ui_semibold;
    if (span.mark == Mark::code) style = {Face::mono, style_.size * kCodeScale};
    add_text(style, span.text);
  }

  void finish() { end_word(); }

 private:
  void add_math(std::string_view tex) {
    if (may_break_between(previous_, 'x')) end_word();
    previous_ = 'x';
    Piece piece{.x = word_width_,
                .style = style_,
                .text = {},
                .math = typeset(type_, style_.size * kMathScale, tex)};
    word_width_ += piece.math.width;
    word_.push_back(std::move(piece));
  }

  void add_text(TextStyle style, std::string_view text) {
    ImFontBaked* baked = type_.font(style.face)->GetFontBaked(style.size);
    const char* const end = text.data() + text.size();
    bool fresh = true;  // the style's first character begins a piece
    for (const char* at = text.data(); at < end;) {
      unsigned c = 0;
      const int length = ImTextCharFromUtf8(&c, at, end);
      if (may_break_between(previous_, c)) {
        end_word();
        fresh = true;
      }
      const float advance = baked->GetCharAdvance(static_cast<ImWchar>(c));
      if (c == ' ') {
        end_word();
        space_ += advance;
        fresh = true;
      } else {
        if (fresh) word_.push_back({.x = word_width_, .style = style, .text = {}, .math = {}});
        fresh = false;
        word_.back().text.append(at, static_cast<size_t>(length));
        word_width_ += advance;
      }
      previous_ = c;
      at += length;
    }
  }

  void end_word() {
    if (word_.empty()) return;
    if (x_ > 0 && x_ + space_ + word_width_ > width_) {
      lines_.push_back(empty_);
      x_ = 0;
      space_ = 0;
    }
    Line& line = lines_.back();
    const float left = x_ > 0 ? x_ + space_ : 0;
    for (Piece& piece : word_) {
      piece.x += left;
      if (piece.text.empty()) {
        line.above = std::max(line.above, piece.math.ascent + 2);
        line.below = std::max(line.below, piece.math.descent + 2);
      }
      line.pieces.push_back(std::move(piece));
    }
    x_ = left + word_width_;
    word_.clear();
    word_width_ = space_ = 0;
  }

  const Type& type_;
  TextStyle style_;
  float width_;
  std::vector<Line>& lines_;
  Line empty_;
  std::vector<Piece> word_;  // relative to its own start
  float word_width_ = 0;
  float x_ = 0;      // the end of what the line has
  float space_ = 0;  // that stands between it and the word
  unsigned previous_ = 0;
};

RichText::RichText(const Ui& ui, TextStyle style, float width, std::string_view text) {
  Setter setter(ui, style, width, lines_);
  for (const Span& span : spans_of(text)) setter.add(span);
  setter.finish();
}

float RichText::height() const {
  float height = 0;
  for (const Line& line : lines_) height += line.above + line.below;
  return std::ceil(height);
}

void RichText::draw(Ui& ui, ImVec2 at, Tone tone) const {
  for (const Line& line : lines_) {
    const float baseline = std::round(at.y + line.above);
    for (const Piece& piece : line.pieces) {
      const ImVec2 start{at.x + piece.x, baseline};
      if (piece.text.empty()) {
        draw_math(ui.type(), ui.list(), start, ui.tone(tone), piece.math);
      } else {
        ui.type().draw(ui.list(), start, piece.style, ui.tone(tone), piece.text);
      }
    }
    at.y += line.above + line.below;
  }
}

std::string plain_text(std::string_view rich) {
  std::string plain;
  for (const Span& span : spans_of(rich)) {
    for (char c : span.text) {
      if (span.mark == Mark::math && c == '\\') continue;
      const bool brace = span.mark == Mark::math && (c == '{' || c == '}');
      plain += !brace ? c : c == '{' ? '(' : ')';
    }
  }
  return plain;
}

std::string unclosed_mark(std::string_view rich) {
  for (const Span& span : spans_of(rich)) {
    if (span.mark != Mark::none) continue;
    if (const auto mark = mark_at(span.text)) return std::string(mark->second);
  }
  return {};
}

std::vector<std::string_view> formulas_in(std::string_view rich) {
  std::vector<std::string_view> formulas;
  for (const Span& span : spans_of(rich)) {
    if (span.mark == Mark::math) formulas.push_back(span.text);
  }
  return formulas;
}

}  // namespace lab
