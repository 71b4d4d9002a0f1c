#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/type.h"

namespace lab {

// A typeset formula, relative to the start of its baseline; lengths in CSS px, y grows downwards.
struct MathBox {
  struct Run {
    ImVec2 at;  // baseline start
    TextStyle style;
    std::string text;
  };
  struct Stroke {
    std::vector<ImVec2> points;
    float thickness;
  };
  float width = 0, ascent = 0, descent = 0;
  std::vector<Run> runs;
  std::vector<Stroke> strokes;

  float height() const { return ascent + descent; }
};

// Typesets a subset of TeX at an em size: letters (italic), numbers, + - = < > ( ) [ ] , | !, ^ and
// _ with braces, \frac \sqrt \left \right \max \min \tanh \sin \cos \ln \exp \arctan and the like,
// \mathrm \operatorname \text, Greek letters, \cdot \times \le \ge \ne \to \infty \in \partial
// \sum, \begin{cases} … \end{cases}, \quad and \,. An unknown command is set as its name.
MathBox typeset(const Type& type, float size, std::string_view tex);
// The same, at a smaller size where it would be wider than `width`.
MathBox typeset_within(const Type& type, float size, float width, std::string_view tex);
// Whether typeset() knows all of it: every command, every brace closed.
bool is_typesettable(const Type& type, std::string_view tex);

void draw_math(const Type& type, ImDrawList* list, ImVec2 baseline, ImU32 colour,
               const MathBox& box);

// TeX with the letter `variable` replaced by a value, in parentheses where the value would
// otherwise be misread (a negative number after an operator, a product, a power).
std::string substitute(std::string_view tex, std::string_view variable, std::string_view value);

}  // namespace lab
